"""The database edited behind the application's back, as somebody with its password could: found every time, and named."""

import pytest
from django.db import connection

from answerable.consultations.actions import take_stance
from answerable.consultations.actions.digest import DigestDraft, publish_digest
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
    return world


@pytest.fixture
def time_machine_at_noon():
    import time_machine

    with time_machine.travel(NOW, tick=False):
        yield


EDITS = {
    "the words of a contribution": "UPDATE consultations_contribution SET text = 'It was all fine.'",
    "the words of an earlier revision": "UPDATE consultations_contributionrevision SET text = 'It was all fine.'",
    "the kind of a contribution": "UPDATE consultations_contribution SET kind = 'view' WHERE kind = 'example'",
    "a removed contribution shown again": "UPDATE consultations_contribution SET state = 'public' WHERE state = 'held'",
    "a public contribution hidden": "UPDATE consultations_contribution SET state = 'removed' WHERE state = 'public'",
    "a receipt code": "UPDATE consultations_contribution SET receipt_code = 'R-0000-0000' WHERE state = 'held'",
    "the words of a reply": "UPDATE consultations_reply SET text = 'Nobody paid.'",
    "a reply deleted": "DELETE FROM consultations_reply",
    "a stance turned round": "UPDATE consultations_stance SET position = 'disagree'",
    "a stance deleted": "DELETE FROM consultations_stance",
    "a moderator's reason": "UPDATE consultations_moderationact SET reason_code = 'off_topic'",
    "a weekly summary": "UPDATE consultations_digest SET text = 'All was well.'",
    "what a finding says": "UPDATE synthesis_finding SET statement = 'Nobody reads them.'",
    "a quote": "UPDATE synthesis_citation SET quote = 'is read by few'",
    "the place of a quote": 'UPDATE synthesis_citation SET start = start + 1, "end" = "end" + 1',
    "a reason for setting aside": "UPDATE synthesis_disposition SET reason = 'It is rude.' WHERE kind = 'set_aside'",
    "what became of a contribution": "DELETE FROM synthesis_disposition WHERE kind = 'set_aside'",
    "a published report": "UPDATE synthesis_outcomereport SET content = '{}'",
    "a published file": f"UPDATE synthesis_reportfile SET sha256 = '{'0' * 64}'",
    "the kind of an entry": "UPDATE ledger_entry SET kind = 'consultations.digest_published' WHERE \"index\" = 2",
    "the moment of an entry": "UPDATE ledger_entry SET recorded_at = '2001-01-01 00:00:00' WHERE \"index\" = 2",
    "a fact of an entry": "UPDATE ledger_opening SET value = 's:other' WHERE field = 'state'",
    "a fact taken away": "DELETE FROM ledger_opening WHERE field = 'state'",
    "the head of the tree": "UPDATE ledger_treehead SET size = size - 1",
}


def altered_by(statement):
    with connection.constraint_checks_disabled(), guards_lifted(), connection.cursor() as cursor:
        cursor.execute(statement)
        assert cursor.rowcount > 0, "the edit met no row, so it tried nothing"


@pytest.mark.parametrize("edit", EDITS)
def test_an_edit_behind_the_back_is_found(acted, edit):
    altered_by(EDITS[edit])
    found = verify_record()
    assert not found.is_intact
    assert all(problem.message for problem in found.problems)


def test_nothing_is_found_when_nothing_was_altered(acted):
    assert verify_record().problems == []
