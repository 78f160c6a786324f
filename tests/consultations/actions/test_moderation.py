"""Moderation: every decision has a reason and a notice, and one objection decided by somebody else."""

import pytest

from answerable.consultations.actions import decide_appeal, file_appeal, moderate, write_reply
from answerable.consultations.models import ModerationAct
from answerable.consultations.queries import moderation_log, monthly_figures, open_appeals, queue_figures
from answerable.consultations.states import AppealOutcome, PostState
from answerable.foundation.verdicts import NotAllowed, Unacceptable
from answerable.notices import wording
from answerable.notices.models import Notice
from answerable.people.states import RoleName
from tests.factories.consultations import NOW, ContributionFactory, ReplyFactory
from tests.factories.people import PersonFactory

pytestmark = [pytest.mark.django_db, pytest.mark.engines]


@pytest.fixture
def contribution(session):
    return ContributionFactory(session=session)


def hide(target, moderator, *, move="remove", reason="advertising", note=""):
    return moderate(target, moderator=moderator, move=move, reason_code=reason, at=NOW, note=note)


def count_of(session):
    session.refresh_from_db()
    return session.contribution_count


def test_remove_hides_uncounts_and_tells_the_author_why(session, contribution, moderator):
    act = hide(contribution, moderator, note="Please leave out the price list.")
    assert (contribution.state, count_of(session)) == (PostState.REMOVED, 0)
    [notice] = Notice.objects.filter(person=contribution.author)
    assert (notice.about, notice.address) == (act.public_id, f"/c/{contribution.receipt_code}/")
    said = wording.body_of(notice.kind, notice.facts, "en")
    assert "Reason: Advertising." in said
    assert "Please leave out the price list." in said
    assert "object" in said
    assert "removed" in wording.subject_of(notice.kind, notice.facts, "en")


def test_approve_shows_and_counts(session, moderator):
    waiting = ContributionFactory(session=session, state=PostState.WAITING)
    assert queue_figures(session.consultation).contributions == 1
    moderate(waiting, moderator=moderator, move="approve", reason_code="fine", at=NOW)
    assert (waiting.state, waiting.published_at, count_of(session)) == (PostState.PUBLIC, NOW, 1)
    assert queue_figures(session.consultation).contributions == 0


def test_restore_counts_again_and_keeps_the_time_of_publication(session, contribution, moderator):
    published_at = contribution.published_at
    hide(contribution, moderator)
    moderate(contribution, moderator=moderator, move="restore", reason_code="mistake", at=NOW)
    assert (contribution.state, contribution.published_at, count_of(session)) == (PostState.PUBLIC, published_at, 1)


def test_remove_a_reply_uncounts_it(contribution, moderator):
    reply = ReplyFactory(contribution=contribution)
    hide(reply, moderator, reason="personal_attack")
    contribution.refresh_from_db()
    assert (reply.state, contribution.reply_count) == (PostState.REMOVED, 0)


@pytest.mark.parametrize(
    ("move", "reason", "field"),
    [("approve", "fine", "move"), ("remove", "fine", "reason_code"), ("hide", "advertising", "move")],
)
def test_moderate_with_what_does_not_fit_changes_nothing(contribution, moderator, move, reason, field):
    with pytest.raises(Unacceptable) as refused:
        hide(contribution, moderator, move=move, reason=reason)
    assert field in refused.value.problems
    contribution.refresh_from_db()
    assert contribution.state == PostState.PUBLIC
    assert not ModerationAct.objects.exists()


def test_moderate_ones_own_text_or_without_the_role_is_refused(session, contribution, moderator):
    own = ContributionFactory(session=session, author=moderator)
    for target, person, code in ((own, moderator, "own_text"), (contribution, PersonFactory(), "not_moderator")):
        with pytest.raises(NotAllowed) as refused:
            hide(target, person)
        assert refused.value.denied.code == code


def test_appeal_is_filed_once_by_the_author(session, contribution, moderator):
    act = hide(contribution, moderator)
    with pytest.raises(NotAllowed):
        file_appeal(act, by=PersonFactory(), text="It is not advertising.", at=NOW)
    appeal = file_appeal(act, by=contribution.author, text="It is not advertising.", at=NOW)
    assert open_appeals(session.consultation) == [appeal]
    with pytest.raises(NotAllowed) as refused:
        file_appeal(act, by=contribution.author, text="Again.", at=NOW)
    assert refused.value.denied.code == "already_filed"


def test_appeal_is_decided_by_another_person(session, contribution, moderator, with_role):
    appeal = file_appeal(hide(contribution, moderator), by=contribution.author, text="No.", at=NOW)
    decision = {"outcome": AppealOutcome.OVERTURNED, "answer": "You are right.", "at": NOW}
    with pytest.raises(NotAllowed) as refused:
        decide_appeal(appeal, by=moderator, **decision)
    assert refused.value.denied.code == "same_person"
    decide_appeal(appeal, by=with_role(RoleName.MODERATOR), **decision)
    contribution.refresh_from_db()
    assert (contribution.state, appeal.outcome, count_of(session)) == (PostState.PUBLIC, AppealOutcome.OVERTURNED, 1)
    notice = Notice.objects.filter(person=contribution.author).latest("pk")
    assert "You are right." in wording.body_of(notice.kind, notice.facts, "en")
    with pytest.raises(NotAllowed) as refused:
        decide_appeal(appeal, by=with_role(RoleName.MODERATOR), **decision)
    assert refused.value.denied.code == "already_decided"


def test_appeal_upheld_leaves_the_text_removed(contribution, moderator, convener):
    appeal = file_appeal(hide(contribution, moderator), by=contribution.author, text="No.", at=NOW)
    decide_appeal(appeal, by=convener, outcome=AppealOutcome.UPHELD, answer="It names a shop.", at=NOW)
    contribution.refresh_from_db()
    assert contribution.state == PostState.REMOVED


def test_log_and_monthly_figures_show_acts_without_hiding_reversals(session, contribution, moderator, convener):
    act = hide(contribution, moderator)
    appeal = file_appeal(act, by=contribution.author, text="No.", at=NOW)
    decide_appeal(appeal, by=convener, outcome=AppealOutcome.OVERTURNED, answer="Yes.", at=NOW)
    assert [row.move for row in moderation_log(session.consultation).items] == ["restore", "remove"]
    figures = [(row.move, row.reason_code, row.count, row.appealed, row.overturned)
               for row in monthly_figures(session.consultation)]  # fmt: skip
    assert figures == [("remove", "advertising", 1, 1, 1), ("restore", "mistake", 1, 0, 0)]


def test_reply_where_moderators_read_first_tells_nobody_yet(session, contribution):
    session.consultation.moderation_policy = "pre"
    session.consultation.save()
    contribution.refresh_from_db()
    reply = write_reply(contribution=contribution, author=PersonFactory(), text="So?", idempotency_key="", at=NOW)
    assert (reply.state, Notice.objects.count()) == (PostState.WAITING, 0)
