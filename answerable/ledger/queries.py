"""Reads of the record."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db.models import QuerySet

from answerable.ledger import keys, receipts
from answerable.ledger.commitments import ACTOR, FactValue, decoded_fact
from answerable.ledger.errors import NotYetSigned
from answerable.ledger.merkle import Frontier, consistency_path, inclusion_path
from answerable.ledger.models import Checkpoint, Entry, Opening, TreeHead
from answerable.ledger.receipts import InclusionProof, Json
from answerable.ledger.tiles import StoredNodes, split_hashes

_AT_ONCE = 10_000
CHUNK = 1_000


@dataclass(frozen=True, slots=True)
class EntryFacts:
    """What one entry says, its facts in clear; ``erased`` names the facts whose openings are gone."""

    index: int
    kind: str
    subject_type: str
    subject_id: str
    recorded_at: datetime
    facts: Mapping[str, FactValue]
    erased: frozenset[str]


def head() -> Frontier:
    """Return size and right edge of the tree, the caller's own uncommitted entries included."""
    row = TreeHead.objects.filter(pk=1).values_list("size", "frontier").first()
    return Frontier() if row is None else Frontier(size=row[0], hashes=split_hashes(bytes(row[1])))


def entries_of(subject_type: str, subject_id: str) -> QuerySet[Entry]:
    """Return the entries about one subject, oldest first."""
    return Entry.objects.filter(subject_type=subject_type, subject_id=subject_id).order_by("index")


def latest_entries(*, before_index: int | None = None, limit: int = 50) -> list[Entry]:
    """Return up to ``limit`` entries, newest first, older than ``before_index`` when it is given; one query."""
    entries = Entry.objects.order_by("-index")
    if before_index is not None:
        entries = entries.filter(index__lt=before_index)
    return list(entries[:limit])


def facts_by_entry(entries: Sequence[Entry]) -> list[EntryFacts]:
    """Return the facts of entries, in their order; one query for each ten thousand, as many as a database takes."""
    indexes = [entry.index for entry in entries]
    found: dict[int, dict[str, FactValue]] = {index: {} for index in indexes}
    for start in range(0, len(indexes), _AT_ONCE):
        rows = Opening.objects.filter(entry__in=indexes[start : start + _AT_ONCE])
        for index, name, value in rows.values_list("entry_id", "field", "value"):
            found[index][name] = decoded_fact(value)
    return [_entry_facts(entry, facts=found[entry.index]) for entry in entries]


def facts_of(subject_type: str, subject_ids: Collection[str]) -> dict[str, list[EntryFacts]]:
    """
    Return what the record says about subjects of one type: each id with its entries, oldest first.

    An id without entries has an empty list. Two queries, whatever the number of ids; ask for at most a thousand.
    """
    found: dict[str, list[EntryFacts]] = {subject_id: [] for subject_id in subject_ids}
    entries = Entry.objects.filter(subject_type=subject_type, subject_id__in=list(found)).order_by("index")
    for facts in facts_by_entry(list(entries)):
        found[facts.subject_id].append(facts)
    return found


def iterate_facts(kind: str, *, from_index: int = 0, chunk_size: int = CHUNK) -> Iterator[EntryFacts]:
    """Yield the facts of all entries of a kind in the order of the record, reading ``chunk_size`` entries at a time."""
    while True:
        chunk = list(Entry.objects.filter(kind=kind, index__gte=from_index).order_by("index")[:chunk_size])
        yield from facts_by_entry(chunk)
        if len(chunk) < chunk_size:
            return
        from_index = chunk[-1].index + 1


def entries_by(actor_ref: str) -> QuerySet[Entry]:
    """Return the entries of acts by one actor whose reference was not erased, oldest first."""
    openings = Opening.objects.filter(field=ACTOR, value=f"s:{actor_ref}")
    return Entry.objects.filter(index__in=openings.values("entry_id")).order_by("index")


def newest_checkpoint() -> Checkpoint | None:
    """Return the signed checkpoint of the largest size, or None before the first."""
    return Checkpoint.objects.order_by("-size").first()


def checkpoint_over(entry: Entry) -> Checkpoint | None:
    """Return the newest checkpoint when it covers an entry, else None."""
    newest = newest_checkpoint()
    return newest if newest is not None and newest.size > entry.index else None


def proof_of(entry: Entry) -> InclusionProof:
    """
    Return the inclusion proof of an entry under the newest checkpoint, or under the unsigned head before there is one.

    Costs a few queries of at most 256 short rows each, whatever the size of the record.
    """
    checkpoint = checkpoint_over(entry)
    size = head().size if checkpoint is None else checkpoint.size
    path = inclusion_path(entry.index, size=size, node=StoredNodes())
    return InclusionProof(
        index=entry.index, size=size, path=path, checkpoint="" if checkpoint is None else checkpoint.note
    )


def consistency_proof(*, old_size: int, size: int) -> list[bytes]:
    """Return the proof that the record of ``size`` entries extends that of ``old_size``, 1 ≤ old ≤ size ≤ head."""
    if size > head().size:
        raise ValueError("The record is not that long.")
    return consistency_path(old_size, size=size, node=StoredNodes())


def receipt_of(entry: Entry, *, fields: Collection[str]) -> dict[str, Json]:
    """
    Return the receipt of an entry, opening those of the named facts that are still there.

    The caller decides which facts the receiver may see. Raises NotYetSigned until a checkpoint covers the entry.
    """
    proof = proof_of(entry)
    if not proof.checkpoint:
        raise NotYetSigned("No checkpoint covers this entry yet; the next one will.")
    rows = Opening.objects.filter(entry=entry, field__in=list(fields)).values_list("field", "nonce", "value")
    openings = {name: (bytes(nonce), value) for name, nonce, value in rows}
    return receipts.receipt(bytes(entry.body), openings=openings, proof=proof)


def verifier_key() -> str:
    """Return the public key of the record as text for publishing, empty before the first checkpoint was signed."""
    key = keys.kept_verifier_key(settings.LEDGER_KEY_FILE)
    return "" if key is None else str(key)


def _entry_facts(entry: Entry, *, facts: dict[str, FactValue]) -> EntryFacts:
    return EntryFacts(
        index=entry.index,
        kind=entry.kind,
        subject_type=entry.subject_type,
        subject_id=entry.subject_id,
        recorded_at=entry.recorded_at,
        facts=dict(sorted(facts.items())),
        erased=frozenset(entry.commitments) - frozenset(facts),
    )
