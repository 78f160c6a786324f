"""Moderation: a decision with a published reason, a notice to the author, one objection decided by somebody else."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from answerable.consultations import log_types, rules
from answerable.consultations.actions.entries import actor_ref
from answerable.consultations.actions.posts import change_state, locked_post
from answerable.consultations.models import Appeal, Contribution, ModerationAct, Reply
from answerable.consultations.rules.moderating import consultation_of
from answerable.consultations.states import AppealOutcome, ModerationMove, PostState, ReasonCode
from answerable.consultations.validators import choice_problems, raise_if_any, text_problems
from answerable.foundation.hashing import text_digest
from answerable.foundation.rich_text import tidy_text
from answerable.foundation.verdicts import Unacceptable, require
from answerable.ledger.actions import record
from answerable.notices.actions import send_notice
from answerable.people.models import Person

MODERATED = "consultations.moderated"
APPEAL_DECIDED = "consultations.appeal_decided"
MOST_CHARACTERS_OF_NOTE = 2_000

# Move → the states from which it leads, and where to.
_MOVES: dict[str, tuple[frozenset[str], PostState]] = {
    ModerationMove.APPROVE: (frozenset({PostState.WAITING, PostState.HELD}), PostState.PUBLIC),
    ModerationMove.HOLD: (frozenset({PostState.WAITING, PostState.PUBLIC}), PostState.HELD),
    ModerationMove.REMOVE: (frozenset({PostState.WAITING, PostState.PUBLIC, PostState.HELD}), PostState.REMOVED),
    ModerationMove.RESTORE: (frozenset({PostState.HELD, PostState.REMOVED}), PostState.PUBLIC),
}
_REASONS_TO_SHOW = frozenset({ReasonCode.FINE, ReasonCode.MISTAKE})


def moves_from(state: str) -> list[ModerationMove]:
    """Return what a moderator can do with a text in a state, in a fixed order."""
    return [ModerationMove(move) for move, (origins, _target) in _MOVES.items() if state in origins]


def moderate(
    target: Contribution | Reply, *, moderator: Person, move: str, reason_code: str, at: datetime, note: str = ""
) -> ModerationAct:
    """
    Carry out a moderator's decision over one text and tell its author.

    Raises NotAllowed, and Unacceptable when the move does not fit the state or the reason does not fit the move.
    """
    require(rules.may_moderate_post(moderator, target, at=at))
    note = tidy_text(note)
    problems = {
        "move": choice_problems(move, ModerationMove.values, is_required=True),
        "reason_code": choice_problems(reason_code, ReasonCode.values, is_required=True)
        or _reason_problems(move, reason_code),
        "note": text_problems(note, most=MOST_CHARACTERS_OF_NOTE) if note else [],
    }
    raise_if_any(problems)
    with transaction.atomic():
        act = _carry_out(target, moderator, ModerationMove(move), reason_code=ReasonCode(reason_code), note=note, at=at)
        _tell_author(act, at=at)
    return act


def file_appeal(act: ModerationAct, *, by: Person, text: str, at: datetime) -> Appeal:
    """Keep an author's objection to a decision. Raises NotAllowed, Unacceptable."""
    require(rules.may_appeal(by, act))
    text = tidy_text(text)
    raise_if_any({"text": text_problems(text, most=MOST_CHARACTERS_OF_NOTE)})
    with transaction.atomic():
        appeal = Appeal.objects.create(act=act, text=text, filed_by=by, filed_at=at)
        _record_appeal(log_types.APPEAL_FILED, appeal, by=by, at=at)
    return appeal


def decide_appeal(appeal: Appeal, *, by: Person, outcome: str, answer: str, at: datetime) -> Appeal:
    """
    Decide over an objection and tell its author; when the decision is reversed the text is public again.

    A text that its author has withdrawn in the meantime stays withdrawn. Raises NotAllowed, Unacceptable.
    """
    require(rules.may_decide_appeal(by, appeal, at=at))
    answer = tidy_text(answer)
    raise_if_any(
        {
            "outcome": choice_problems(outcome, [AppealOutcome.UPHELD, AppealOutcome.OVERTURNED], is_required=True),
            "answer": text_problems(answer, most=MOST_CHARACTERS_OF_NOTE),
        }
    )
    with transaction.atomic():
        kept = Appeal.objects.select_for_update().get(pk=appeal.pk)
        require(rules.may_decide_appeal(by, kept, at=at))
        kept.outcome, kept.answer = AppealOutcome(outcome), answer
        kept.decided_by, kept.decided_at = by, at
        kept.save()
        post = kept.act.contribution or kept.act.reply
        if (
            outcome == AppealOutcome.OVERTURNED
            and post is not None
            and post.state in {PostState.HELD, PostState.REMOVED}
        ):
            _carry_out(post, by, ModerationMove.RESTORE, reason_code=ReasonCode.MISTAKE, note="", at=at)
        _record_appeal(log_types.APPEAL_DECIDED, kept, by=by, at=at)
        _tell_appellant(kept, at=at)
    appeal.refresh_from_db()
    return appeal


def _reason_problems(move: str, reason_code: str) -> list[str]:
    """Check that a text is shown for a reason to show it, and hidden for a reason to hide it."""
    is_showing = move in {ModerationMove.APPROVE, ModerationMove.RESTORE}
    if is_showing == (reason_code in _REASONS_TO_SHOW):
        return []
    return [_("This reason does not fit what you are doing.")]


def _carry_out(
    target: Contribution | Reply,
    moderator: Person,
    move: ModerationMove,
    *,
    reason_code: ReasonCode,
    note: str,
    at: datetime,
) -> ModerationAct:
    """Change the state of a text by a moderator's move, and keep and record the act."""
    post: Contribution | Reply = locked_post(target)
    before = PostState(post.state)
    origins, after = _MOVES[move]
    if before not in origins:
        raise Unacceptable(
            {"move": [_("This cannot be done with a text that stands as “%(state)s”.") % {"state": before.label}]}
        )
    change_state(post, after, at=at)
    act = ModerationAct.objects.create(
        consultation=consultation_of(target),
        contribution=post if isinstance(post, Contribution) else None,
        reply=post if isinstance(post, Reply) else None,
        move=move,
        state_before=before,
        state_after=after,
        reason_code=reason_code,
        note_to_author=note,
        moderator=moderator,
        decided_at=at,
    )
    record(
        log_types.MODERATED,
        subject_type="reply" if isinstance(post, Reply) else "contribution",
        subject_id=post.receipt_code,
        actor_ref=actor_ref(moderator),
        facts={
            "act": act.public_id,
            "move": move.value,
            "state_before": before.value,
            "state": after.value,
            "reason_code": reason_code.value,
            "note_digest": text_digest(note),
        },
        at=at,
    )
    target.refresh_from_db()
    return act


def _tell_author(act: ModerationAct, *, at: datetime) -> None:
    """Tell the author of the text what was decided and why; texts from files have none."""
    post = act.contribution or act.reply
    if post is None or post.author is None:
        return
    facts = {
        "code": post.receipt_code,
        "move": act.move,
        "reason": english_label(ReasonCode(act.reason_code)),
        "note": act.note_to_author,
    }
    send_notice(MODERATED, to=post.author, facts=facts, address=_address(post), about=act.public_id, at=at)


def _tell_appellant(appeal: Appeal, *, at: datetime) -> None:
    post = appeal.act.contribution or appeal.act.reply
    if post is None or appeal.filed_by is None:
        return
    facts = {"code": post.receipt_code, "outcome": appeal.outcome, "answer": appeal.answer}
    about = f"appeal:{appeal.act.public_id}"
    send_notice(APPEAL_DECIDED, to=appeal.filed_by, facts=facts, address=_address(post), about=about, at=at)


def _address(post: Contribution | Reply) -> str:
    if isinstance(post, Reply):
        return f"/c/{post.contribution.receipt_code}/#{post.receipt_code}"
    return f"/c/{post.receipt_code}/"


def _record_appeal(kind: str, appeal: Appeal, *, by: Person, at: datetime) -> None:
    record(
        kind,
        subject_type="moderation_act",
        subject_id=appeal.act.public_id,
        actor_ref=actor_ref(by),
        facts={
            "outcome": appeal.outcome,
            "text_digest": text_digest(appeal.text),
            "answer_digest": text_digest(appeal.answer),
        },
        at=at,
    )


def english_label(reason: ReasonCode) -> str:
    """Return the source sentence of a reason, which the notice's template translates for its reader."""
    with override(None, deactivate=False):
        return str(reason.label)
