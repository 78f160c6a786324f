"""Replies to contributions: written and withdrawn."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from answerable.consultations import log_types, rules
from answerable.consultations.actions.contributing import first_state_of
from answerable.consultations.actions.entries import actor_ref
from answerable.consultations.actions.language_detection import detected_language, known_languages
from answerable.consultations.actions.posts import change_state, count_post, locked_contribution, locked_session
from answerable.consultations.models import Contribution, Reply
from answerable.consultations.states import PostState
from answerable.consultations.validators import (
    MOST_CHARACTERS_OF_REPLY,
    choice_problems,
    raise_if_any,
    text_problems,
)
from answerable.foundation.hashing import text_digest
from answerable.foundation.rich_text import html_of, tidy_text
from answerable.foundation.verdicts import Unacceptable, require
from answerable.ledger.actions import record
from answerable.notices.actions import send_notice
from answerable.people.models import Person

REPLIED = "consultations.replied"


def write_reply(
    *,
    contribution: Contribution,
    author: Person,
    text: str,
    idempotency_key: str,
    at: datetime,
    language: str = "",
    is_name_hidden: bool = False,
) -> Reply:
    """
    Take in one person's reply to a contribution and tell its author.

    Sending twice is safe, as with a contribution. Raises NotAllowed, Unacceptable.
    """
    text = tidy_text(text)
    if (earlier := _earlier(contribution, author, text, key=idempotency_key)) is not None:
        return earlier
    require(rules.may_reply(author, contribution, at=at))
    raise_if_any(
        {
            "text": text_problems(text, most=MOST_CHARACTERS_OF_REPLY),
            "language": choice_problems(language, known_languages()),
        }
    )
    reply = Reply(
        contribution=contribution,
        author=author,
        text=text,
        html=html_of(text),
        text_digest=text_digest(text),
        language=language or detected_language(text, expected=[contribution.language]),
        is_name_hidden=is_name_hidden,
        idempotency_key=idempotency_key,
        state=first_state_of(contribution.session.consultation),
        submitted_at=at,
    )
    try:
        with transaction.atomic():
            kept = locked_contribution(contribution)
            kept.session = locked_session(kept.session_id)
            require(rules.may_reply(author, kept, at=at))
            return _receive(reply, at=at)
    except IntegrityError:
        # The same reply came twice at once: the other one has just been kept under this key.
        if (earlier := _earlier(contribution, author, text, key=idempotency_key)) is None:
            raise
        return earlier


def withdraw_reply(reply: Reply, *, by: Person, at: datetime) -> None:
    """Withdraw a reply: nobody but its author and the moderators reads it any more. Raises NotAllowed."""
    require(rules.may_withdraw(by, reply))
    with transaction.atomic():
        kept = Reply.objects.select_for_update().get(pk=reply.pk)
        change_state(kept, PostState.WITHDRAWN, at=at)
        _record(log_types.REPLY_WITHDRAWN, kept, at=at)
    reply.refresh_from_db()


def _earlier(contribution: Contribution, author: Person, text: str, *, key: str) -> Reply | None:
    if not key or not author.pk:
        return None
    kept = Reply.objects.filter(author=author, idempotency_key=key).first()
    if kept is not None and (kept.contribution_id != contribution.pk or kept.text_digest != text_digest(text)):
        raise Unacceptable(
            {"key": [_("Another text was already sent from this form. Press once more to send this one as well.")]}
        )
    return kept


def _receive(reply: Reply, *, at: datetime) -> Reply:
    """Keep a new reply with its count, its entry and the notice to the contribution's author."""
    if reply.state == PostState.PUBLIC:
        reply.published_at = at
    reply.save(force_insert=True)
    count_post(reply, by=int(reply.state == PostState.PUBLIC))
    _record(log_types.REPLY_RECEIVED, reply, at=at)
    contribution = reply.contribution
    told = contribution.author
    if reply.state == PostState.PUBLIC and told is not None and told.pk != reply.author_id:
        code = contribution.receipt_code
        send_notice(
            REPLIED,
            to=told,
            facts={"code": code},
            address=f"/c/{code}/#{reply.receipt_code}",
            about=reply.receipt_code,
            at=at,
        )
    return reply


def _record(kind: str, reply: Reply, *, at: datetime) -> None:
    record(
        kind,
        subject_type="reply",
        subject_id=reply.receipt_code,
        actor_ref=actor_ref(reply.author),
        facts={
            "contribution": reply.contribution.receipt_code,
            "language": reply.language,
            "state": reply.state,
            "text_digest": reply.text_digest,
        },
        at=at,
    )
