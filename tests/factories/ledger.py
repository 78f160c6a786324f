"""Entries as the ledger writes them, and ways past the database's guards for the tests that need to go there."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

import factory
from django.db import connection, transaction
from django.test import TransactionTestCase

from answerable.ledger import triggers
from answerable.ledger.actions import EntryDraft, record_many
from answerable.ledger.models import Entry

NOON = datetime(2026, 11, 28, 12, 0, 0, 123456, tzinfo=UTC)


class EntryDraftFactory(factory.Factory):
    """One act, with one fact and an actor."""

    class Meta:
        model = EntryDraft

    kind = "test.thing_made"
    subject_type = "thing"
    subject_id = factory.Sequence(lambda number: f"thing-{number}")
    at = NOON
    actor_ref = "person-1"
    facts = factory.LazyFunction(lambda: {"name": "Ana", "words": 12})


def recorded(**fields) -> Entry:
    """Write one entry in a transaction of its own."""
    return recorded_many(1, **fields)[0]


def recorded_many(count: int, **fields) -> list[Entry]:
    """Write several entries in one transaction of their own."""
    with transaction.atomic():
        return record_many(EntryDraftFactory.build_batch(count, **fields))


@contextmanager
def guards_lifted() -> Iterator[None]:
    """Let the block change what the database refuses to change, as the owner of the database could."""
    triggers.remove(connection)
    try:
        yield
    finally:
        triggers.install(connection)


@contextmanager
def flushing_past_guards() -> Iterator[None]:
    """Let transactional tests empty the append-only tables when they end."""
    flush = TransactionTestCase._fixture_teardown

    def flush_unguarded(test_case: TransactionTestCase) -> None:
        with guards_lifted():
            flush(test_case)

    TransactionTestCase._fixture_teardown = flush_unguarded
    try:
        yield
    finally:
        TransactionTestCase._fixture_teardown = flush
