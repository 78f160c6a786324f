"""Replies and their counts against the record."""

from collections.abc import Iterator, Sequence
from itertools import chain

from django.db.models import Count, F, Q

from answerable.consultations import log_types
from answerable.consultations.models import Contribution, Reply
from answerable.consultations.queries.record_checks.circumstances import (
    actor_problems,
    moment_problems,
    publication_problems,
    shown_problems,
)
from answerable.consultations.queries.record_checks.walking import chunks_of, differing, entries_without_act
from answerable.consultations.states import PostState
from answerable.foundation.hashing import text_digest
from answerable.ledger.checks import Problem
from answerable.ledger.queries import EntryFacts, facts_of


def check_replies() -> Iterator[Problem]:
    """Compare every reply with its entries, every entry of a reply with the table, and the numbers shown."""
    for chunk in chunks_of(Reply.objects.select_related("contribution", "author")):
        recorded = facts_of("reply", [row.receipt_code for row in chunk])
        for row in chunk:
            yield from _problems(row, recorded[row.receipt_code])
    yield from chain.from_iterable(
        entries_without_act(kind, subject="reply", found=_existing)
        for kind in (log_types.REPLY_RECEIVED, log_types.REPLY_WITHDRAWN)
    )
    public = Count("replies", filter=Q(replies__state=PostState.PUBLIC))
    wrong = Contribution.objects.annotate(public=public).exclude(reply_count=F("public"))
    for code in wrong.order_by("pk").values_list("receipt_code", flat=True):
        message = f"The number of replies shown with {code} is not right."
        yield Problem("altered-act", code, message, field="reply_count")


def _existing(entries: Sequence[EntryFacts]) -> set[str]:
    codes = {entry.subject_id for entry in entries}
    return set(Reply.objects.filter(receipt_code__in=codes).values_list("receipt_code", flat=True))


def _problems(row: Reply, entries: Sequence[EntryFacts]) -> Iterator[Problem]:
    received = [entry for entry in entries if entry.kind == log_types.REPLY_RECEIVED]
    if len(received) != 1:
        message = f"Reply {row.receipt_code} has {len(received)} entries of its arrival instead of one."
        yield Problem("missing-entry", row.receipt_code, message)
        return
    subject = f"reply {row.receipt_code}"
    if "text_digest" in received[0].erased:
        if row.text:
            message = f"The words of {subject} are there although the record says that they were erased."
            yield Problem("altered-act", row.receipt_code, message, index=received[0].index, field="text")
    else:
        yield from differing(received[0], field="text_digest", live=text_digest(row.text), subject=subject)
    yield from shown_problems(row.text, html=row.html, code=row.receipt_code, subject=subject)
    yield from actor_problems(received[0], who=row.author, subject=subject)
    yield from moment_problems(received[0], field="submitted_at", live=row.submitted_at, subject=subject)
    yield from publication_problems(entries, live=row.published_at, subject=row.receipt_code)
    yield from differing(received[0], field="language", live=row.language, subject=subject)
    yield from differing(received[0], field="contribution", live=row.contribution.receipt_code, subject=subject)
    saying = [entry for entry in entries if "state" in entry.facts]
    yield from differing(saying[-1], field="state", live=row.state, subject=subject)
