"""Where Django finds this room."""

from django.apps import AppConfig


class PublishConfig(AppConfig):
    """The room "publish"."""

    name = "answerable.publish"
    label = "publish"
