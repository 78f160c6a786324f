"""The file of checkpoints outside the database."""

from answerable.ledger.notes import CheckpointText, SigningKey
from answerable.ledger.outside import keep_notes, kept_notes, newest_kept_notes, split_notes

KEY = SigningKey(name="record.example", seed=bytes(range(32)))
NOTES = [KEY.sign(str(CheckpointText(origin="record.example", size=n, root=bytes([n]) * 32))) for n in range(1, 5)]


def test_notes_come_back_as_they_were_kept(tmp_path):
    path = tmp_path / "new" / "checkpoints.txt"

    keep_notes(path, notes=NOTES[:1])
    keep_notes(path, notes=NOTES[1:])

    assert kept_notes(path) == NOTES
    assert newest_kept_notes(path) == NOTES[::-1]


def test_no_file_means_no_notes(tmp_path):
    assert kept_notes(tmp_path / "none") == []
    assert newest_kept_notes(tmp_path / "none") == []


def test_a_torn_note_does_not_swallow_the_next(tmp_path):
    path = tmp_path / "checkpoints.txt"
    for cut in range(1, len(NOTES[1])):
        path.write_text(f"{NOTES[0]}\n{NOTES[1][:cut]}", "utf-8")

        keep_notes(path, notes=NOTES[2:])

        assert kept_notes(path)[0] == NOTES[0]
        assert kept_notes(path)[-2:] == NOTES[2:]


def test_only_the_end_of_a_long_file_is_read_for_the_newest(tmp_path):
    path = tmp_path / "checkpoints.txt"
    keep_notes(path, notes=NOTES * 200)

    assert newest_kept_notes(path)[:4] == NOTES[::-1]
    assert len(newest_kept_notes(path)) < 800


def test_a_note_pasted_without_an_empty_line_behind_it_is_whole():
    assert split_notes(NOTES[0]) == [NOTES[0]]
    assert split_notes(NOTES[0].rstrip("\n")) == [NOTES[0]]
    assert split_notes(f"\n\n{NOTES[0]}\n\n{NOTES[1]}\n\n\n") == NOTES[:2]


def test_bytes_that_are_no_text_do_not_stop_the_reading(tmp_path):
    (tmp_path / "checkpoints.txt").write_bytes(b"\xff\xfe\n\n" + NOTES[0].encode())

    assert kept_notes(tmp_path / "checkpoints.txt")[1:] == [NOTES[0]]
