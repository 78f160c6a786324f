"""
Edits behind the application's back, by somebody who owns the database and lifts its guards: every one is found.

The record has 264 entries, so a full tile and a part of another, and two checkpoints, both in the database and in
the file outside it. Each edit is made on an early entry and on one of the last, and with its control: the same record
unedited verifies.
"""

import json
import shutil

import pytest
from django.db import connection, transaction

from answerable.ledger import merkle
from answerable.ledger.actions import record_many, sign_checkpoint
from answerable.ledger.body import decoded
from answerable.ledger.commitments import commitment
from answerable.ledger.keys import kept_signing_key
from answerable.ledger.models import Checkpoint, Entry, Opening, Tile, TreeHead
from answerable.ledger.notes import CheckpointText
from answerable.ledger.tiles import completed_tiles
from answerable.ledger.verify import verify_record
from tests.factories.ledger import NOON, EntryDraftFactory, guards_lifted, recorded_many

pytestmark = [pytest.mark.django_db, pytest.mark.engines]

SIZE = 264
PLACES = pytest.mark.parametrize("index", [5, 262])


@pytest.fixture(autouse=True)
def _record(settings, django_capture_on_commit_callbacks):
    for count in (SIZE - 3, 3):
        recorded_many(count, actor_ref="", facts={"name": "Ana"})
        with django_capture_on_commit_callbacks(execute=True):
            sign_checkpoint(NOON)


def run(sql, *values):
    with guards_lifted(), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, values)
        assert cursor.rowcount == 1


def findings():
    return {(problem.kind, problem.index, problem.field) for problem in verify_record().problems}


def kinds():
    return {problem.kind for problem in verify_record().problems}


def test_control_the_record_that_nobody_edited_verifies():
    report = verify_record()

    assert report.problems == []
    assert (report.entry_count, report.checkpoint_count, Tile.objects.count()) == (SIZE, 2, 1)


@PLACES
@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("kind", "test.thing_other"),
        ("subject_type", "other"),
        ("subject_id", "somebody-else"),
        ("recorded_at", "2020-01-01 00:00:00+00:00"),
    ],
)
def test_a_changed_column_is_found_by_entry_and_name(index, column, value):
    run(f'UPDATE ledger_entry SET {column} = %s WHERE "index" = %s', value, index)

    assert findings() == {("entry", index, column)}


@PLACES
def test_a_changed_commitment_is_found(index):
    run('UPDATE ledger_entry SET commitments = %s WHERE "index" = %s', json.dumps({"name": "00" * 32}), index)

    assert findings() == {("entry", index, "name")}


@PLACES
def test_a_removed_or_added_commitment_is_found(index):
    run('UPDATE ledger_entry SET commitments = %s WHERE "index" = %s', json.dumps({"more": "00" * 32}), index)

    assert findings() == {("entry", index, "name"), ("entry", index, "more")}


@PLACES
def test_a_changed_leaf_hash_is_found(index):
    run('UPDATE ledger_entry SET leaf_hash = %s WHERE "index" = %s', bytes(32), index)

    assert findings() == {("entry", index, "leaf_hash")}


@PLACES
def test_a_changed_body_is_found_in_its_hash_and_in_everything_above(index):
    body = bytearray(Entry.objects.get(index=index).body)
    body[-1] ^= 1
    run('UPDATE ledger_entry SET body = %s WHERE "index" = %s', bytes(body), index)

    found = findings()
    assert {("entry", index, "name"), ("entry", index, "leaf_hash"), ("opening", index, "name")} < found
    assert ("checkpoint", SIZE, "") in found


@PLACES
def test_a_body_that_is_no_longer_one_is_found(index):
    run('UPDATE ledger_entry SET body = %s WHERE "index" = %s', b"nothing", index)

    assert {("entry", index, "body"), ("entry", index, "leaf_hash"), ("checkpoint", SIZE, "")} < findings()


@PLACES
def test_a_body_column_and_leaf_hash_changed_together_are_found(index):
    entry = Entry.objects.get(index=index)
    body = bytes(entry.body).replace(b"test.thing_made", b"test.thing_lost")
    sql = 'UPDATE ledger_entry SET body = %s, kind = %s, leaf_hash = %s WHERE "index" = %s'
    run(sql, body, "test.thing_lost", merkle.leaf_hash(body), index)

    expected = {("checkpoint", SIZE, ""), ("head", None, "")} | ({("node", index, "")} if index < 256 else set())
    assert expected <= findings()


@PLACES
def test_a_deleted_entry_is_found_by_its_number(index):
    run("DELETE FROM ledger_opening WHERE entry_id = %s", index)
    run('DELETE FROM ledger_entry WHERE "index" = %s', index)

    assert ("gap", index, "") in findings()


def test_the_last_entry_deleted_with_the_head_put_right_is_found_by_the_checkpoint():
    leaves = [bytes(leaf) for leaf in Entry.objects.values_list("leaf_hash", flat=True)][:-1]
    run("DELETE FROM ledger_opening WHERE entry_id = %s", SIZE - 1)
    run('DELETE FROM ledger_entry WHERE "index" = %s', SIZE - 1)
    set_head(leaves)

    assert {(problem.kind, problem.subject, problem.index) for problem in verify_record().problems} == {
        ("checkpoint", "database", SIZE),
        ("checkpoint", "file", SIZE),
    }


def test_the_last_entry_deleted_without_touching_the_head_is_found():
    run("DELETE FROM ledger_opening WHERE entry_id = %s", SIZE - 1)
    run('DELETE FROM ledger_entry WHERE "index" = %s', SIZE - 1)

    assert ("gap", SIZE - 1, "") in findings()


def insert(index):
    columns = "kind, subject_type, subject_id, recorded_at, commitments, body, leaf_hash"
    run(
        f'INSERT INTO ledger_entry ("index", {columns}) SELECT %s, {columns} FROM ledger_entry WHERE "index" = 5', index
    )


def test_an_entry_inserted_at_the_end_is_found_beyond_the_head():
    insert(SIZE)

    assert findings() == {("head", SIZE, ""), ("entry", SIZE, "index"), ("opening", SIZE, "name")}


def test_an_entry_inserted_in_the_middle_is_found():
    shift(100, by=1)
    insert(100)

    assert {("entry", 100, "index"), ("entry", 101, "index"), ("checkpoint", SIZE, "")} < findings()


def shift(start, *, by):
    """Give every entry from one on another number, openings and all."""
    with guards_lifted(), transaction.atomic(), connection.cursor() as cursor:
        for index in range(SIZE - 1, start - 1, -1):
            move(cursor, index, to=index + by)


def move(cursor, index, *, to):
    cursor.execute(
        "INSERT INTO ledger_entry SELECT %s, kind, subject_type, subject_id, recorded_at, commitments, body, leaf_hash "
        'FROM ledger_entry WHERE "index" = %s',
        [to, index],
    )
    cursor.execute("UPDATE ledger_opening SET entry_id = %s WHERE entry_id = %s", [to, index])
    cursor.execute('DELETE FROM ledger_entry WHERE "index" = %s', [index])


def test_two_entries_swapped_are_found_both():
    with guards_lifted(), transaction.atomic(), connection.cursor() as cursor:
        for index, to in ((7, 9_000), (200, 7), (9_000, 200)):
            move(cursor, index, to=to)

    assert {("entry", 7, "index"), ("entry", 200, "index"), ("node", 7, ""), ("node", 200, "")} < findings()


def test_an_entry_renumbered_is_found_where_it_was_and_where_it_went():
    with guards_lifted(), transaction.atomic(), connection.cursor() as cursor:
        move(cursor, SIZE - 1, to=SIZE + 40)

    assert {("gap", SIZE - 1, ""), ("head", SIZE + 40, "")} <= findings()


@pytest.mark.parametrize("number", [0, 130, 255])
def test_a_changed_node_is_found_by_its_number(number):
    hashes = bytearray(Tile.objects.get(level=0, position=0).hashes)
    hashes[number * 32] ^= 1
    run("UPDATE ledger_tile SET hashes = %s WHERE level = 0 AND position = 0", bytes(hashes))

    assert findings() == {("node", number, "")}


@pytest.mark.parametrize("change", [lambda hashes: hashes[:-32], lambda hashes: hashes + bytes(32), lambda _: b""])
def test_nodes_cut_or_added_within_a_tile_are_found(change):
    hashes = change(bytes(Tile.objects.get(level=0, position=0).hashes))
    run("UPDATE ledger_tile SET hashes = %s WHERE level = 0 AND position = 0", hashes)

    assert kinds() == {"node"}


def test_a_changed_root_of_a_tile_is_found():
    run("UPDATE ledger_tile SET root = %s WHERE level = 0 AND position = 0", bytes(32))

    assert kinds() == {"node"}


def test_a_tile_deleted_or_added_is_found():
    run("UPDATE ledger_tile SET position = 2 WHERE level = 0 AND position = 0")

    assert [p.subject for p in verify_record().problems] == ["0/0"]

    run("UPDATE ledger_tile SET level = 1 WHERE level = 0 AND position = 2")

    assert sorted(p.subject for p in verify_record().problems) == ["0/0", "1"]


@PLACES
@pytest.mark.parametrize(("column", "value"), [("value", "s:Ann"), ("nonce", bytes(32)), ("field", "other")])
def test_a_changed_opening_is_found_by_entry_and_field(index, column, value):
    run(f"UPDATE ledger_opening SET {column} = %s WHERE entry_id = %s", value, index)

    found = findings()
    assert ("opening", index, "name") in found
    assert {(kind, at) for kind, at, _field in found} == {("opening", index)}


@PLACES
def test_a_deleted_opening_is_found(index):
    run("DELETE FROM ledger_opening WHERE entry_id = %s", index)

    assert findings() == {("opening", index, "name")}


@pytest.mark.parametrize("change", ["size = size + 1", "size = size - 1", "size = 0"])
def test_a_changed_size_of_the_head_is_found(change):
    run(f"UPDATE ledger_treehead SET {change}")

    assert "head" in kinds()


@pytest.mark.parametrize("change", ["size = size - 1", "size = 0"])
def test_a_damaged_head_does_not_hide_what_else_was_changed(change):
    run(f"UPDATE ledger_treehead SET {change}")
    run('UPDATE ledger_entry SET kind = %s WHERE "index" = %s', "test.thing_other", SIZE - 1)

    assert {("entry", SIZE - 1, "kind"), ("head", None, "")} == findings()


def test_a_changed_edge_of_the_head_is_found():
    frontier = bytearray(TreeHead.objects.get().frontier)
    frontier[0] ^= 1
    run("UPDATE ledger_treehead SET frontier = %s", bytes(frontier))

    assert findings() == {("head", None, "")}


def test_a_deleted_head_is_found():
    run("DELETE FROM ledger_treehead")

    assert "head" in kinds()


@pytest.mark.parametrize(("column", "value"), [("root", bytes(32)), ("size", 200)])
def test_a_changed_column_of_a_checkpoint_is_found(column, value):
    run(f"UPDATE ledger_checkpoint SET {column} = %s WHERE size = %s", value, SIZE)

    assert kinds() == {"checkpoint"}


def test_a_changed_note_is_found():
    note = Checkpoint.objects.get(size=SIZE).note
    run("UPDATE ledger_checkpoint SET note = %s WHERE size = %s", note.replace("264", "263"), SIZE)

    assert kinds() == {"signature", "checkpoint"}


def test_a_deleted_checkpoint_is_found_by_the_file():
    run("DELETE FROM ledger_checkpoint WHERE size = %s", SIZE)

    assert [(p.kind, p.subject, p.index) for p in verify_record().problems] == [("checkpoint", "file", SIZE)]


def set_head(leaves):
    frontier = merkle.Frontier()
    for leaf in leaves:
        frontier.append(leaf)
    run("UPDATE ledger_treehead SET size = %s, frontier = %s", frontier.size, b"".join(frontier.hashes))


def rewrite_everything(*, index):
    """Change one fact and make opening, entry, nodes, head and checkpoints agree with it, as only the key can."""
    opening = Opening.objects.get(entry=index)
    sealed = commitment("name", nonce=bytes(opening.nonce), encoded="s:Ann")
    old_body = bytes(Entry.objects.get(index=index).body)
    body = old_body.replace(decoded(old_body).commitments["name"], sealed)
    run("UPDATE ledger_opening SET value = 's:Ann' WHERE entry_id = %s", index)
    sql = 'UPDATE ledger_entry SET body = %s, leaf_hash = %s, commitments = %s WHERE "index" = %s'
    run(sql, body, merkle.leaf_hash(body), json.dumps({"name": sealed.hex()}), index)
    leaves = [bytes(leaf) for leaf in Entry.objects.order_by("index").values_list("leaf_hash", flat=True)]
    for tile in completed_tiles(0, leaves=leaves):
        sql = "UPDATE ledger_tile SET hashes = %s, root = %s WHERE level = %s AND position = %s"
        run(sql, tile.hashes, tile.root, tile.level, tile.position)
    set_head(leaves)
    return leaves


def sign_everything_again(settings, *, leaves):
    key = kept_signing_key(settings.LEDGER_KEY_FILE, origin=settings.LEDGER_ORIGIN)
    for size in (SIZE - 3, SIZE):
        root = merkle.root_of(leaves[:size])
        note = key.sign(str(CheckpointText(origin=key.name, size=size, root=root)))
        run("UPDATE ledger_checkpoint SET root = %s, note = %s WHERE size = %s", root, note, size)


@PLACES
def test_everything_hashed_again_is_found_by_the_signatures(index):
    rewrite_everything(index=index)

    assert kinds() == {"checkpoint"}


@PLACES
def test_everything_hashed_and_signed_again_is_found_by_the_file_outside(settings, index):
    leaves = rewrite_everything(index=index)
    sign_everything_again(settings, leaves=leaves)

    assert {(problem.kind, problem.subject) for problem in verify_record().problems} >= {("checkpoint", "file")}


def test_everything_rewritten_file_included_is_found_only_by_a_copy_elsewhere(settings, tmp_path):
    copy = tmp_path / "in-other-hands.txt"
    shutil.copy(settings.LEDGER_CHECKPOINT_FILE, copy)
    leaves = rewrite_everything(index=5)
    sign_everything_again(settings, leaves=leaves)
    settings.LEDGER_CHECKPOINT_FILE.write_text("".join(f"{c.note}\n" for c in Checkpoint.objects.all()), "utf-8")

    assert verify_record().problems == []
    assert {problem.subject for problem in verify_record(against=copy.read_text("utf-8")).problems} == {"given"}


def test_an_erasure_forged_without_an_entry_does_not_explain_a_missing_fact():
    run("DELETE FROM ledger_opening WHERE entry_id = %s", 5)
    with transaction.atomic():
        forged = record_many([EntryDraftFactory(kind="test.thing_erased", facts={"erased": "5/name"})])[0]

    assert forged.index == SIZE
    assert ("opening", 5, "name") in findings()
