"""Reads across all consultations."""

import pytest

from answerable.consultations.models import Draft
from answerable.consultations.queries.drafts import drafts_of
from answerable.consultations.queries.everywhere import (
    consultations_matching,
    consultations_on_goal,
    contributions_matching,
    heard_everywhere,
)
from answerable.consultations.states import ConsultationState, PostState
from tests.factories.consultations import (
    NOW,
    ConsultationFactory,
    ConsultationSessionFactory,
    ConsultationTextFactory,
    ContributionFactory,
    SessionTextFactory,
)

pytestmark = pytest.mark.django_db


def test_heard_counts_what_is_public_in_what_is_published():
    ContributionFactory(language="fr")
    ContributionFactory(state=PostState.HELD)
    ContributionFactory(session__consultation__state=ConsultationState.DRAFT)
    heard = heard_everywhere()
    assert (heard.contributions, heard.contributors, heard.languages) == (1, 1, 1)


def test_contributions_are_found_everywhere_but_in_drafts():
    found = [ContributionFactory(text="The ferry was late."), ContributionFactory(text="Ferries are late.")]
    ContributionFactory(text="A late ferry.", session__consultation__state=ConsultationState.DRAFT)
    ContributionFactory(text="A late ferry.", state=PostState.REMOVED)
    first = contributions_matching("late ferry", languages=["en"], limit=1)
    second = contributions_matching("late ferry", languages=["en"], limit=1, cursor=first.next_cursor)
    assert [*first.items, *second.items] == found[::-1]
    assert contributions_matching("…", languages=["en"]).items == []


def test_consultations_are_found_by_their_own_words_and_those_of_sessions():
    own = ConsultationTextFactory(title="Ferries for all").consultation
    of_session = SessionTextFactory(background="When the ferry stops.").session.consultation
    ConsultationTextFactory(title="Ferries", consultation__state=ConsultationState.DRAFT)
    found = {each.consultation for each in consultations_matching("ferr", language="en", at=NOW)}
    assert found == {own, of_session}
    assert consultations_matching("", language="en", at=NOW) == []


def test_consultations_on_a_goal_are_the_published_ones():
    shown, hidden = ConsultationFactory(), ConsultationFactory(state=ConsultationState.DRAFT)
    for row in (shown, hidden):
        row.goals.set([6])
    assert [each.consultation for each in consultations_on_goal(6, language="en", at=NOW)] == [shown]
    assert consultations_on_goal(7, language="en", at=NOW) == []


def test_drafts_are_their_writers_alone():
    session = ConsultationSessionFactory()
    person = ContributionFactory().author
    draft = Draft.objects.create(person=person, session=session, fields={}, saved_at=NOW)
    Draft.objects.create(person=ContributionFactory().author, session=session, fields={}, saved_at=NOW)
    assert drafts_of(person) == [draft]
