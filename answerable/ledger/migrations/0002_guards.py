"""The database refuses to change what the record holds."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from answerable.ledger import triggers


def install_guards(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Put the guards of this engine in place."""
    triggers.install(schema_editor.connection)


def remove_guards(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Take the guards away again."""
    triggers.remove(schema_editor.connection)


class Migration(migrations.Migration):
    """Triggers on the append-only tables, for SQLite and PostgreSQL."""

    dependencies = [("ledger", "0001_record")]

    operations = [migrations.RunPython(install_guards, remove_guards)]
