"""Reads of the record."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from answerable.ledger import merkle, queries
from answerable.ledger.actions import sign_checkpoint
from answerable.ledger.errors import NotYetSigned, RecordAltered
from answerable.ledger.models import Entry, Opening, Tile
from answerable.ledger.notes import VerifierKey
from tests.factories.ledger import NOON, guards_lifted, recorded, recorded_many

pytestmark = [pytest.mark.django_db, pytest.mark.engines]


def test_every_entry_of_a_record_beyond_two_tiles_has_a_proof_under_the_checkpoint():
    entries = recorded_many(600, facts={}, actor_ref="")
    root = bytes(sign_checkpoint(NOON).root)
    recorded_many(3)

    for entry in entries[::23] + entries[-1:]:
        proof = queries.proof_of(entry)

        assert (proof.index, proof.size) == (entry.index, 600)
        assert merkle.is_included(bytes(entry.leaf_hash), index=proof.index, size=600, path=proof.path, root=root)


def test_an_entry_that_no_checkpoint_covers_is_proved_under_the_head():
    recorded_many(2)
    sign_checkpoint(NOON)
    entry = recorded()

    proof = queries.proof_of(entry)

    assert (proof.size, proof.checkpoint) == (3, "")
    assert merkle.is_included(bytes(entry.leaf_hash), index=2, size=3, path=proof.path, root=queries.head().root())


def test_a_proof_reads_a_few_rows_only_however_long_the_record():
    entry = recorded_many(10)[3]
    counts = []
    for _ in range(2):
        recorded_many(1_000, facts={}, actor_ref="")
        with CaptureQueriesContext(connection) as asked:
            queries.proof_of(entry)
        counts.append(len(asked))

    assert counts[0] == counts[1]
    assert counts[0] <= 8


def test_a_proof_over_missing_hashes_is_refused():
    entry = recorded_many(300, facts={}, actor_ref="")[299]
    with guards_lifted():
        Tile.objects.all().delete()
        Entry.objects.filter(index=7).delete()

    with pytest.raises(RecordAltered):
        queries.proof_of(entry)


def test_entries_of_a_subject_come_oldest_first_and_no_others():
    first = recorded(subject_id="thing-1")
    recorded(subject_id="thing-2")
    recorded(subject_id="thing-1", subject_type="other")
    last = recorded(subject_id="thing-1")

    assert list(queries.entries_of("thing", "thing-1")) == [first, last]


def test_latest_entries_page_by_key_to_the_first():
    recorded_many(7)

    pages, before = [], None
    while page := queries.latest_entries(before_index=before, limit=3):
        pages.append([entry.index for entry in page])
        before = page[-1].index

    assert pages == [[6, 5, 4], [3, 2, 1], [0]]


def test_facts_come_back_with_their_types_and_what_was_erased_is_named():
    entry = recorded(subject_id="thing-1", facts={"name": "Ana", "on": NOON.date(), "at": NOON, "is_new": True})
    Opening.objects.filter(field="name").delete()

    [facts] = queries.facts_of("thing", ["thing-1"])["thing-1"]

    assert (facts.index, facts.kind, facts.recorded_at) == (entry.index, "test.thing_made", NOON)
    assert facts.facts == {"actor": "person-1", "at": NOON, "is_new": True, "on": NOON.date()}
    assert facts.erased == {"name"}


@pytest.mark.parametrize("count", [1, 3])
def test_facts_of_subjects_cost_two_queries_whatever_their_number(django_assert_num_queries, count):
    ids = [entry.subject_id for entry in recorded_many(count)]

    with django_assert_num_queries(2):
        found = queries.facts_of("thing", [*ids, "unknown"])

    assert {subject_id: len(facts) for subject_id, facts in found.items()} == {**dict.fromkeys(ids, 1), "unknown": 0}


@pytest.mark.parametrize("chunk_size", [1, 2, 3, 100])
def test_facts_of_a_kind_come_in_order_in_chunks_of_any_size(chunk_size):
    for kind in ("test.a_b", "test.c_d", "test.a_b", "test.a_b", "test.c_d"):
        recorded(kind=kind)

    found = list(queries.iterate_facts("test.a_b", chunk_size=chunk_size))

    assert [facts.index for facts in found] == [0, 2, 3]
    assert [facts.index for facts in queries.iterate_facts("test.a_b", from_index=1)] == [2, 3]


def test_entries_by_an_actor_are_found_by_reference():
    mine = recorded(actor_ref="person-1")
    recorded(actor_ref="person-2", facts={"name": "person-1"})

    assert list(queries.entries_by("person-1")) == [mine]


def test_a_receipt_waits_for_a_checkpoint():
    with pytest.raises(NotYetSigned):
        queries.receipt_of(recorded(), fields=["name"])


def test_the_public_key_is_there_once_something_was_signed():
    assert queries.verifier_key() == ""

    recorded()
    sign_checkpoint(NOON)

    assert VerifierKey.parse(queries.verifier_key()).name == "record.example"


def test_consistency_beyond_the_head_is_refused():
    recorded()

    with pytest.raises(ValueError, match="not that long"):
        queries.consistency_proof(old_size=1, size=2)
