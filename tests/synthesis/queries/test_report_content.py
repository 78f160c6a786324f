"""What a report shows, and that it costs the same at any size."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from answerable.documents.structure import Bars, Heading, Link, Quote, Table, Text
from answerable.people.actions import give_consent, withdraw_consent
from answerable.people.states import ConsentKind
from answerable.synthesis.models import OutcomeReport
from answerable.synthesis.queries import findings_of, publishing_problems, report_content, report_document
from answerable.synthesis.queries.report_findings import finding_blocks
from tests.factories.consultations import (
    NOW,
    ConsultationSessionFactory,
    ContributionFactory,
    GuidingQuestionFactory,
    QuestionTextFactory,
    SessionTextFactory,
)
from tests.factories.people import OrganisationFactory
from tests.factories.reference import SectorFactory
from tests.factories.synthesis import (
    CitationFactory,
    DispositionFactory,
    FindingFactory,
    OutcomeReportFactory,
    RecommendationFactory,
    ThemeFactory,
)


def one_more(session):
    """One finding with a quote and a merged contribution, one set aside, one recommendation."""
    finding = FindingFactory(session=session, statement="{total} contributions say so.")
    cited = CitationFactory(finding=finding, contribution=ContributionFactory(session=session))
    DispositionFactory(contribution=cited.contribution, kind="cited", finding=finding, reason_code="")
    merged = ContributionFactory(session=session)
    DispositionFactory(contribution=merged, kind="merged", finding=finding, reason_code="")
    DispositionFactory(contribution=ContributionFactory(session=session), reason="It sells filters.")
    RecommendationFactory(consultation=session.consultation).findings.add(finding)
    return finding


@pytest.fixture
def report(consultation):
    return OutcomeReportFactory(consultation=consultation, version=1, minority_views="None.", key_messages="- One.")


def queries_of(call):
    with CaptureQueriesContext(
        connection,
    ) as queries:
        call()
    return len(queries)


def test_content_problems_and_findings_cost_the_same_at_one_and_at_three(report, session, consultation):
    one_more(session)
    calls = (
        lambda: report_content(report, at=NOW),
        lambda: publishing_problems(report),
        lambda: findings_of(consultation),
    )
    at_one = [queries_of(call) for call in calls]
    for _n in range(2):
        one_more(session)
    assert [queries_of(call) for call in calls] == at_one


def test_content_takes_nine_queries_whatever_sessions_findings_and_contributions_there_are(
    report, session, consultation, django_assert_max_num_queries
):
    for _n in range(3):
        other = ConsultationSessionFactory(consultation=consultation)
        for language in ("en", "fr"):
            SessionTextFactory(session=other, language=language)
            QuestionTextFactory(question=GuidingQuestionFactory(session=other), language=language)
        finding = one_more(other)
        finding.themes.add(*(ThemeFactory(session=other) for _theme in range(2)))
        RecommendationFactory(consultation=consultation).findings.add(finding, one_more(session))
    fresh = OutcomeReport.objects.select_related("consultation").get()
    with django_assert_max_num_queries(9):
        content = report_content(fresh, at=NOW)
    assert [len(one["questions"]) for one in content["sessions"]] == [1, 2, 2, 2]
    assert [len(one["findings"]) for one in content["sessions"]] == [3, 1, 1, 1]
    assert [len(one["findings"][0]["themes"]) for one in content["sessions"]] == [0, 2, 2, 2]
    assert sum(len(one["findings"]) for one in content["recommendations"]) == 3 * 2 + 6


def test_content_names_a_session_in_the_report_language_or_the_default_one(report, session, consultation):
    SessionTextFactory(session=session, language="fr", title="Qui répond à qui")
    bare = ConsultationSessionFactory(consultation=consultation)
    for language in ("fr", "de"):
        report.language = language
        titles = [one["title"] for one in report_content(report, at=NOW)["sessions"]]
        assert titles == [{"fr": "Qui répond à qui"}.get(language, "Accountability to those concerned"), ""]
    assert report_content(report, at=NOW)["sessions"][1] == {
        "number": bare.number,
        "title": "",
        "questions": [],
        "findings": [],
    }


def test_content_of_the_same_moment_is_the_same(report, session):
    one_more(session)
    assert report_content(report, at=NOW) == report_content(report, at=NOW)


def test_document_holds_every_part_in_order(report, session):
    finding = one_more(session)

    document = report_document(report_content(report, at=NOW))

    sections = [block.anchor for block in document.blocks if isinstance(block, Heading) and block.level == 1]
    assert sections == [
        "key_messages", "who", "findings", "convergences", "minority_views", "recommendations", "coverage", "method", "annex",
    ]  # fmt: skip
    anchors = [block.anchor for block in document.blocks if isinstance(block, Heading) and block.level == 3]
    assert anchors == [f"f-{finding.public_id}"]
    assert [len(block.rows) for block in document.blocks if isinstance(block, Bars)] == [3]


def test_document_gives_every_contribution_one_row_of_the_annex(report, session):
    one_more(session)
    content = report_content(report, at=NOW)

    annex = [block for block in report_document(content).blocks if isinstance(block, Table)][-1]

    assert [row[0] for row in annex.rows] == sorted(content["answers"])
    assert sorted(row[1] for row in annex.rows) == [
        "Cited in finding 1.1",
        "Merged into finding 1.1",
        "Set aside: It does not speak to the guiding questions. It sells filters.",
    ]


def test_document_marks_the_language_of_a_quote_and_leads_to_its_receipt(report, session):
    said = ContributionFactory(session=session, text="Le compteur ment.", language="fr")
    CitationFactory(finding=FindingFactory(session=session), contribution=said)

    [quote] = [b for b in report_document(report_content(report, at=NOW)).blocks if isinstance(b, Quote)]

    assert (quote.text, quote.language) == ("Le compteur ment.", "fr")
    assert quote.footnote.content[0].href.endswith(f"/c/{said.receipt_code}/")


@pytest.mark.parametrize(
    ("fields", "named"),
    [
        ({}, "Person"),
        ({"is_name_hidden": True}, ""),
        ({"author": None, "attributed_name": "Reader of the file"}, "Reader of the file"),
    ],
)
def test_quote_names_whoever_agreed_to_be_named(report, session, fields, named):
    CitationFactory(
        finding=FindingFactory(session=session), contribution=ContributionFactory(session=session, **fields)
    )
    [citation] = report_content(report, at=NOW)["sessions"][0]["findings"][0]["citations"]
    assert citation["name"].startswith(named)
    assert bool(citation["name"]) == bool(named)


def test_quote_of_somebody_who_took_back_being_named_has_no_name(report, session):
    said = ContributionFactory(session=session)
    CitationFactory(finding=FindingFactory(session=session), contribution=said)
    give_consent(said.author, ConsentKind.NAME, at=NOW)
    withdraw_consent(said.author, ConsentKind.NAME, at=NOW)

    [citation] = report_content(report, at=NOW)["sessions"][0]["findings"][0]["citations"]

    assert citation["name"] == ""


def test_participation_counts_each_axis_with_what_was_not_stated(report, session):
    sector, organisation = SectorFactory(key="private"), OrganisationFactory()
    author = ContributionFactory(session=session, sector=sector).author
    ContributionFactory(session=session, author=author, capacity="organisation", organisation=organisation)

    who = report_content(report, at=NOW)["participation"]

    assert (who["contribution_count"], who["participant_count"], who["organisation_count"]) == (2, 1, 1)
    axis = next(table for table in who["tables"] if table["axis"] == "sector")
    assert (axis["unstated"], [(row["count"], row["share"]) for row in axis["rows"]]) == (1, [(1, None)])


def test_document_links_the_first_merged_and_leaves_the_rest_to_the_annex(report, session):
    finding = FindingFactory(session=session)
    for _n in range(52):
        DispositionFactory(
            contribution=ContributionFactory(session=session), kind="merged", finding=finding, reason_code=""
        )
    content = report_content(report, at=NOW)

    merged = finding_blocks(content["sessions"][0]["findings"][0], content)[-1]

    assert sum(isinstance(piece, Link) for piece in merged.content) == 50
    assert merged.content[-1] == Text(" 2 more are in the annex.")
    assert len(content["answers"]) == 52
