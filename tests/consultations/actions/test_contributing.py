"""Contributions: received once, to the second, for whom one may speak; revised and withdrawn without losing anything."""

from datetime import date, timedelta

import pytest

from answerable.consultations import log_types
from answerable.consultations.actions import (
    CaseDraft,
    revise_contribution,
    save_draft,
    submit_contribution,
    withdraw_contribution,
)
from answerable.consultations.models import Contribution, Draft
from answerable.consultations.queries import ContributionFilters, contribution_page_of
from answerable.consultations.states import ModerationPolicy, ParticipationPolicy, PostState
from answerable.foundation.hashing import text_digest
from answerable.foundation.verdicts import NotAllowed, Unacceptable
from answerable.ledger.models import Entry
from answerable.ledger.queries import facts_of
from tests.factories.consultations import CLOSES, NOW, OPENS, ContributionDraftFactory, ContributionFactory
from tests.factories.people import DelegationFactory, OrganisationFactory, PersonFactory

pytestmark = [pytest.mark.django_db, pytest.mark.engines]


def submit(session, author=None, *, key="key-1", at=NOW, **fields):
    draft = ContributionDraftFactory(**fields)
    return submit_contribution(
        session=session, author=author or PersonFactory(), draft=draft, idempotency_key=key, at=at
    )


def count_of(session):
    session.refresh_from_db()
    return session.contribution_count


def test_submit_keeps_text_revision_count_and_entry(session):
    author = PersonFactory()
    contribution = submit(session, author, text="**Ask first.**\r\n\r\nThen build.", questions=(1, 2))
    contribution.refresh_from_db()
    assert contribution.text == "**Ask first.**\n\nThen build."
    assert contribution.html == "<p><strong>Ask first.</strong></p>\n<p>Then build.</p>\n"
    assert contribution.state == PostState.PUBLIC
    assert contribution.published_at == NOW
    assert [question.number for question in contribution.questions.all()] == [1, 2]
    assert [(row.number, row.text) for row in contribution.revisions.all()] == [(1, contribution.text)]
    assert count_of(session) == 1
    [entry] = facts_of("contribution", [contribution.receipt_code])[contribution.receipt_code]
    assert entry.kind == log_types.CONTRIBUTION_RECEIVED
    assert entry.facts == {
        "actor": author.public_id,
        "consultation": session.consultation.public_id,
        "session": 1,
        "revision": 1,
        "kind": "view",
        "language": "en",
        "organisation": None,
        "channel": "web",
        "state": "public",
        "text_digest": text_digest("**Ask first.**\n\nThen build."),
    }


def test_submit_twice_with_one_key_counts_once(session):
    author = PersonFactory()
    first = submit(session, author, text="Once is enough.")
    again = submit(session, author, text="Once is enough.\r\n")
    assert again == first
    assert Contribution.objects.count() == 1
    assert count_of(session) == 1
    assert Entry.objects.filter(kind=log_types.CONTRIBUTION_RECEIVED).count() == 1


def test_submit_again_after_closing_returns_what_was_kept(session):
    author = PersonFactory()
    first = submit(session, author, text="Just in time.", at=CLOSES - timedelta(microseconds=1))
    assert submit(session, author, text="Just in time.", at=CLOSES + timedelta(seconds=5)) == first


def test_submit_another_text_with_the_same_key_is_refused(session):
    author = PersonFactory()
    submit(session, author, text="One thing.")
    with pytest.raises(Unacceptable) as refused:
        submit(session, author, text="Another thing.")
    assert list(refused.value.problems) == ["key"]
    assert Contribution.objects.count() == 1


def test_submit_with_the_same_key_by_somebody_else_is_their_own(session):
    submit(session, text="One thing.")
    submit(session, text="One thing.")
    assert count_of(session) == 2


def test_submit_at_the_closing_second_is_too_late(session):
    with pytest.raises(NotAllowed) as refused:
        submit(session, at=CLOSES)
    assert refused.value.denied.code == "closed"
    assert submit(session, at=CLOSES - timedelta(microseconds=1)).state == PostState.PUBLIC


def test_submit_before_the_opening_second_is_too_early(session):
    with pytest.raises(NotAllowed) as refused:
        submit(session, at=OPENS - timedelta(microseconds=1))
    assert refused.value.denied.code == "not_open"
    assert submit(session, at=OPENS).state == PostState.PUBLIC


def test_submit_follows_the_sessions_own_times(session):
    session.closes_at = NOW
    session.save()
    with pytest.raises(NotAllowed) as refused:
        submit(session, at=NOW)
    assert refused.value.denied.code == "closed"


def test_submit_names_every_wrong_field(session):
    with pytest.raises(Unacceptable) as refused:
        submit(session, text=" \n ", kind="rant", questions=(1, 9), country="ZZZ", language="qqq", sector="mafia")
    assert set(refused.value.problems) == {"text", "kind", "questions", "country", "language", "sector"}
    assert not Contribution.objects.exists()
    assert not Entry.objects.exists()


@pytest.mark.parametrize(("length", "is_taken"), [(20_000, True), (20_001, False)])
def test_submit_takes_twenty_thousand_characters(session, length, is_taken):
    text = "a" * length
    if is_taken:
        assert submit(session, text=text).text == text
    else:
        with pytest.raises(Unacceptable, match="shorten it by 1"):
            submit(session, text=text)


def test_submit_for_an_organisation_needs_to_be_its_delegate_today(session):
    organisation, author = OrganisationFactory(sector_id="public", country_id="THA"), PersonFactory()
    DelegationFactory(organisation=organisation, person=author, to_on=date(2026, 10, 31))
    fields = {"capacity": "organisation", "organisation": organisation.public_id}
    with pytest.raises(Unacceptable) as refused:
        submit(session, author, **fields)
    assert list(refused.value.problems) == ["organisation"]
    DelegationFactory(organisation=organisation, person=author, from_on=date(2026, 11, 1))
    contribution = submit(session, author, **fields)
    assert (contribution.organisation, contribution.sector_id, contribution.country_id) == (
        organisation,
        "public",
        "THA",
    )


def test_submit_where_only_verified_organisations_take_part(session):
    session.consultation.participation_policy = ParticipationPolicy.VERIFIED
    session.consultation.save()
    author = PersonFactory()
    delegation = DelegationFactory(person=author)
    with pytest.raises(NotAllowed) as refused:
        submit(session, author)
    assert refused.value.denied.code == "not_verified"
    delegation.organisation.verified_on = date(2026, 1, 1)
    delegation.organisation.save()
    assert submit(session, author).author == author


def test_submit_where_moderators_read_first_waits_uncounted(session):
    session.consultation.moderation_policy = ModerationPolicy.PRE
    session.consultation.save()
    contribution = submit(session)
    assert (contribution.state, contribution.published_at) == (PostState.WAITING, None)
    assert count_of(session) == 0
    assert contribution_page_of(session).items == []


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Les réunions se tenaient au marché, là où les gens vont de toute façon.", "fr"),
        ("伙伴关系需要社区代表参加，否则没有人知道钱花到哪里去了。", "zh"),
        ("Комитет собирался трижды, прежде чем кто-то спросил, кто заплатит.", "ru"),
        ("Yes!", "en"),
    ],
)
def test_submit_detects_the_language(session, text, language):
    contribution = submit(session, text=text, language="")
    assert (contribution.language, contribution.is_language_stated) == (language, False)


def test_submit_an_example_keeps_its_case(session):
    case = CaseDraft(place="Nan", actors="Water users", result="Wells mapped", targets=("6.1", "17.17"))
    contribution = submit(session, kind="example", case=case)
    assert contribution.case.place == "Nan"
    assert set(contribution.case.targets.values_list("code", flat=True)) == {"6.1", "17.17"}


def test_submit_an_example_with_a_wrong_case_says_so(session):
    case = CaseDraft(evidence_address="javascript:alert(1)", targets=("99.9",))
    with pytest.raises(Unacceptable) as refused:
        submit(session, kind="example", case=case)
    assert set(refused.value.problems) == {"evidence_address", "targets"}


def test_submit_ends_the_draft(session):
    author = PersonFactory()
    save_draft(author, session, fields={"text": "Half a"}, at=NOW)
    save_draft(author, session, fields={"text": "Half a thought"}, at=NOW)
    assert Draft.objects.get().fields == {"text": "Half a thought"}
    submit(session, author)
    assert not Draft.objects.exists()


def test_revise_keeps_what_was_said_before(session):
    author = PersonFactory()
    contribution = submit(session, author, text="Three villages agreed.")
    draft = ContributionDraftFactory(text="Four villages agreed.", kind="challenge", questions=(2,))
    revise_contribution(contribution, by=author, draft=draft, at=NOW)
    assert [row.text for row in contribution.revisions.all()] == ["Three villages agreed.", "Four villages agreed."]
    assert (contribution.text, contribution.kind, contribution.revision_count) == (
        "Four villages agreed.",
        "challenge",
        2,
    )
    assert [question.number for question in contribution.questions.all()] == [2]
    found = contribution_page_of(session, filters=ContributionFilters(search="four")).items
    assert [item.contribution for item in found] == [contribution]
    assert not contribution_page_of(session, filters=ContributionFilters(search="three")).items


def test_revise_with_nothing_different_changes_nothing(session):
    author = PersonFactory()
    case = CaseDraft(place="Nan")
    contribution = submit(session, author, text="The same.", kind="example", case=case)
    before = Entry.objects.count()
    draft = ContributionDraftFactory(text="The same. ", kind="example", case=case)
    revise_contribution(contribution, by=author, draft=draft, at=NOW)
    assert contribution.revision_count == 1
    assert Entry.objects.count() == before


def test_revise_where_moderators_read_first_waits_again(session):
    author = PersonFactory()
    contribution = submit(session, author)
    session.consultation.moderation_policy = ModerationPolicy.PRE
    session.consultation.save()
    revise_contribution(contribution, by=author, draft=ContributionDraftFactory(text="Another."), at=NOW)
    assert contribution.state == PostState.WAITING
    assert count_of(session) == 0


def test_revise_by_somebody_else_or_after_closing_is_refused(session):
    contribution = submit(session)
    draft = ContributionDraftFactory()
    for person, at, code in ((PersonFactory(), NOW, "not_author"), (contribution.author, CLOSES, "closed")):
        with pytest.raises(NotAllowed) as refused:
            revise_contribution(contribution, by=person, draft=draft, at=at)
        assert refused.value.denied.code == code
    assert contribution.revisions.count() == 1


def test_withdraw_hides_and_uncounts_at_any_time(session):
    author = PersonFactory()
    contribution = submit(session, author, text="I take this back.")
    other = ContributionFactory(session=session)
    withdraw_contribution(contribution, by=author, at=CLOSES + timedelta(days=300))
    assert contribution.state == PostState.WITHDRAWN
    assert count_of(session) == 1
    assert [item.contribution for item in contribution_page_of(session).items] == [other]
    with pytest.raises(NotAllowed) as refused:
        withdraw_contribution(contribution, by=author, at=NOW)
    assert refused.value.denied.code == "already_withdrawn"
