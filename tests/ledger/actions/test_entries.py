"""Writing entries."""

from dataclasses import asdict
from datetime import UTC, datetime

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from answerable.ledger import merkle
from answerable.ledger.actions import EntryDraft, record, record_many
from answerable.ledger.body import EntryBody, decoded
from answerable.ledger.commitments import opens
from answerable.ledger.errors import NotInTransaction, RecordAltered, Unrecordable
from answerable.ledger.models import Entry, Opening, Tile, TreeHead
from answerable.ledger.queries import head
from tests.factories.ledger import NOON, EntryDraftFactory, guards_lifted, recorded, recorded_many

pytestmark = [pytest.mark.django_db, pytest.mark.engines]


def row_counts():
    return {model.__name__: model.objects.count() for model in (Entry, Opening, Tile)}


def test_recording_an_act_adds_an_entry_that_says_what_its_body_says():
    with transaction.atomic():
        entry = record(
            "consultations.contribution_received",
            subject_type="contribution",
            subject_id="R-7K3M-2Q9D",
            actor_ref="person-1",
            facts={"words": 12, "language": "es"},
            at=NOON,
        )

    kept = Entry.objects.get()
    assert kept == entry
    assert decoded(bytes(kept.body)) == EntryBody(
        index=0,
        kind="consultations.contribution_received",
        subject_type="contribution",
        subject_id="R-7K3M-2Q9D",
        recorded_at=NOON,
        commitments={name: bytes.fromhex(value) for name, value in kept.commitments.items()},
    )
    assert sorted(kept.commitments) == ["actor", "language", "words"]
    assert bytes(kept.leaf_hash) == merkle.leaf_hash(bytes(kept.body))
    assert kept.recorded_at == NOON


def test_every_commitment_has_an_opening_with_a_nonce_of_its_own():
    entry = recorded(facts={"first": "same", "second": "same", "third": None})

    openings = {opening.field: opening for opening in Opening.objects.all()}
    assert {name: opening.value for name, opening in openings.items()} == {
        "actor": "s:person-1",
        "first": "s:same",
        "second": "s:same",
        "third": "n:",
    }
    assert len({bytes(opening.nonce) for opening in openings.values()}) == 4
    assert all(
        opens(bytes.fromhex(entry.commitments[name]), name=name, nonce=bytes(row.nonce), encoded=row.value)
        for name, row in openings.items()
    )


def test_no_fact_and_no_actor_stands_in_the_entry_itself():
    entry = recorded(actor_ref="person-77777", facts={"name": "Anastasia", "born_on": NOON.date()})

    everything = repr(asdict(decoded(bytes(entry.body)))) + repr(entry.__dict__) + repr(bytes(entry.body))
    assert "thing" in everything
    assert [secret for secret in ("person-77777", "Anastasia", "2026-11-28") if secret in repr(entry.commitments)] == []
    assert [secret for secret in ("person-77777", "Anastasia") if secret in everything] == []


def test_entries_are_numbered_without_gaps_across_single_and_many():
    recorded()
    recorded_many(3)
    recorded()

    assert list(Entry.objects.values_list("index", flat=True)) == [0, 1, 2, 3, 4]
    leaves = [bytes(leaf) for leaf in Entry.objects.values_list("leaf_hash", flat=True)]
    assert (head().size, head().root()) == (5, merkle.root_of(leaves))


@pytest.mark.parametrize("batches", [[255, 1], [256], [1, 600], [300, 300, 5], [513, 255]])
def test_tiles_are_complete_however_the_entries_came(batches):
    for count in batches:
        recorded_many(count, facts={}, actor_ref="")

    leaves = [bytes(leaf) for leaf in Entry.objects.values_list("leaf_hash", flat=True)]
    full = len(leaves) // 256
    assert [(t.level, t.position, bytes(t.hashes), bytes(t.root)) for t in Tile.objects.order_by("position")] == [
        (0, n, b"".join(leaves[n * 256 : (n + 1) * 256]), merkle.root_of(leaves[n * 256 : (n + 1) * 256]))
        for n in range(full)
    ]


def test_recording_many_asks_the_database_no_more_often_for_more_of_them():
    recorded()
    counts = []
    for count in (2, 20):
        with CaptureQueriesContext(connection) as queries:
            recorded_many(count)
        counts.append(len(queries))

    assert counts[0] == counts[1]
    assert counts[0] <= 8


def test_recording_nothing_leaves_the_record_alone():
    with transaction.atomic():
        assert record_many([]) == []

    assert TreeHead.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_recording_outside_a_transaction_is_refused():
    draft = EntryDraftFactory()
    with pytest.raises(NotInTransaction):
        record_many([draft])
    with pytest.raises(NotInTransaction):
        record(draft.kind, subject_type=draft.subject_type, subject_id=draft.subject_id, facts={}, at=NOON)

    assert row_counts() == {"Entry": 0, "Opening": 0, "Tile": 0}


def test_an_act_that_fails_leaves_nothing_and_its_number_to_the_next():
    recorded_many(255)
    with transaction.atomic():
        record_many(EntryDraftFactory.build_batch(2))
        transaction.set_rollback(True)

    assert row_counts() == {"Entry": 255, "Opening": 765, "Tile": 0}
    assert head().size == 255
    assert recorded().index == 255


@pytest.mark.parametrize(
    "change",
    [
        {"kind": "Not A Kind"},
        {"subject_id": ""},
        {"at": datetime(2026, 1, 1)},  # noqa: DTZ001
        {"facts": {"Bad Name": 1}},
        {"facts": {"actor": "somebody"}},
        {"facts": {"share": 0.5}},
        {"facts": {"text": "x" * 20_000}},
        {"actor_ref": "x" * 201},
    ],
)
def test_what_the_format_cannot_hold_is_refused_before_anything_is_written(change):
    with transaction.atomic(), pytest.raises(Unrecordable):
        record_many([EntryDraftFactory(), EntryDraftFactory(**change)])

    assert row_counts() == {"Entry": 0, "Opening": 0, "Tile": 0}


def test_recording_stops_when_hashes_before_the_end_are_gone():
    recorded_many(250)
    with guards_lifted():
        Opening.objects.filter(entry=100).delete()
        Entry.objects.filter(index=100).delete()

    with pytest.raises(RecordAltered):
        recorded_many(10)


def test_time_is_kept_in_utc_to_the_microsecond():
    moment = datetime.fromisoformat("2026-11-28T16:00:00.654321+07:00")

    recorded(at=moment)

    assert Entry.objects.get().recorded_at == datetime(2026, 11, 28, 9, 0, 0, 654321, tzinfo=UTC)


def test_a_draft_needs_no_actor_and_no_facts():
    with transaction.atomic():
        entry = record_many([EntryDraft(kind="test.thing_made", subject_type="thing", subject_id="1", at=NOON)])[0]

    assert (entry.commitments, Opening.objects.count()) == ({}, 0)
