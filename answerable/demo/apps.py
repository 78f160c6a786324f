"""Where Django finds this room."""

from django.apps import AppConfig


class DemoConfig(AppConfig):
    """The room "demo"."""

    name = "answerable.demo"
    label = "demo"
