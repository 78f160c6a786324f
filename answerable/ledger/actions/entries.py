"""Writing entries, in the transaction of the act that they record."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from django.db import transaction

from answerable.ledger.body import EntryBody
from answerable.ledger.commitments import (
    ACTOR,
    NONCE_BYTES,
    Facts,
    FactValue,
    commitment,
    encoded_fact,
    is_fact_name,
)
from answerable.ledger.errors import NotInTransaction, Unrecordable
from answerable.ledger.merkle import Frontier, leaf_hash
from answerable.ledger.models import Entry, Opening, Tile, TreeHead
from answerable.ledger.tiles import completed_tiles, split_hashes

_MAX_ACTOR = 200


@dataclass(frozen=True, slots=True)
class EntryDraft:
    """
    One act to be recorded.

    ``kind`` is named ``stage.act``; ``subject_id`` is a public id and ``actor_ref`` a pseudonymous reference.
    Of ``facts`` and actor the entry holds commitments only.
    """

    kind: str
    subject_type: str
    subject_id: str
    at: datetime
    actor_ref: str = ""
    facts: Facts = field(default_factory=dict)


def record(kind: str, *, subject_type: str, subject_id: str, facts: Facts, at: datetime, actor_ref: str = "") -> Entry:
    """
    Write the entry of one act at the end of the record, in the caller's transaction.

    The end of the record stays locked until that transaction is over, so call this last. Raises NotInTransaction
    outside an atomic block and Unrecordable for what the format cannot hold.
    """
    draft = EntryDraft(
        kind=kind, subject_type=subject_type, subject_id=subject_id, at=at, actor_ref=actor_ref, facts=facts
    )
    return record_many([draft])[0]


def record_many(drafts: Sequence[EntryDraft]) -> list[Entry]:
    """Write the entries of many acts, in their order, as ``record`` does for one; the head moves once."""
    if not transaction.get_connection().in_atomic_block:
        raise NotInTransaction("An entry must be written in the same transaction as the act it records.")
    if not drafts:
        return []
    sealed = [_sealed(draft) for draft in drafts]
    row, frontier = locked_head()
    old_size = frontier.size
    entries = [_entry(draft, index=old_size + n, openings=sealed[n]) for n, draft in enumerate(drafts)]
    leaves = [bytes(entry.leaf_hash) for entry in entries]
    for leaf in leaves:
        frontier.append(leaf)
    Entry.objects.bulk_create(entries)
    Opening.objects.bulk_create(_placed(entries, sealed))
    Tile.objects.bulk_create(completed_tiles(old_size, leaves=leaves))
    row.size, row.frontier = frontier.size, b"".join(frontier.hashes)
    row.save(update_fields=["size", "frontier"])
    return entries


def locked_head() -> tuple[TreeHead, Frontier]:
    """Return the head of the record as it is committed, locked until the caller's transaction is over."""
    row, _ = TreeHead.objects.select_for_update().get_or_create(pk=1)
    return row, Frontier(size=row.size, hashes=split_hashes(bytes(row.frontier)))


def _sealed(draft: EntryDraft) -> list[Opening]:
    facts: dict[str, FactValue] = dict(draft.facts)
    if ACTOR in facts:
        raise Unrecordable("The actor of an entry is given as actor_ref, not as a fact.")
    if len(draft.actor_ref) > _MAX_ACTOR:
        raise Unrecordable("The reference of an actor must not be longer than 200 characters.")
    if draft.actor_ref:
        facts[ACTOR] = draft.actor_ref
    for name in facts:
        if not is_fact_name(name):
            raise Unrecordable(f"{name!r} cannot name a fact.")
    return [
        Opening(field=name, nonce=secrets.token_bytes(NONCE_BYTES), value=encoded_fact(facts[name]))
        for name in sorted(facts)
    ]


def _entry(draft: EntryDraft, *, index: int, openings: Sequence[Opening]) -> Entry:
    commitments = {o.field: commitment(o.field, nonce=bytes(o.nonce), encoded=o.value) for o in openings}
    body = EntryBody(
        index=index,
        kind=draft.kind,
        subject_type=draft.subject_type,
        subject_id=draft.subject_id,
        recorded_at=draft.at,
        commitments=commitments,
    ).encoded()
    return Entry(
        index=index,
        kind=draft.kind,
        subject_type=draft.subject_type,
        subject_id=draft.subject_id,
        recorded_at=draft.at.astimezone(UTC),
        commitments={name: value.hex() for name, value in commitments.items()},
        body=body,
        leaf_hash=leaf_hash(body),
    )


def _placed(entries: Sequence[Entry], sealed: Sequence[list[Opening]]) -> list[Opening]:
    for entry, openings in zip(entries, sealed, strict=True):
        for opening in openings:
            opening.entry = entry
    return [opening for openings in sealed for opening in openings]
