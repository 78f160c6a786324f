"""The verifier finds what was altered behind the desk's back; as it stands, it finds nothing."""

from pathlib import Path

import pytest

from answerable.ledger.checks import registered_checks
from answerable.synthesis.actions import (
    FindingDraft,
    RecommendationDraft,
    add_citation,
    delete_finding,
    draft_report,
    publish_report,
    set_aside,
    undo_disposition,
    write_finding,
    write_recommendation,
)
from answerable.synthesis.models import Citation, Disposition, Finding, OutcomeReport, Recommendation, ReportFile
from tests.factories.consultations import NOW
from tests.factories.synthesis import DispositionFactory, FindingFactory


@pytest.fixture
def report(consultation, session, contributions, rapporteur):
    """A published report, with everything that can be recorded before it."""
    finding = write_finding(session, draft=FindingDraft("minority_view", "Wells", "Said."), by=rapporteur, at=NOW)
    gone = write_finding(session, draft=FindingDraft("example", "Gone", "Gone."), by=rapporteur, at=NOW)
    for row in (finding, gone):
        add_citation(row, contribution=contributions[0], words="brown", by=rapporteur, at=NOW)
    delete_finding(gone, by=rapporteur, at=NOW)
    set_aside(contributions[1:], reason_code="off_topic", by=rapporteur, at=NOW)
    undo_disposition(contributions[1:], by=rapporteur, at=NOW)
    set_aside(contributions[1:], reason_code="no_statement", by=rapporteur, at=NOW)
    write_recommendation(
        consultation, draft=RecommendationDraft("Do", "It.", findings=(finding,)), by=rapporteur, at=NOW
    )
    return publish_report(draft_report(consultation, by=rapporteur, at=NOW), by=rapporteur, at=NOW)


def problems():
    checks = registered_checks()
    return {name: [p.kind for p in check()] for name, check in checks.items() if name.startswith("synthesis.")}


def test_checks_find_nothing_in_what_was_done_here(report):
    assert problems() == {
        "synthesis.findings": [],
        "synthesis.recommendations": [],
        "synthesis.dispositions": [],
        "synthesis.reports": [],
    }


@pytest.mark.parametrize(
    ("alter", "check", "kind"),
    [
        (lambda: Finding.objects.update(statement="Not said."), "findings", "altered-act"),
        (lambda: Citation.objects.update(quote="green"), "findings", "altered-act"),
        (lambda: FindingFactory(session=Finding.objects.get().session), "findings", "missing-entry"),
        (lambda: Recommendation.objects.update(text="Do not."), "recommendations", "altered-act"),
        (lambda: Recommendation.objects.all().delete(), "recommendations", "missing-act"),
        (lambda: Disposition.objects.filter(kind="set_aside")[:1].get().delete(), "dispositions", "missing-act"),
        (DispositionFactory, "dispositions", "missing-entry"),
        (lambda: OutcomeReport.objects.update(content={}), "reports", "altered-act"),
        (lambda: OutcomeReport.objects.all().delete(), "reports", "missing-act"),
    ],
)
def test_checks_find_one_alteration(report, alter, check, kind):
    alter()
    assert problems()[f"synthesis.{check}"] == [kind]


def test_checks_find_a_reason_that_was_altered_for_all(report):
    Disposition.objects.filter(kind="set_aside").update(reason_code="off_topic")
    assert problems()["synthesis.dispositions"] == ["altered-act", "altered-act"]


def test_checks_find_a_file_that_was_altered_and_one_that_is_gone(report):
    one, other = ReportFile.objects.order_by("pk")[:2]
    with Path(one.file.path).open("ab") as opened:
        opened.write(b" ")
    other.file.storage.delete(other.file.name)
    assert problems()["synthesis.reports"] == ["altered-act", "altered-act"]
