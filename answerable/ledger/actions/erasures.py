"""Erasing facts: value and nonce go, the commitment stays, and an entry says that this was done and why."""

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from answerable.ledger.actions.entries import EntryDraft, record_many
from answerable.ledger.commitments import ACTOR
from answerable.ledger.errors import NotInTransaction
from answerable.ledger.log_types import OPENING_ERASED
from answerable.ledger.models import Entry, Opening

# So many pairs of index and field stay below the longest fact, whatever their names.
_PAIRS_PER_ENTRY = 100
_DELETED_AT_ONCE = 500


def erase_openings(
    *, subject_type: str, subject_id: str, fields: Collection[str], ground: str, by_role: str, at: datetime
) -> list[Entry]:
    """
    Erase the named facts of one subject from every entry about it, in the caller's transaction.

    Returns the entries that record the erasure, none when there was nothing to erase; so it may be repeated. ``ground``
    and ``by_role`` stand in the public record and cannot be erased: no name belongs in them. Raises NotInTransaction
    outside an atomic block.
    """
    openings = Opening.objects.filter(
        entry__subject_type=subject_type, entry__subject_id=subject_id, field__in=list(fields)
    )
    return _erase(openings, ground=ground, by_role=by_role, at=at)


def erase_actor(*, actor_ref: str, ground: str, by_role: str, at: datetime) -> list[Entry]:
    """Erase who did it from every entry of one actor's acts, as ``erase_openings`` does for a subject's facts."""
    openings = Opening.objects.filter(field=ACTOR, value=f"s:{actor_ref}")
    return _erase(openings, ground=ground, by_role=by_role, at=at)


def _erase(openings: QuerySet[Opening], *, ground: str, by_role: str, at: datetime) -> list[Entry]:
    if not transaction.get_connection().in_atomic_block:
        raise NotInTransaction("An erasure and the entry about it belong in one transaction.")
    # What was erased must stay readable, so the facts of an erasure are never erased themselves.
    found = openings.exclude(entry__kind=OPENING_ERASED).select_for_update(of=("self",))
    rows = list(found.order_by("entry_id", "field").only("entry_id", "field"))
    subjects = Entry.objects.in_bulk([row.entry_id for row in rows])
    pairs: dict[tuple[str, str], list[str]] = defaultdict(list)
    for row in rows:
        entry = subjects[row.entry_id]
        pairs[entry.subject_type, entry.subject_id].append(f"{row.entry_id}/{row.field}")
    for start in range(0, len(rows), _DELETED_AT_ONCE):
        Opening.objects.filter(pk__in=[row.pk for row in rows[start : start + _DELETED_AT_ONCE]]).delete()
    return record_many(
        [
            EntryDraft(
                kind=OPENING_ERASED,
                subject_type=subject_type,
                subject_id=subject_id,
                at=at,
                facts={"erased": " ".join(erased[start : start + _PAIRS_PER_ENTRY]), "ground": ground, "role": by_role},
            )
            for (subject_type, subject_id), erased in pairs.items()
            for start in range(0, len(erased), _PAIRS_PER_ENTRY)
        ]
    )
