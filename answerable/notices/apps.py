"""Where Django finds this room."""

from django.apps import AppConfig


class NoticesConfig(AppConfig):
    """The room "notices"."""

    name = "answerable.notices"
    label = "notices"
