"""Quotes in published reports whose contributions are no longer public."""

import copy

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from answerable.consultations.models import Contribution
from answerable.consultations.states import PostState
from answerable.documents.markdown import write_markdown
from answerable.synthesis.queries.everywhere import findings_matching, newest_findings
from answerable.synthesis.queries.gone_quotes import content_without, findings_in, gone_among, gone_quotes
from answerable.synthesis.queries.report_content import report_content
from answerable.synthesis.queries.report_document import report_document
from answerable.synthesis.states import ReportState
from tests.factories.consultations import NOW, ConsultationSessionFactory, ContributionFactory
from tests.factories.synthesis import CitationFactory, FindingFactory, OutcomeReportFactory

pytestmark = pytest.mark.django_db

SENTENCES = [
    (PostState.WITHDRAWN, "Withdrawn by its author since."),
    (PostState.REMOVED, "Removed by a moderator since."),
    (PostState.HELD, "Not public at the moment."),
]


@pytest.fixture
def report():
    """A published report whose one finding quotes two contributions."""
    session = ConsultationSessionFactory()
    finding = FindingFactory(session=session, title="Ferries are late")
    for order, text in enumerate(("My neighbour's boat is never on time.", "Ferries wait for the tide.")):
        said = ContributionFactory(session=session, text=text, attributed_name=f"Speaker {order}", author=None)
        CitationFactory(finding=finding, contribution=said, order=order)
    row = OutcomeReportFactory(consultation=session.consultation, state=ReportState.PUBLISHED, published_at=NOW)
    row.content = report_content(row, at=NOW)
    row.save()
    return row


def codes(report):
    return [quote["receipt"] for finding in findings_in(report.content) for quote in finding["citations"]]


def put(code, state):
    Contribution.objects.filter(receipt_code=code).update(state=state)


@pytest.mark.parametrize(("state", "sentence"), SENTENCES)
def test_document_says_in_the_place_of_a_quote_why_it_is_gone(report, state, sentence):
    before, (first, _second) = copy.deepcopy(report.content), codes(report)
    put(first, state)
    gone = gone_among(findings_in(report.content))
    written = write_markdown(report_document(content_without(report.content, gone)))
    assert gone == {first: state}
    assert sentence in written
    assert f"/c/{first}/" in written
    assert "neighbour" not in written
    assert "Speaker 0" not in written
    assert "Ferries wait for the tide." in written
    assert "Speaker 1" in written
    assert report.content == before


def test_document_of_a_report_that_quotes_what_is_public_is_as_it_was_published(report):
    gone = gone_among(findings_in(report.content))
    assert gone == {}
    assert content_without(report.content, gone) is report.content
    assert "neighbour" in write_markdown(report_document(report.content))


def test_code_that_is_not_known_counts_as_gone(report):
    findings = [{"citations": [{"receipt": "R-0000-0000"}]}]
    assert gone_among(findings) == {"R-0000-0000": ""}


def test_what_is_gone_takes_one_query_for_all_quotes(report):
    with CaptureQueriesContext(connection) as caught:
        gone_among(findings_in(report.content) * 3)
    assert len(caught) == 1
    with CaptureQueriesContext(connection) as caught:
        assert gone_among([]) == {}
    assert len(caught) == 0


@pytest.mark.parametrize("state", [PostState.WITHDRAWN, PostState.REMOVED])
@pytest.mark.parametrize("found", [newest_findings, lambda: findings_matching("ferries late")])
def test_finding_shows_another_quote_or_none_when_its_first_is_gone(report, state, found):
    first, second = codes(report)
    assert [(each.quote_receipt, each.quote_by) for each in found()] == [(first, "Speaker 0")]
    put(first, state)
    shown = found()[0]
    assert (shown.quote, shown.quote_by, shown.quote_receipt) == ("Ferries wait for the tide.", "Speaker 1", second)
    put(second, state)
    shown = found()[0]
    assert (shown.title, shown.quote, shown.quote_by, shown.quote_receipt) == ("Ferries are late", "", "", "")


def test_gone_quotes_name_the_finding_until_a_new_version_leaves_them_out(report):
    consultation, (first, _second) = report.consultation, codes(report)
    assert gone_quotes([consultation]) == {}
    put(first, PostState.WITHDRAWN)
    (gone,) = gone_quotes([consultation])[consultation.pk]
    assert (gone.receipt, gone.state, gone.number, gone.title, gone.version) == (
        first,
        PostState.WITHDRAWN,
        f"{report.content['sessions'][0]['number']}.1",
        "Ferries are late",
        report.version,
    )
    report.content["sessions"][0]["findings"][0]["citations"].pop(0)
    report.save()
    assert gone_quotes([consultation]) == {}


def test_gone_quotes_leave_out_what_no_report_quotes_and_reports_that_were_replaced(report):
    ContributionFactory(session__consultation=report.consultation, state=PostState.REMOVED, published_at=NOW)
    assert gone_quotes([report.consultation]) == {}
    put(codes(report)[0], PostState.REMOVED)
    report.state = ReportState.SUPERSEDED
    report.save()
    assert gone_quotes([report.consultation]) == {}
