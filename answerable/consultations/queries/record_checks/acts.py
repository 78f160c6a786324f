"""Moderators' acts, objections and weekly summaries against the record."""

from collections.abc import Iterator, Sequence

from answerable.consultations import log_types
from answerable.consultations.models import Appeal, Digest, ModerationAct
from answerable.consultations.queries.record_checks.circumstances import moment_problems, staff_problems
from answerable.consultations.queries.record_checks.walking import CHUNK, chunks_of, differing, entries_without_act
from answerable.consultations.states import AppealOutcome
from answerable.foundation.hashing import text_digest
from answerable.ledger.checks import Problem
from answerable.ledger.queries import EntryFacts, facts_of, iterate_facts

_OF_APPEALS = (log_types.APPEAL_FILED, log_types.APPEAL_DECIDED)


def check_moderation() -> Iterator[Problem]:
    """Compare every moderator's act with its entry, and every such entry with the table."""
    for chunk in chunks_of(ModerationAct.objects.select_related("contribution", "reply", "moderator")):
        by_act = _entries_by_act(chunk)
        for row in chunk:
            yield from _act_problems(row, by_act.get(row.public_id, []))
    waiting: list[EntryFacts] = []
    for entry in iterate_facts(log_types.MODERATED):
        waiting.append(entry)
        if len(waiting) == CHUNK:
            yield from _acts_missing(waiting)
            waiting = []
    yield from _acts_missing(waiting)


def check_appeals() -> Iterator[Problem]:
    """Compare every objection and its end with their entries, and every such entry with the table."""
    for chunk in chunks_of(Appeal.objects.select_related("act", "filed_by", "decided_by")):
        recorded = facts_of("moderation_act", [row.act.public_id for row in chunk])
        for row in chunk:
            yield from _appeal_problems(row, recorded[row.act.public_id])
    for kind in _OF_APPEALS:
        yield from entries_without_act(kind, subject="objection", found=_objected)


def check_digests() -> Iterator[Problem]:
    """Compare every weekly summary with the last entry of its publication, and every such entry with the table."""
    for chunk in chunks_of(Digest.objects.select_related("moderator")):
        recorded = facts_of("digest", [row.public_id for row in chunk])
        for row in chunk:
            entries = recorded[row.public_id]
            if not entries:
                yield Problem("missing-entry", row.public_id, f"Summary {row.public_id} has no entry.")
                continue
            digest = text_digest(f"{row.title}\n\n{row.text}")
            subject = f"summary {row.public_id}"
            yield from differing(entries[-1], field="text_digest", live=digest, subject=subject)
            yield from staff_problems(entries[-1], who=row.moderator, subject=subject)
            yield from moment_problems(entries[-1], field="published_at", live=row.published_at, subject=subject)
    yield from entries_without_act(log_types.DIGEST_PUBLISHED, subject="summary", found=_digests)


def _entries_by_act(chunk: Sequence[ModerationAct]) -> dict[str, list[EntryFacts]]:
    """Return the entries of some acts by the public id of the act, which is one of their facts."""
    codes: dict[str, set[str]] = {"contribution": set(), "reply": set()}
    for row in chunk:
        codes["reply" if row.reply else "contribution"].add(_code(row))
    found: dict[str, list[EntryFacts]] = {}
    for subject_type, ids in codes.items():
        for entries in facts_of(subject_type, ids).values():
            for entry in entries:
                if entry.kind == log_types.MODERATED:
                    found.setdefault(str(entry.facts.get("act")), []).append(entry)
    return found


def _code(row: ModerationAct) -> str:
    post = row.contribution or row.reply
    return post.receipt_code if post else ""


def _act_problems(row: ModerationAct, entries: Sequence[EntryFacts]) -> Iterator[Problem]:
    if len(entries) != 1:
        message = f"The moderator's act {row.public_id} has {len(entries)} entries instead of one."
        yield Problem("missing-entry", row.public_id, message)
        return
    said = {
        "move": row.move,
        "state_before": row.state_before,
        "state": row.state_after,
        "reason_code": row.reason_code,
        "note_digest": text_digest(row.note_to_author),
    }
    subject = f"the moderator's act {row.public_id}"
    for field, live in said.items():
        yield from differing(entries[0], field=field, live=live, subject=subject)
    yield from staff_problems(entries[0], who=row.moderator, subject=subject)
    yield from moment_problems(entries[0], field="decided_at", live=row.decided_at, subject=subject)


def _acts_missing(entries: Sequence[EntryFacts]) -> Iterator[Problem]:
    acts = {str(entry.facts.get("act")) for entry in entries}
    there = set(ModerationAct.objects.filter(public_id__in=acts).values_list("public_id", flat=True))
    for entry in entries:
        if entry.facts.get("act") not in there:
            message = f"Entry {entry.index} tells of a moderator's act that is not there."
            yield Problem("missing-act", entry.subject_id, message, index=entry.index)


def _appeal_problems(row: Appeal, entries: Sequence[EntryFacts]) -> Iterator[Problem]:
    subject = f"the objection to {row.act.public_id}"
    entries = [entry for entry in entries if entry.kind in _OF_APPEALS]
    kinds = [entry.kind for entry in entries]
    is_decided = row.outcome != AppealOutcome.OPEN
    if kinds != list(_OF_APPEALS[: 2 if is_decided else 1]):
        yield Problem("missing-entry", row.act.public_id, f"The entries of {subject} are not those of its state.")
        return
    for entry, who in zip(entries, (row.filed_by, row.decided_by), strict=False):
        yield from differing(entry, field="text_digest", live=text_digest(row.text), subject=subject)
        yield from staff_problems(entry, who=who, subject=subject)
    if is_decided:
        yield from differing(entries[-1], field="outcome", live=row.outcome, subject=subject)
        yield from differing(entries[-1], field="answer_digest", live=text_digest(row.answer), subject=subject)


def _objected(entries: Sequence[EntryFacts]) -> set[str]:
    ids = {entry.subject_id for entry in entries}
    return set(Appeal.objects.filter(act__public_id__in=ids).values_list("act__public_id", flat=True))


def _digests(entries: Sequence[EntryFacts]) -> set[str]:
    ids = {entry.subject_id for entry in entries}
    return set(Digest.objects.filter(public_id__in=ids).values_list("public_id", flat=True))
