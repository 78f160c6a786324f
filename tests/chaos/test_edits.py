"""The database edited behind the application's back, as somebody with its password could: found every time, and named."""

from datetime import timedelta

import pytest
from django.db import connection

from answerable.consultations.actions import (
    DigestDraft,
    add_question,
    add_session,
    change_consultation,
    change_session,
    create_consultation,
    publish_consultation,
    publish_digest,
    reorder_questions,
    reorder_sessions,
    set_consultation_text,
    take_stance,
)
from answerable.consultations.models import Contribution
from answerable.ledger.verify import verify_record
from answerable.synthesis.actions import (
    FindingDraft,
    add_citation,
    change_report_text,
    draft_report,
    publish_report,
    write_finding,
)
from answerable.synthesis.actions.dispositions import set_aside
from tests.factories.consultations import NOW
from tests.factories.ledger import guards_lifted
from tests.web.world import make_world

pytestmark = [pytest.mark.django_db, pytest.mark.engines]


@pytest.fixture
def acted(settings, tmp_path, time_machine_at_noon):
    """A world in which everything the record tells of has really happened, by the stages' own actions."""
    settings.MEDIA_ROOT = tmp_path / "files"
    world = make_world()
    rapporteur, convener = world.people["rapporteur"], world.people["convener"]
    world.digest.delete()
    said = DigestDraft(NOW.date(), "Boards", f"One board is read [{world.contribution.receipt_code}].")
    publish_digest(world.session, by=world.people["moderator"], draft=said, at=NOW)
    take_stance(world.contribution, person=world.people["participant"], position="agree", at=NOW)
    aside = world.submitted("Hello everybody, greetings from all of us.")
    draft = FindingDraft(kind="example", title="Boards are read", statement="They hang where people pass.")
    finding = write_finding(world.session, draft=draft, by=rapporteur, at=NOW)
    add_citation(finding, contribution=world.contribution, words="is read by all", by=rapporteur, at=NOW)
    set_aside([aside], reason_code="no_statement", reason="It greets.", by=rapporteur, at=NOW)
    report = draft_report(world.consultation, by=rapporteur, at=NOW)
    texts = {"minority_views": "None was sent.", "key_messages": "- Hang boards where people pass."}
    change_report_text(report, texts=texts, by=rapporteur, at=NOW)
    publish_report(report, by=convener, at=NOW)
    ask_about_forests(world.people["administrator"], world.organisation)
    return world


def ask_about_forests(by, convener):
    """Set up a second consultation by acts alone, so that the record knows its frame."""
    asked = create_consultation("Forests", by=by, slug="forests", at=NOW)
    changes = {"opens_at": NOW, "closes_at": NOW + timedelta(days=9), "conveners": [convener.public_id]}
    change_consultation(asked, by=by, changes=changes, at=NOW)
    set_consultation_text(asked, "en", by=by, fields={"title": "Forests", "purpose": "To hear."}, at=NOW)
    for title in ("Plots", "Trees"):
        session = add_session(asked, by=by, fields={"title": title}, at=NOW)
        add_question(session, by=by, text="Who counts?", at=NOW)
        add_question(session, by=by, text=f"What of {title}?", at=NOW)
    reorder_questions(session, [2, 1], by=by, at=NOW)
    reorder_sessions(asked, [2, 1], by=by, at=NOW)
    session.refresh_from_db()
    change_session(session, by=by, opens_at=None, closes_at=NOW + timedelta(days=5), at=NOW)
    publish_consultation(asked, by=by, at=NOW)


@pytest.fixture
def time_machine_at_noon():
    import time_machine

    with time_machine.travel(NOW, tick=False):
        yield


_LAST_PERSON = "(SELECT max(id) FROM people_person)"
_NEWEST = "(SELECT max(id) FROM consultations_contribution)"
# What was altered → the statement, and the word of the problem that must name it.
EDITS = {
    "the words of a contribution": ("UPDATE consultations_contribution SET text = 'It was all fine.'", "text"),
    "the words of an earlier revision": (
        "UPDATE consultations_contributionrevision SET text = 'It was all fine.'",
        "text_digest",
    ),
    "what readers see of a contribution": (
        (
            "UPDATE consultations_contribution SET html = '<p>It was all fine.</p>';"
            "UPDATE consultations_contributionrevision SET html = '<p>It was all fine.</p>'"
        ),
        "html",
    ),
    "the kind of a contribution": (
        "UPDATE consultations_contribution SET kind = 'view' WHERE kind = 'example'",
        "kind",
    ),
    "the author of a contribution": (f"UPDATE consultations_contribution SET author_id = {_LAST_PERSON}", "actor"),
    "an author taken away": ("UPDATE consultations_contribution SET author_id = NULL", "actor"),
    "an organisation put behind a contribution": (
        "UPDATE consultations_contribution SET organisation_id = (SELECT max(id) FROM people_organisation)",
        "organisation",
    ),
    "the channel of a contribution": ("UPDATE consultations_contribution SET channel = 'meeting'", "channel"),
    "the moment of a contribution": (
        "UPDATE consultations_contribution SET submitted_at = '2026-10-11 00:00:00+00:00'",
        "submitted_at",
    ),
    "since when a contribution is public": (
        "UPDATE consultations_contribution SET published_at = '2026-10-11 00:00:00+00:00'",
        "published_at",
    ),
    "a removed contribution shown again": (
        "UPDATE consultations_contribution SET state = 'public' WHERE state = 'held'",
        "state",
    ),
    "a public contribution hidden": (
        "UPDATE consultations_contribution SET state = 'removed' WHERE state = 'public'",
        "state",
    ),
    "a receipt code": (
        "UPDATE consultations_contribution SET receipt_code = 'R-0000-0000' WHERE state = 'held'",
        "missing-act",
    ),
    "the words of a reply": ("UPDATE consultations_reply SET text = 'Nobody paid.'", "text_digest"),
    "what readers see of a reply": ("UPDATE consultations_reply SET html = '<p>Nobody paid.</p>'", "html"),
    "the author of a reply": (f"UPDATE consultations_reply SET author_id = {_LAST_PERSON}", "actor"),
    "a reply moved": (f"UPDATE consultations_reply SET contribution_id = {_NEWEST}", "contribution"),
    "a reply deleted": ("DELETE FROM consultations_reply", "missing-act"),
    "a stance turned round": ("UPDATE consultations_stance SET position = 'disagree'", "position"),
    "a stance given to another": (f"UPDATE consultations_stance SET person_id = {_LAST_PERSON}", "missing-act"),
    "a stance deleted": ("DELETE FROM consultations_stance", "missing-act"),
    "the number of those who agree": ("UPDATE consultations_contribution SET agree_count = 400", "agree_count"),
    "a moderator's reason": ("UPDATE consultations_moderationact SET reason_code = 'off_topic'", "reason_code"),
    "who moderated": (f"UPDATE consultations_moderationact SET moderator_id = {_LAST_PERSON}", "actor"),
    "a moderator's act deleted": ("DELETE FROM consultations_moderationact", "missing-act"),
    "a weekly summary": ("UPDATE consultations_digest SET text = 'All was well.'", "text_digest"),
    "a closing time": (
        "UPDATE consultations_consultation SET closes_at = '2026-12-24 00:00:00+00:00' WHERE slug = 'forests'",
        "closes_at",
    ),
    "a session's closing time": (
        "UPDATE consultations_consultationsession SET closes_at = '2026-12-24 00:00:00+00:00' WHERE closes_at IS NOT NULL",
        "closes_at",
    ),
    "the words of a consultation": (
        "UPDATE consultations_consultationtext SET purpose = 'To be seen.' WHERE purpose = 'To hear.'",
        "text",
    ),
    "the words of a question": (
        "UPDATE consultations_questiontext SET text = 'Is it fine?' WHERE text = 'Who counts?'",
        "text",
    ),
    "a published consultation hidden": (
        "UPDATE consultations_consultation SET state = 'draft' WHERE slug = 'forests'",
        "state",
    ),
    "what a finding says": ("UPDATE synthesis_finding SET statement = 'Nobody reads them.'", "digest"),
    "a quote": ("UPDATE synthesis_citation SET quote = 'is read by few'", "digest"),
    "the place of a quote": ('UPDATE synthesis_citation SET start = start + 1, "end" = "end" + 1', "digest"),
    "a quote deleted": ("DELETE FROM synthesis_citation", "digest"),
    "a reason for setting aside": (
        "UPDATE synthesis_disposition SET reason = 'It is rude.' WHERE kind = 'set_aside'",
        "reason",
    ),
    "what became of a contribution": ("DELETE FROM synthesis_disposition WHERE kind = 'set_aside'", "missing-act"),
    "a published report": ("UPDATE synthesis_outcomereport SET content = '{}'", "content_digest"),
    "a published report deleted": (
        "DELETE FROM synthesis_reportfile; DELETE FROM synthesis_outcomereport",
        "missing-act",
    ),
    "a published file": (f"UPDATE synthesis_reportfile SET sha256 = '{'0' * 64}'", "md_sha256"),
    "the kind of an entry": (
        "UPDATE ledger_entry SET kind = 'consultations.digest_published' WHERE \"index\" = 2",
        "entry",
    ),
    "the moment of an entry": ("UPDATE ledger_entry SET recorded_at = '2001-01-01' WHERE \"index\" = 2", "entry"),
    "an entry deleted": (
        'DELETE FROM ledger_opening WHERE entry_id = 2; DELETE FROM ledger_entry WHERE "index" = 2',
        "gap",
    ),
    "a fact of an entry": ("UPDATE ledger_opening SET value = 's:other' WHERE field = 'state'", "opening"),
    "a fact taken away": ("DELETE FROM ledger_opening WHERE field = 'state'", "opening"),
    "the head of the tree": ("UPDATE ledger_treehead SET size = size - 1", "head"),
}


def altered_by(statements):
    with connection.constraint_checks_disabled(), guards_lifted(), connection.cursor() as cursor:
        for statement in statements.split(";"):
            cursor.execute(statement)
            assert cursor.rowcount > 0, "the edit met no row, so it tried nothing"


def words_of(problem):
    return {problem.kind, problem.field}


@pytest.mark.parametrize("edit", EDITS)
def test_an_edit_behind_the_back_is_found_and_named(acted, edit):
    statements, word = EDITS[edit]
    altered_by(statements)
    found = verify_record()
    assert not found.is_intact
    named = [problem for problem in found.problems if word in words_of(problem)]
    assert named
    assert all(problem.subject and problem.message for problem in named)


def test_a_contribution_deleted_with_all_that_hangs_on_it_is_found(acted):
    code = acted.contribution.receipt_code
    key = acted.contribution.pk
    tables = ("contribution_questions", "contributionrevision", "reply", "stance", "moderationact", "digestcitation")
    with connection.constraint_checks_disabled(), guards_lifted(), connection.cursor() as cursor:
        for table in ("synthesis_citation", "synthesis_disposition", *(f"consultations_{name}" for name in tables)):
            cursor.execute(f"DELETE FROM {table} WHERE contribution_id = %s", [key])
        cursor.execute("DELETE FROM consultations_contribution WHERE id = %s", [key])
        assert cursor.rowcount == 1
        missing = {problem.subject for problem in verify_record().problems if problem.kind == "missing-act"}
        assert code in missing


def test_a_contribution_slipped_in_is_found(acted):
    row = Contribution.objects.get(pk=acted.contribution.pk)
    row.pk, row.receipt_code, row.idempotency_key = None, "R-0000-0000", ""
    row.save(force_insert=True)
    missing = [problem.subject for problem in verify_record().problems if problem.kind == "missing-entry"]
    assert "R-0000-0000" in missing


def test_nothing_is_found_when_nothing_was_altered(acted):
    assert verify_record().problems == []
