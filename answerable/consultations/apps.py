"""Where Django finds this room."""

from django.apps import AppConfig


class ConsultationsConfig(AppConfig):
    """The room "consultations"."""

    name = "answerable.consultations"
    label = "consultations"
