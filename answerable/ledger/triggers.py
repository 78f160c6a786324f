"""
Guards inside the database: what the record holds can be added to, and nothing else.

They stop mistakes and stray code. Whoever owns the database can take them away; that is what the tree and the
checkpoints outside the database are for. A migration that rebuilds one of these tables on SQLite loses its triggers
and must call ``install`` again; the verifier reports a guard that is missing.
"""

from dataclasses import dataclass

from django.db.backends.base.base import BaseDatabaseWrapper


@dataclass(frozen=True, slots=True)
class _Guarded:
    """One table, the acts it refuses, and the columns that name a row (SQLite's REPLACE deletes without a trigger)."""

    table: str
    refused: tuple[str, ...]
    key: tuple[str, ...]


_TABLES = (
    _Guarded("ledger_entry", ("UPDATE", "DELETE"), ("index",)),
    _Guarded("ledger_tile", ("UPDATE", "DELETE"), ("level", "position")),
    _Guarded("ledger_checkpoint", ("UPDATE", "DELETE"), ("size",)),
    _Guarded("ledger_opening", ("UPDATE",), ("entry_id", "field")),
)
_REFUSAL = "The public record is append-only."


def install(connection: BaseDatabaseWrapper) -> None:
    """Put every guard in place; repeating it changes nothing. Raise ValueError on an engine that has none."""
    with connection.cursor() as cursor:
        for statement in _statements(connection.vendor):
            cursor.execute(statement)


def remove(connection: BaseDatabaseWrapper) -> None:
    """Take every guard away, as a migration backwards and the tests of the verifier need."""
    with connection.cursor() as cursor:
        for name, table in _names(connection.vendor).items():
            on_table = f" ON {table}" if connection.vendor == "postgresql" else ""
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}{on_table}")


def missing(connection: BaseDatabaseWrapper) -> list[str]:
    """Return the names of the guards that are not in force, sorted."""
    query = (
        "SELECT tgname FROM pg_trigger WHERE tgenabled IN ('O', 'A')"
        if connection.vendor == "postgresql"
        else "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    )
    with connection.cursor() as cursor:
        cursor.execute(query)
        present = {row[0] for row in cursor.fetchall()}
    return sorted(set(_names(connection.vendor)) - present)


def _names(vendor: str) -> dict[str, str]:
    last = "TRUNCATE" if vendor == "postgresql" else "INSERT"
    return {
        f"{guarded.table}_no_{act.lower()}": guarded.table for guarded in _TABLES for act in (*guarded.refused, last)
    }


def _statements(vendor: str) -> list[str]:
    if vendor == "sqlite":
        return [statement for guarded in _TABLES for statement in _for_sqlite(guarded)]
    if vendor == "postgresql":
        return [_POSTGRESQL_FUNCTION, *(s for guarded in _TABLES for s in _for_postgresql(guarded))]
    raise ValueError(f"The record cannot be guarded on {vendor}.")


def _for_sqlite(guarded: _Guarded) -> list[str]:
    refusal = f"BEGIN SELECT RAISE(ABORT, '{_REFUSAL}'); END"
    same = " AND ".join(f'"{column}" = NEW."{column}"' for column in guarded.key)
    if_kept = f"WHEN EXISTS (SELECT 1 FROM {guarded.table} WHERE {same})"  # noqa: S608  # Our own names only.
    return [
        *(
            f"CREATE TRIGGER IF NOT EXISTS {guarded.table}_no_{act.lower()} BEFORE {act} ON {guarded.table} {refusal}"
            for act in guarded.refused
        ),
        f"CREATE TRIGGER IF NOT EXISTS {guarded.table}_no_insert BEFORE INSERT ON {guarded.table} {if_kept} {refusal}",
    ]


_POSTGRESQL_FUNCTION = f"""
CREATE OR REPLACE FUNCTION ledger_refuse() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION '{_REFUSAL}' USING ERRCODE = 'integrity_constraint_violation'; END $$
"""


def _for_postgresql(guarded: _Guarded) -> list[str]:
    return [
        f"CREATE OR REPLACE TRIGGER {guarded.table}_no_{act.lower()} BEFORE {act} ON {guarded.table} "
        f"FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse()"
        for act in (*guarded.refused, "TRUNCATE")
    ]
