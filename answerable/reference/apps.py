"""Where Django finds this room, and the filling of its tables after every migrate."""

from typing import Any

from django.apps import AppConfig
from django.apps.registry import Apps
from django.db import router
from django.db.models.signals import post_migrate


class ReferenceConfig(AppConfig):
    """The room "reference"."""

    name = "answerable.reference"
    label = "reference"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Load the packaged rows whenever migrate has run, so that no database is without them."""
        post_migrate.connect(load_after_migrate, sender=self)


def load_after_migrate(*, sender: ReferenceConfig, using: str, apps: Apps | None = None, **_: Any) -> None:
    """
    Load the packaged rows into a database whose tables have today's shape.

    A migrate that goes back to an earlier point leaves other tables, or none: there is then nothing to load into.
    """
    from answerable.reference.actions import load_reference

    models = [*sender.get_models()]
    if all(router.allow_migrate_model(using, model) for model in models) and (
        apps is None or _is_current(sender, apps)
    ):
        load_reference(using=using)


def _is_current(sender: ReferenceConfig, apps: Apps) -> bool:
    """Tell whether the models after a migrate have the columns of today's models."""
    for model in sender.get_models():
        try:
            migrated = apps.get_model(sender.label, model.__name__)
        except LookupError:
            return False
        columns = {field.column for field in model._meta.concrete_fields}
        if {field.column for field in migrated._meta.concrete_fields} != columns:
            return False
    return True
