"""Published findings and answers across consultations."""

import pytest

from answerable.synthesis.models import OutcomeReport
from answerable.synthesis.queries.everywhere import findings_matching, newest_findings
from answerable.synthesis.queries.own_answers import answers_to
from answerable.synthesis.queries.report_content import report_content
from answerable.synthesis.states import DispositionKind, ReportState
from tests.factories.consultations import NOW, ConsultationSessionFactory, ContributionFactory
from tests.factories.synthesis import CitationFactory, DispositionFactory, FindingFactory, OutcomeReportFactory

pytestmark = pytest.mark.django_db


def published(session, *titles) -> OutcomeReport:
    """Publish a report with one finding a title, each citing a contribution of its own."""
    for title in titles:
        contribution = ContributionFactory(session=session)
        finding = FindingFactory(session=session, title=title)
        CitationFactory(finding=finding, contribution=contribution)
        DispositionFactory(contribution=contribution, kind=DispositionKind.CITED, finding=finding, reason_code="")
    report = OutcomeReportFactory(consultation=session.consultation, state=ReportState.PUBLISHED, published_at=NOW)
    report.content = report_content(report, at=NOW)
    report.save()
    return report


def test_newest_findings_take_turns_between_reports():
    published(ConsultationSessionFactory(), "A one", "A two", "A three")
    published(ConsultationSessionFactory(), "B one")
    assert [finding.title for finding in newest_findings(limit=3)] == ["B one", "A one", "A two"]


def test_findings_of_reports_that_are_not_published_are_not_shown():
    report = published(ConsultationSessionFactory(), "Ferries are late")
    assert [finding.title for finding in findings_matching("FERRIES late")] == ["Ferries are late"]
    assert findings_matching("bicycles") == findings_matching(" ") == []
    OutcomeReport.objects.filter(pk=report.pk).update(state=ReportState.SUPERSEDED)
    assert findings_matching("ferries") == newest_findings() == []


@pytest.mark.parametrize("words", ["ferry", "FÉRRIES", "late ferry"])
def test_findings_are_found_whatever_the_accents_and_endings_of_the_words(words):
    published(ConsultationSessionFactory(), "Ferries are late", "Boards are read")
    assert [finding.title for finding in findings_matching(words)] == ["Ferries are late"]


def test_answers_say_what_became_of_each_contribution():
    session = ConsultationSessionFactory()
    aside, unheard = DispositionFactory(contribution__session=session).contribution, ContributionFactory()
    report = published(session, "Ferries are late")
    cited = session.contributions.get(citations__isnull=False)
    answers = answers_to([cited, aside, unheard])
    finding = report.content["sessions"][0]["findings"][0]
    address = f"/consultations/{session.consultation.slug}/outcome/"
    assert {code: (answer.kind, answer.address, answer.title) for code, answer in answers.items()} == {
        cited.receipt_code: ("cited", f"{address}#f-{finding['public_id']}", f"{finding['number']} Ferries are late"),
        aside.receipt_code: ("set_aside", address, "It does not speak to the guiding questions"),
    }
