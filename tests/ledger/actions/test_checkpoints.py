"""Signing the record."""

from itertools import pairwise

import pytest

from answerable.ledger import merkle, outside
from answerable.ledger.actions import sign_checkpoint
from answerable.ledger.errors import RecordAltered
from answerable.ledger.keys import kept_verifier_key
from answerable.ledger.models import Checkpoint, Entry, Opening, TreeHead
from answerable.ledger.notes import CheckpointText, SigningKey, opened_checkpoint
from answerable.ledger.queries import consistency_proof
from tests.factories.ledger import NOON, guards_lifted, recorded, recorded_many

pytestmark = [pytest.mark.django_db, pytest.mark.engines]


@pytest.fixture
def signed(django_capture_on_commit_callbacks):
    """Sign as after a commit, so that the file outside is written too."""

    def sign():
        with django_capture_on_commit_callbacks(execute=True):
            return sign_checkpoint(NOON)

    return sign


def file_notes(settings):
    return outside.kept_notes(settings.LEDGER_CHECKPOINT_FILE)


def test_signing_states_size_and_root_under_the_name_of_the_record(settings, signed):
    entries = recorded_many(3)

    checkpoint = signed()

    root = merkle.root_of([bytes(entry.leaf_hash) for entry in entries])
    assert (checkpoint.size, bytes(checkpoint.root), checkpoint.signed_at) == (3, root, NOON)
    stated = opened_checkpoint(checkpoint.note, key=kept_verifier_key(settings.LEDGER_KEY_FILE))
    assert stated == CheckpointText(origin="record.example", size=3, root=root)
    assert file_notes(settings) == [checkpoint.note]


def test_each_checkpoint_extends_the_one_before(signed):
    checkpoints = []
    for count in (1, 5, 260, 1):
        recorded_many(count)
        checkpoints.append(signed())

    assert [checkpoint.size for checkpoint in checkpoints] == [1, 6, 266, 267]
    for old, new in pairwise(checkpoints):
        assert merkle.is_consistent(
            old_size=old.size,
            size=new.size,
            old_root=bytes(old.root),
            root=bytes(new.root),
            path=consistency_proof(old_size=old.size, size=new.size),
        )


def test_signing_twice_without_a_new_entry_is_one_checkpoint(settings, signed):
    recorded()

    assert signed() == signed()
    assert Checkpoint.objects.count() == 1
    assert len(file_notes(settings)) == 1


def test_an_empty_record_can_be_signed_and_extended(settings, signed):
    empty = signed()
    recorded()
    signed()

    assert (empty.size, bytes(empty.root)) == (0, merkle.EMPTY_ROOT)
    assert len(file_notes(settings)) == 2


def test_the_file_is_written_only_once_the_checkpoint_is_committed(settings, django_capture_on_commit_callbacks):
    recorded()
    with django_capture_on_commit_callbacks(execute=False):
        sign_checkpoint(NOON)

    assert file_notes(settings) == []


def test_a_file_left_behind_by_a_crash_catches_up_with_the_next_checkpoint(settings, signed):
    recorded()
    signed()
    recorded()
    sign_checkpoint(NOON)
    recorded()
    signed()

    assert file_notes(settings) == list(Checkpoint.objects.values_list("note", flat=True))
    assert len(file_notes(settings)) == 3


def test_a_torn_note_in_the_file_is_written_again(settings, signed):
    recorded()
    signed()
    recorded()
    torn = sign_checkpoint(NOON).note
    with settings.LEDGER_CHECKPOINT_FILE.open("a", encoding="utf-8") as file:
        file.write(torn[:30])
    recorded()
    signed()

    kept = file_notes(settings)
    assert [note for note in Checkpoint.objects.values_list("note", flat=True) if note not in kept] == []


def edit(model, index, **changes):
    with guards_lifted():
        model.objects.filter(pk=index).update(**changes)


@pytest.mark.parametrize("index", [1, 4])
@pytest.mark.parametrize("change", [{"kind": "test.thing_other"}, {"body": b"other"}])
def test_nothing_is_signed_over_a_new_entry_that_was_changed(signed, index, change):
    recorded_many(2)
    if index > 2:
        signed()
        recorded_many(3)
    edit(Entry, index, **change)
    before = Checkpoint.objects.count()

    with pytest.raises(RecordAltered):
        signed()

    assert Checkpoint.objects.count() == before


def test_nothing_is_signed_when_what_was_signed_before_has_changed(signed):
    recorded_many(3)
    signed()
    recorded()
    edit(Entry, 1, leaf_hash=bytes(32))

    with pytest.raises(RecordAltered, match="first 3 entries"):
        signed()


def test_nothing_is_signed_when_the_head_does_not_follow(signed):
    recorded_many(2)
    TreeHead.objects.update(frontier=bytes(32))

    with pytest.raises(RecordAltered, match="head"):
        signed()


def test_nothing_is_signed_when_the_record_became_shorter(signed):
    recorded_many(2)
    signed()
    with guards_lifted():
        Opening.objects.filter(entry=1).delete()
        Entry.objects.filter(index=1).delete()
    TreeHead.objects.update(size=1, frontier=bytes(Entry.objects.get().leaf_hash))

    with pytest.raises(RecordAltered, match="shorter"):
        signed()


def test_nothing_is_signed_on_top_of_a_checkpoint_of_another_key(signed):
    recorded_many(2)
    last = signed()
    forged = SigningKey(name="record.example", seed=bytes(32)).sign(last.note.rpartition("\n\n")[0] + "\n")
    edit(Checkpoint, last.pk, note=forged)
    recorded()

    with pytest.raises(RecordAltered, match="this key"):
        signed()
