"""Make the table that full-text search reads: an FTS5 table on SQLite, a tsvector with a GIN index on PostgreSQL."""

from django.db import migrations

# Words come ready made from Python, so the database only splits at spaces: "ascii" leaves all other letters alone.
_SQLITE = ["CREATE VIRTUAL TABLE consultations_search USING fts5(words, tokenize = 'ascii')"]
# No foreign key: the table is emptied on its own, and a word of a contribution that is gone finds nothing.
_POSTGRESQL = [
    "CREATE TABLE consultations_search (contribution_id bigint PRIMARY KEY, words tsvector NOT NULL)",
    "CREATE INDEX consultations_search_words ON consultations_search USING gin (words)",
]


def make(apps, schema_editor):
    """Make the table of the database in use."""
    for statement in _POSTGRESQL if schema_editor.connection.vendor == "postgresql" else _SQLITE:
        schema_editor.execute(statement)


def drop(apps, schema_editor):
    """Drop the table again."""
    schema_editor.execute("DROP TABLE consultations_search")


class Migration(migrations.Migration):
    """The search table."""

    dependencies = [("consultations", "0001_initial")]
    operations = [migrations.RunPython(make, drop)]
