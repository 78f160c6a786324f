"""What the database itself refuses."""

import pytest
from django.db import DatabaseError, connection, transaction

from answerable.ledger import triggers
from answerable.ledger.actions import sign_checkpoint
from answerable.ledger.models import Checkpoint, Entry, Opening, Tile
from tests.factories.ledger import NOON, guards_lifted, recorded_many

pytestmark = [pytest.mark.django_db, pytest.mark.engines]


@pytest.fixture
def full_record():
    """A record with a row in every guarded table."""
    recorded_many(257)
    sign_checkpoint(NOON)
    connection.check_constraints()


def attempt(sql):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


REFUSED = [
    "UPDATE ledger_entry SET kind = 'changed' WHERE \"index\" = 3",
    'UPDATE ledger_entry SET "index" = 300 WHERE "index" = 3',
    'DELETE FROM ledger_entry WHERE "index" = 256',
    "UPDATE ledger_tile SET position = 7",
    "DELETE FROM ledger_tile",
    "UPDATE ledger_checkpoint SET note = ''",
    "DELETE FROM ledger_checkpoint",
    "UPDATE ledger_opening SET value = 's:changed' WHERE entry_id = 3",
    "DELETE FROM ledger_entry",
]
# SQLite's REPLACE deletes a row without firing a trigger for it; PostgreSQL's TRUNCATE looks at no row at all.
WAYS_AROUND = {
    "sqlite": [
        'REPLACE INTO ledger_entry SELECT * FROM ledger_entry WHERE "index" = 3',
        "REPLACE INTO ledger_tile SELECT * FROM ledger_tile",
        "REPLACE INTO ledger_checkpoint SELECT * FROM ledger_checkpoint",
        "REPLACE INTO ledger_opening SELECT * FROM ledger_opening WHERE entry_id = 3",
    ],
    "postgresql": [
        f"TRUNCATE {table} CASCADE" for table in ("ledger_entry", "ledger_opening", "ledger_tile", "ledger_checkpoint")
    ],
}


@pytest.mark.parametrize("sql", REFUSED)
def test_database_refuses_to_change_or_drop_what_is_recorded(full_record, sql):
    with pytest.raises(DatabaseError, match="append-only"):
        attempt(sql)

    assert (Entry.objects.count(), Tile.objects.count(), Checkpoint.objects.count()) == (257, 1, 1)


def test_the_ways_around_that_each_engine_has_are_closed_too(full_record):
    for sql in WAYS_AROUND[connection.vendor]:
        with pytest.raises(DatabaseError, match="append-only"):
            attempt(sql)


@pytest.mark.parametrize("sql", [REFUSED[0], REFUSED[3], REFUSED[5], REFUSED[7]])
def test_the_same_statement_goes_through_with_the_guards_lifted(full_record, sql):
    with guards_lifted():
        attempt(sql)


def test_an_opening_may_be_deleted(full_record):
    assert Opening.objects.filter(entry=3).delete()[0] == 2 + 1


def test_guards_report_which_of_them_are_missing():
    assert triggers.missing(connection) == []

    with guards_lifted():
        missing = triggers.missing(connection)

    assert {"ledger_entry_no_update", "ledger_entry_no_delete", "ledger_opening_no_update"} < set(missing)
    assert len(missing) == 11
    assert triggers.missing(connection) == []


def test_putting_the_guards_in_place_twice_changes_nothing():
    triggers.install(connection)

    assert triggers.missing(connection) == []
