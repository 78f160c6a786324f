"""Where Django finds this room."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """The room "web"."""

    name = "answerable.web"
    label = "web"
