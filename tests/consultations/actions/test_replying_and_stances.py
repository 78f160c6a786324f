"""Replies and stances, and the counts shown with a contribution."""

import pytest

from answerable.consultations import log_types
from answerable.consultations.actions import take_stance, withdraw_reply, withdraw_stance, write_reply
from answerable.consultations.models import Reply, Stance
from answerable.consultations.states import PostState
from answerable.foundation.verdicts import NotAllowed, Unacceptable
from answerable.ledger.models import Entry
from answerable.notices.models import Notice
from tests.factories.consultations import CLOSES, NOW, ContributionFactory
from tests.factories.people import PersonFactory

pytestmark = [pytest.mark.django_db, pytest.mark.engines]


@pytest.fixture
def contribution(session):
    return ContributionFactory(session=session)


def reply_to(contribution, author=None, *, text="We saw the same.", key="key-1", at=NOW):
    return write_reply(
        contribution=contribution, author=author or PersonFactory(), text=text, idempotency_key=key, at=at
    )


def counts(contribution):
    contribution.refresh_from_db()
    return (contribution.agree_count, contribution.disagree_count, contribution.pass_count, contribution.division)


def test_reply_is_counted_and_its_contributions_author_told(contribution):
    reply = reply_to(contribution)
    contribution.refresh_from_db()
    assert contribution.reply_count == 1
    [notice] = Notice.objects.all()
    assert (notice.person, notice.address) == (
        contribution.author,
        f"/c/{contribution.receipt_code}/#{reply.receipt_code}",
    )


def test_reply_twice_with_one_key_counts_once(contribution):
    author = PersonFactory()
    assert reply_to(contribution, author) == reply_to(contribution, author)
    contribution.refresh_from_db()
    assert (contribution.reply_count, Reply.objects.count(), Notice.objects.count()) == (1, 1, 1)
    with pytest.raises(Unacceptable):
        reply_to(contribution, author, text="Something else.")


def test_reply_to_what_is_not_public_or_after_closing_is_refused(session, contribution):
    held = ContributionFactory(session=session, state=PostState.HELD)
    for target, at, code in ((held, NOW, "not_public"), (contribution, CLOSES, "closed")):
        with pytest.raises(NotAllowed) as refused:
            reply_to(target, at=at)
        assert refused.value.denied.code == code
    assert not Reply.objects.exists()


def test_withdraw_reply_uncounts_it(contribution):
    reply = reply_to(contribution)
    reply_to(contribution)
    withdraw_reply(reply, by=reply.author, at=CLOSES)
    contribution.refresh_from_db()
    assert (reply.state, contribution.reply_count) == (PostState.WITHDRAWN, 1)


def test_stances_are_counted_and_division_is_the_smaller_side(contribution):
    for position in ("agree", "agree", "disagree", "pass"):
        take_stance(contribution, person=PersonFactory(), position=position, at=NOW)
    assert counts(contribution) == (2, 1, 1, 1)


def test_stance_changed_moves_between_the_counts(contribution):
    person = PersonFactory()
    take_stance(contribution, person=person, position="agree", at=NOW)
    take_stance(contribution, person=person, position="disagree", at=NOW)
    take_stance(contribution, person=person, position="disagree", at=NOW)
    assert counts(contribution) == (0, 1, 0, 0)
    assert Stance.objects.count() == 1
    assert Entry.objects.filter(kind=log_types.STANCE_TAKEN).count() == 2


def test_stance_withdrawn_leaves_nothing_behind(contribution):
    person = PersonFactory()
    take_stance(contribution, person=person, position="agree", at=NOW)
    withdraw_stance(contribution, person=person, at=CLOSES)
    withdraw_stance(contribution, person=person, at=CLOSES)
    assert counts(contribution) == (0, 0, 0, 0)
    assert Entry.objects.filter(kind=log_types.STANCE_WITHDRAWN).count() == 1


@pytest.mark.parametrize(("is_own", "at", "code"), [(True, NOW, "own_contribution"), (False, CLOSES, "closed")])
def test_stance_on_ones_own_or_after_closing_is_refused(contribution, is_own, at, code):
    person = contribution.author if is_own else PersonFactory()
    with pytest.raises(NotAllowed) as refused:
        take_stance(contribution, person=person, position="agree", at=at)
    assert refused.value.denied.code == code


def test_stance_unknown_is_unacceptable(contribution):
    with pytest.raises(Unacceptable):
        take_stance(contribution, person=PersonFactory(), position="love", at=NOW)
