"""The verifier on records that nobody altered, and what it says about its own limits."""

import pytest
from django.db import connection

from answerable.ledger import checks
from answerable.ledger.actions import erase_openings, sign_checkpoint
from answerable.ledger.checks import Problem, register_check
from answerable.ledger.keys import kept_signing_key
from answerable.ledger.models import Entry, Opening, TreeHead
from answerable.ledger.notes import CheckpointText
from answerable.ledger.outside import kept_notes
from answerable.ledger.queries import head
from answerable.ledger.verify import record as verifier
from answerable.ledger.verify import verify_record
from tests.factories.ledger import NOON, guards_lifted, recorded, recorded_many

pytestmark = [pytest.mark.django_db, pytest.mark.engines]


@pytest.fixture
def no_checks(monkeypatch):
    """An empty registry, put back afterwards."""
    monkeypatch.setattr(checks, "_checks", {})


def test_an_empty_record_is_intact():
    report = verify_record()

    assert (report.is_intact, report.entry_count, report.root) == (True, 0, head().root())


@pytest.mark.parametrize("chunk", [1, 7, 256, 300, 10_000])
def test_a_whole_record_is_intact_in_chunks_of_any_size(monkeypatch, django_capture_on_commit_callbacks, chunk):
    monkeypatch.setattr(verifier, "CHUNK", chunk)
    for count in (1, 255, 44):
        recorded_many(count, facts={"words": 1}, actor_ref="")
        with django_capture_on_commit_callbacks(execute=True):
            checkpoint = sign_checkpoint(NOON)

    report = verify_record(against=checkpoint.note)

    assert report.problems == []
    assert (report.entry_count, report.opening_count, report.checkpoint_count) == (300, 300, 3)
    assert report.root == bytes(checkpoint.root)
    assert report.notes == []


def test_a_record_without_a_checkpoint_elsewhere_says_so():
    recorded()
    sign_checkpoint(NOON)

    report = verify_record()

    assert report.is_intact
    assert report.notes == [
        "No checkpoint outside the database was at hand; only a copy elsewhere shows a rewriting of it all.",
        "Checkpoints in the database that the file outside does not have yet: 1.",
    ]


def test_a_given_checkpoint_of_a_longer_record_shows_that_the_end_was_cut(settings):
    recorded_many(2)
    key = kept_signing_key(settings.LEDGER_KEY_FILE, origin=settings.LEDGER_ORIGIN)
    longer = key.sign(str(CheckpointText(origin=key.name, size=3, root=bytes(32))))

    [problem] = verify_record(against=longer).problems

    assert (problem.kind, problem.subject, problem.index) == ("checkpoint", "given", 3)


def test_a_checkpoint_by_a_stranger_is_reported_and_not_used():
    recorded()
    sign_checkpoint(NOON)
    foreign = "record.example\n1\nBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwc=\n\n\u2014 record.example AAAAAAAAAAA=\n"

    [problem] = verify_record(against=foreign).problems

    assert (problem.kind, problem.subject) == ("signature", "given")


def test_a_missing_key_is_reported_when_there_is_something_to_check(settings):
    recorded()
    sign_checkpoint(NOON)
    settings.LEDGER_KEY_FILE = settings.LEDGER_KEY_FILE.with_name("elsewhere")

    assert [problem.kind for problem in verify_record().problems] == ["key"]
    assert not settings.LEDGER_KEY_FILE.exists()


def test_a_damaged_key_is_reported(settings):
    recorded()
    settings.LEDGER_KEY_FILE.write_text("damaged")

    assert [problem.kind for problem in verify_record().problems] == ["key"]


def test_a_checkpoint_taken_out_of_the_file_is_reported_and_one_not_there_yet_is_noted(
    settings, django_capture_on_commit_callbacks
):
    for _ in range(3):
        recorded()
        with django_capture_on_commit_callbacks(execute=True):
            sign_checkpoint(NOON)
    recorded()
    sign_checkpoint(NOON)
    first, _second, third = kept_notes(settings.LEDGER_CHECKPOINT_FILE)
    settings.LEDGER_CHECKPOINT_FILE.write_text(f"{first}\n{third}\n", "utf-8")

    report = verify_record()

    assert [(p.kind, p.subject, p.index) for p in report.problems] == [("checkpoint", "database", 2)]
    assert report.notes == ["Checkpoints in the database that the file outside does not have yet: 1."]


def test_a_note_torn_by_a_power_cut_is_no_alarm(settings, django_capture_on_commit_callbacks):
    recorded()
    with django_capture_on_commit_callbacks(execute=True):
        sign_checkpoint(NOON)
    recorded()
    torn = sign_checkpoint(NOON).note
    with settings.LEDGER_CHECKPOINT_FILE.open("a", encoding="utf-8") as file:
        file.write(torn[:60])

    assert verify_record().problems == []


def test_a_missing_guard_is_reported():
    with connection.cursor() as cursor:
        on_table = " ON ledger_entry" if connection.vendor == "postgresql" else ""
        cursor.execute(f"DROP TRIGGER ledger_entry_no_update{on_table}")

    assert [(problem.kind, problem.subject) for problem in verify_record().problems] == [
        ("guard", "ledger_entry_no_update")
    ]


def test_registered_checks_are_run_and_named(no_checks):
    found = Problem("contribution", subject="R-1", message="The text is another one.")
    register_check("texts", lambda: [found])
    register_check("nothing", lambda: ())

    assert verify_record().problems == [found]


def test_a_check_that_breaks_is_a_finding_not_a_crash(no_checks):
    register_check("broken", lambda: [Entry.objects.get(index=99)])

    [problem] = verify_record().problems

    assert (problem.kind, problem.subject) == ("check", "broken")


def test_a_name_belongs_to_one_check(no_checks):
    def first():
        return ()

    register_check("texts", first)
    register_check("texts", first)
    with pytest.raises(ValueError, match="texts"):
        register_check("texts", lambda: ())

    assert dict(checks.registered_checks()) == {"texts": first}


def test_a_fact_gone_without_an_erasure_is_reported_and_with_one_is_not():
    recorded_many(2, subject_id="thing-1")
    erase_openings(subject_type="thing", subject_id="thing-1", fields=["name"], ground="x", by_role="y", at=NOON)
    Opening.objects.filter(entry=1, field="words").delete()

    assert [(p.kind, p.index, p.field) for p in verify_record().problems] == [("opening", 1, "words")]


def test_an_erased_fact_that_comes_back_from_a_backup_is_reported():
    recorded(subject_id="thing-1")
    kept = Opening.objects.get(field="name")
    erase_openings(subject_type="thing", subject_id="thing-1", fields=["name"], ground="x", by_role="y", at=NOON)
    kept.save(force_insert=True)

    assert [(p.kind, p.index, p.field) for p in verify_record().problems] == [("opening", 0, "name")]


def test_a_damaged_head_is_reported():
    recorded_many(3)
    TreeHead.objects.update(frontier=b"short")

    assert {problem.kind for problem in verify_record().problems} == {"head"}


def test_guards_are_back_after_a_test_that_lifted_them():
    with guards_lifted():
        pass

    assert verify_record().problems == []
