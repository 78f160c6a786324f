"""Where a contribution stands in the public record."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet, Subquery

from answerable.consultations.models import Contribution
from answerable.ledger.models import Checkpoint, Entry
from answerable.ledger.queries import entries_of
from answerable.reference.queries.kept_queries import KeptQuery


@dataclass(frozen=True, slots=True)
class SignedHead:
    """The newest signed checkpoint: over how many entries, and when it was signed."""

    size: int
    signed_at: datetime


@dataclass(frozen=True, slots=True)
class Proof:
    """Where a contribution stands in the public record; ``checkpoint`` is None until one covers it."""

    entry: Entry
    leaf: str
    checkpoint: SignedHead | None


def proof_of(contribution: Contribution) -> Proof | None:
    """Return the entry of a contribution and the newest checkpoint over it; None without an entry. One query."""
    entry = _entry.first(contribution.receipt_code)
    if entry is None:
        return None
    size, signed_at = vars(entry)["signed_size"], vars(entry)["last_signed_at"]
    checkpoint = SignedHead(size, signed_at) if size is not None and size > entry.index else None
    digits = bytes(entry.leaf_hash).hex()
    grouped = " ".join(digits[start : start + 4] for start in range(0, len(digits), 4))
    return Proof(entry, grouped, checkpoint)


def _with_newest_checkpoint(code: str) -> QuerySet[Entry]:
    signed = Checkpoint.objects.order_by("-size")
    entries = entries_of("contribution", code).only("index", "leaf_hash")
    return entries.annotate(
        signed_size=Subquery(signed.values("size")[:1]), last_signed_at=Subquery(signed.values("signed_at")[:1])
    )[:1]


_entry = KeptQuery(_with_newest_checkpoint)
