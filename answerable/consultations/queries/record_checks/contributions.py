"""Contributions, their revisions, states, stances and counts against the record."""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import chain

from django.db.models import Count, Q

from answerable.consultations import log_types
from answerable.consultations.models import ConsultationSession, Contribution, ContributionRevision, Stance
from answerable.consultations.queries.facets import facets_of, recounted_facets
from answerable.consultations.queries.record_checks.circumstances import (
    actor_problems,
    moment_problems,
    publication_problems,
    shown_problems,
)
from answerable.consultations.queries.record_checks.walking import chunks_of, differing, entries_without_act
from answerable.consultations.states import Channel, Position, PostState
from answerable.foundation.hashing import text_digest
from answerable.ledger.checks import Problem
from answerable.ledger.queries import EntryFacts, facts_of

# Fewer than elsewhere, because the entries of all stances on these contributions are read with them.
_AT_ONCE = 100
_OF_REVISIONS = (log_types.CONTRIBUTION_RECEIVED, log_types.CONTRIBUTION_REVISED)
_OF_STANCES = (log_types.STANCE_TAKEN, log_types.STANCE_WITHDRAWN)


def check_contributions() -> Iterator[Problem]:
    """Compare every contribution with its entries, and every entry of a contribution with the table."""
    behind = ("author", "facilitator", "organisation", "session__consultation")
    rows = Contribution.objects.select_related(*behind).prefetch_related("revisions")
    for chunk in chunks_of(rows, size=_AT_ONCE):
        recorded = facts_of("contribution", [row.receipt_code for row in chunk])
        stances = _stances(chunk)
        for row in chunk:
            entries = recorded[row.receipt_code]
            of_revisions = [entry for entry in entries if entry.kind in _OF_REVISIONS]
            yield from _revision_problems(row, of_revisions)
            yield from _circumstance_problems(row, entries, of_revisions)
            yield from _state_problems(row, entries)
            yield from _stance_problems(row, entries, stances.get(row.pk, {}))
            yield from _count_problems(row, stances.get(row.pk, {}))
    yield from chain.from_iterable(
        entries_without_act(kind, subject="contribution", found=_existing)
        for kind in (*_OF_REVISIONS, log_types.CONTRIBUTION_WITHDRAWN)
    )
    yield from _session_problems()


def _existing(entries: Sequence[EntryFacts]) -> set[str]:
    codes = {entry.subject_id for entry in entries}
    return set(Contribution.objects.filter(receipt_code__in=codes).values_list("receipt_code", flat=True))


def _revision_problems(row: Contribution, entries: Sequence[EntryFacts]) -> Iterator[Problem]:
    """Compare each revision's words with its entry, and the words shown with the newest revision."""
    by_number = {entry.facts.get("revision"): entry for entry in entries}
    revisions = list(row.revisions.all())
    for revision in revisions:
        subject = f"revision {revision.number} of {row.receipt_code}"
        entry = by_number.pop(revision.number, None)
        if entry is None:
            yield Problem("missing-entry", row.receipt_code, f"There is no entry for {subject}.")
            continue
        yield from _word_problems(revision, entry, subject)
        yield from shown_problems(revision.text, html=revision.html, code=row.receipt_code, subject=subject)
        yield from differing(entry, field="kind", live=revision.kind, subject=subject)
        yield from differing(entry, field="language", live=revision.language, subject=subject)
    for entry in by_number.values():
        message = f"Entry {entry.index} tells of a revision of {row.receipt_code} that is not there."
        yield Problem("missing-act", row.receipt_code, message, index=entry.index)
    newest = revisions[-1] if revisions else None
    if newest is None or (newest.number, newest.text, newest.html) != (row.revision_count, row.text, row.html):
        yield Problem(
            "altered-act", row.receipt_code, f"{row.receipt_code} does not show its newest revision.", field="text"
        )
    if newest is not None and (newest.kind, newest.language, newest.text_digest) != (
        row.kind,
        row.language,
        row.text_digest,
    ):
        message = f"Kind, language or digest of {row.receipt_code} are not those of its newest revision."
        yield Problem("altered-act", row.receipt_code, message, field="kind")


def _circumstance_problems(
    row: Contribution, entries: Sequence[EntryFacts], of_revisions: Sequence[EntryFacts]
) -> Iterator[Problem]:
    """Compare where, by whom, for whom and when something was said; a file's rows may name an earlier day."""
    if not of_revisions:
        yield Problem("missing-entry", row.receipt_code, f"There is no entry for {row.receipt_code}.")
        return
    code, first, newest = row.receipt_code, of_revisions[0], of_revisions[-1]
    where = {"consultation": row.session.consultation.public_id, "session": row.session.number}
    how = {"organisation": row.organisation.public_id if row.organisation else None, "channel": row.channel}
    for field, live in (where | how).items():
        yield from differing(newest, field=field, live=live, subject=code)
    yield from actor_problems(first, who=row.author or row.facilitator, subject=code)
    if row.channel != Channel.FILE:
        yield from moment_problems(first, field="submitted_at", live=row.submitted_at, subject=code)
    yield from publication_problems(entries, live=row.published_at, subject=code)


def _word_problems(revision: ContributionRevision, entry: EntryFacts, subject: str) -> Iterator[Problem]:
    """Compare the digest of the words themselves; erased words must be gone, and only they may lack their digest."""
    if "text_digest" in entry.erased:
        if revision.text:
            message = f"The words of {subject} are there although the record says that they were erased."
            yield Problem("altered-act", entry.subject_id, message, index=entry.index, field="text")
        return
    yield from differing(entry, field="text_digest", live=text_digest(revision.text), subject=subject)


def _state_problems(row: Contribution, entries: Sequence[EntryFacts]) -> Iterator[Problem]:
    """Compare the state with the last one recorded; received, revised, moderated and withdrawn all say it."""
    saying = [entry for entry in entries if "state" in entry.facts]
    if saying:
        yield from differing(saying[-1], field="state", live=row.state, subject=row.receipt_code)


def _stances(chunk: Sequence[Contribution]) -> dict[int, dict[str, str]]:
    """Return the live stances on some contributions: contribution id → person's public id → position."""
    found: dict[int, dict[str, str]] = {}
    rows = Stance.objects.filter(contribution__in=[row.pk for row in chunk])
    for key, person, position in rows.values_list("contribution_id", "person__public_id", "position"):
        found.setdefault(key, {})[person] = position
    return found


def _stance_problems(row: Contribution, entries: Sequence[EntryFacts], live: dict[str, str]) -> Iterator[Problem]:
    """Compare live stances with the last position recorded of each person; a person who was erased has none."""
    recorded = {
        str(entry.facts["actor"]): entry for entry in entries if entry.kind in _OF_STANCES and "actor" in entry.facts
    }
    for person, position in sorted(live.items()):
        entry = recorded.pop(person, None)
        if entry is None:
            yield Problem("missing-entry", row.receipt_code, f"A stance on {row.receipt_code} has no entry.")
        else:
            yield from differing(entry, field="position", live=position, subject=f"a stance on {row.receipt_code}")
    for entry in recorded.values():
        if entry.kind == log_types.STANCE_TAKEN:
            message = f"Entry {entry.index} tells of a stance on {row.receipt_code} that is not there."
            yield Problem("missing-act", row.receipt_code, message, index=entry.index)


def _count_problems(row: Contribution, live: dict[str, str]) -> Iterator[Problem]:
    counted = Counter(live.values())
    agree, disagree, passing = (counted[position] for position in (Position.AGREE, Position.DISAGREE, Position.PASS))
    shown = (row.agree_count, row.disagree_count, row.pass_count, row.division)
    if shown != (agree, disagree, passing, min(agree, disagree)):
        message = f"The numbers of stances shown with {row.receipt_code} are not what was taken."
        yield Problem("altered-act", row.receipt_code, message, field="agree_count")


def _session_problems() -> Iterator[Problem]:
    """Compare the numbers shown with each session and beside its filters with what is public."""
    sessions = ConsultationSession.objects.select_related("consultation").annotate(
        public=Count("contributions", filter=Q(contributions__state=PostState.PUBLIC))
    )
    for session in sessions.order_by("pk"):
        subject = f"{session.consultation.slug}/{session.number}"
        if session.public != session.contribution_count:
            message = f"The number of contributions shown with session {subject} is not right."
            yield Problem("altered-act", subject, message, field="contribution_count")
        if facets_of(session) != recounted_facets(session):
            message = f"The numbers beside the filters of session {subject} are not right."
            yield Problem("altered-act", subject, message, field="facet_counts")
