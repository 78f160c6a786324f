"""Forgetting a person whose name stands in a published report."""

from answerable.ledger.checks import registered_checks
from answerable.people.actions import erase_person
from answerable.synthesis.actions import (
    FindingDraft,
    add_citation,
    draft_report,
    publish_report,
    set_aside,
    write_finding,
)
from tests.factories.consultations import NOW


def words_of(report):
    with report.files.get(format="md").file.open("rb") as opened:
        return opened.read().decode()


def test_erase_person_takes_the_name_out_of_report_and_files(
    consultation, session, contributions, rapporteur, settings, django_capture_on_commit_callbacks
):
    author = contributions[0].author
    author.name = "Quoted Person"
    author.save()
    finding = write_finding(session, draft=FindingDraft("minority_view", "Wells", "Said."), by=rapporteur, at=NOW)
    add_citation(finding, contribution=contributions[0], words="Our well was brown.", by=rapporteur, at=NOW)
    set_aside(contributions[1:], reason_code="off_topic", by=rapporteur, at=NOW)
    report = publish_report(draft_report(consultation, by=rapporteur, at=NOW), by=rapporteur, at=NOW)
    assert "Quoted Person" in words_of(report)

    with django_capture_on_commit_callbacks(execute=True):
        done = erase_person(author, at=NOW)

    report.refresh_from_db()
    after = words_of(report)
    assert done["synthesis.OutcomeReport"] == 1
    assert "Our well was brown" in after
    assert "Quoted Person" not in after
    assert "Quoted Person" not in str(report.content)
    assert len(list((settings.MEDIA_ROOT / "reports").iterdir())) == report.files.count()
    assert list(registered_checks()["synthesis.reports"]()) == []
    assert erase_person(author, at=NOW)["synthesis.OutcomeReport"] == 0
