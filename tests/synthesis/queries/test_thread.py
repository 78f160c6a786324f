"""The way of a contribution, and where it ended."""

import pytest

from answerable.consultations.models import ContributionRevision
from answerable.consultations.states import PostState
from answerable.synthesis.actions import (
    FindingDraft,
    add_citation,
    change_finding,
    change_report_text,
    draft_report,
    merge_into_finding,
    publish_report,
    set_aside,
    write_finding,
)
from answerable.synthesis.queries import answer_to, contributions_of_finding, thread_of, where_cited
from answerable.synthesis.states import ThreadEvent
from tests.factories.consultations import NOW, ContributionFactory
from tests.factories.synthesis import CodingFactory

DRAFT = FindingDraft("common_ground", "Figures at the well", "{total} contributions say so.")


@pytest.fixture
def finding(session, contributions, rapporteur):
    row = write_finding(session, draft=DRAFT, by=rapporteur, at=NOW)
    add_citation(row, contribution=contributions[0], words="Our well was brown.", by=rapporteur, at=NOW)
    merge_into_finding([contributions[1]], finding=row, by=rapporteur, at=NOW)
    set_aside([contributions[2]], reason_code="other", reason="It sells something.", by=rapporteur, at=NOW)
    return row


@pytest.fixture
def report(consultation, finding, rapporteur):
    row = draft_report(consultation, by=rapporteur, at=NOW)
    change_report_text(row, texts={"minority_views": "None."}, by=rapporteur, at=NOW)
    return publish_report(row, by=rapporteur, at=NOW)


def events(contribution):
    return [step.event for step in thread_of(contribution)]


def test_thread_before_publishing_does_not_show_what_the_desk_decided(contributions, finding):
    assert events(contributions[0]) == [ThreadEvent.SUBMITTED, ThreadEvent.PUBLISHED]
    assert answer_to(contributions[0]) is None


def test_thread_of_a_cited_contribution_leads_to_the_paragraph(contributions, finding, report):
    CodingFactory(contribution=contributions[0], theme__label="Wells")

    steps = thread_of(contributions[0])

    assert [step.event for step in steps] == [
        ThreadEvent.SUBMITTED,
        ThreadEvent.PUBLISHED,
        ThreadEvent.GROUPED,
        ThreadEvent.CITED,
        ThreadEvent.REPORTED,
    ]
    assert steps[2].title == "Wells"
    assert steps[3].title == "1.1 Figures at the well"
    assert steps[3].address == f"/consultations/partnerships/outcome/#f-{finding.public_id}"
    assert steps[4].address == "/consultations/partnerships/outcome/"


def test_thread_of_a_merged_and_of_a_set_aside_contribution_says_so(contributions, report):
    assert events(contributions[1])[2:] == [ThreadEvent.MERGED, ThreadEvent.REPORTED]
    aside = thread_of(contributions[2])[2]
    assert (aside.event, aside.text) == (ThreadEvent.SET_ASIDE, "It sells something.")


def test_answer_says_what_was_published_whatever_changed_since(contributions, finding, report, rapporteur):
    change_finding(finding, draft=FindingDraft("example", "Renamed", "Changed."), by=rapporteur, at=NOW)
    assert [place.title for place in where_cited(contributions[0])] == ["Figures at the well"]


def test_answer_to_a_contribution_that_came_later_is_none(session, report):
    assert answer_to(ContributionFactory(session=session)) is None


def test_thread_costs_the_same_however_much_happened(session, contributions, report, django_assert_num_queries):
    said = type(contributions[0]).objects.select_related("session").get(pk=contributions[0].pk)
    for _n in range(3):
        CodingFactory(contribution=said, theme__session=session)
    with django_assert_num_queries(3):
        assert len(thread_of(said)) == 7


def test_thread_of_a_revised_contribution_costs_one_query_more(contributions, report, django_assert_num_queries):
    said = type(contributions[0]).objects.select_related("session").get(pk=contributions[0].pk)
    said.revision_count = 3
    for number in (2, 3):
        ContributionRevision.objects.create(
            contribution=said,
            number=number,
            text="",
            html="",
            text_digest="",
            kind=said.kind,
            language="en",
            made_at=NOW,
        )
    with django_assert_num_queries(4):
        assert [step.title for step in thread_of(said) if step.event == ThreadEvent.REVISED] == ["2", "3"]


def test_thread_of_a_withdrawn_contribution_ends_with_that(session):
    said = ContributionFactory(session=session, state=PostState.WITHDRAWN, withdrawn_at=NOW)
    CodingFactory(contribution=said, theme__session=session)
    assert events(said) == [ThreadEvent.SUBMITTED, ThreadEvent.WITHDRAWN]


def test_contributions_of_finding_are_those_cited_and_merged(contributions, finding):
    assert set(contributions_of_finding(finding)) == set(contributions[:2])
