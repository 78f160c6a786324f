"""A synthesis that goes on where an earlier run was stopped."""

import pytest

from answerable.engine.keeping import synthesize_keeping
from answerable.engine.pipeline import synthesize
from answerable.engine.plain_records import NotARecord, from_plain, to_plain
from answerable.engine.records import Member, Settings, Synthesis, Theme
from tests.engine.samples import consultation


class Stopped(Exception):
    """Stand for an interruption."""


def stop_at(stage, call):
    seen = []

    def progress(name, _done, _total):
        seen.append(name)
        if seen.count(stage) == call:
            raise Stopped

    return progress


@pytest.mark.parametrize(("stage", "call"), [("duplicates", 1), ("themes", 1), ("themes", 3), ("balance", 1)])
def test_synthesize_keeping_gives_the_same_after_any_interruption(tmp_path, stage, call):
    with pytest.raises(Stopped):
        synthesize_keeping(consultation(), folder=tmp_path, progress=stop_at(stage, call))
    kept = sorted(path.name for path in tmp_path.rglob("*.json"))

    again = synthesize_keeping(consultation(), folder=tmp_path)

    assert kept
    assert again == synthesize(consultation())


def test_synthesize_keeping_does_not_do_again_what_is_kept(tmp_path):
    synthesize_keeping(consultation(), folder=tmp_path)
    written = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*.json")}

    synthesize_keeping(consultation(), folder=tmp_path)

    assert {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*.json")} == written


def test_synthesize_keeping_does_a_damaged_piece_again(tmp_path):
    synthesize_keeping(consultation(), folder=tmp_path)
    for path in tmp_path.rglob("*themes_of_rows*.json"):
        path.write_bytes(path.read_bytes()[:40])

    assert synthesize_keeping(consultation(), folder=tmp_path) == synthesize(consultation())


def test_synthesize_keeping_takes_nothing_from_other_settings_or_texts(tmp_path):
    synthesize_keeping(consultation(), folder=tmp_path)
    other = Settings(label_phrases=1)

    assert synthesize_keeping(consultation(), folder=tmp_path, settings=other) == synthesize(
        consultation(), settings=other
    )
    assert synthesize_keeping(consultation()[1:], folder=tmp_path) == synthesize(consultation()[1:])


def test_records_come_back_from_plain_values_as_they_were():
    result = synthesize(consultation())

    assert from_plain(Synthesis, to_plain(result)) == result


def test_from_plain_says_what_does_not_fit():
    with pytest.raises(NotARecord, match="cannot be read as"):
        from_plain(Theme, {"id": "T-1"})
    with pytest.raises(NotARecord, match="cannot be read as"):
        from_plain(tuple[Member, ...], 3)
