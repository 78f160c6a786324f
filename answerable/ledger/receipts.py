"""
Receipts: one file that proves, without the platform, that an entry is in the record.

A receipt is a JSON object; docs/reference/ledger.md gives its members. Building one reads nothing and verifying one
needs only the public key of the record, so both work offline.
"""

import base64
import binascii
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from answerable.ledger import body as bodies
from answerable.ledger.commitments import FactValue, decoded_fact, opens
from answerable.ledger.errors import BadSignature, MalformedBody, MalformedNote, ReceiptRefused, Unrecordable
from answerable.ledger.merkle import is_included, leaf_hash
from answerable.ledger.notes import CheckpointText, VerifierKey, opened_checkpoint

FORMAT = "answerable/receipt/1"
Json = str | int | bool | None | list["Json"] | dict[str, "Json"]


@dataclass(frozen=True, slots=True)
class InclusionProof:
    """
    Why an entry is in the record: its audit path in the tree of ``size`` entries, lowest hash first.

    ``checkpoint`` is the signed note that states the root at that size, empty when none covers the entry yet.
    """

    index: int
    size: int
    path: Sequence[bytes]
    checkpoint: str


@dataclass(frozen=True, slots=True)
class ProvenEntry:
    """What a verified receipt proves: the entry, the facts it opened, and the checkpoint that vouches for it."""

    body: bodies.EntryBody
    checkpoint: CheckpointText
    facts: Mapping[str, FactValue] = field(default_factory=dict)


def receipt(body: bytes, *, openings: Mapping[str, tuple[bytes, str]], proof: InclusionProof) -> dict[str, Json]:
    """Return the receipt of an entry; ``openings`` holds nonce and encoded value of each fact it may show."""
    return {
        "format": FORMAT,
        "body": _base64(body),
        "openings": {
            name: {"nonce": _base64(nonce), "value": value} for name, (nonce, value) in sorted(openings.items())
        },
        "proof": {"index": proof.index, "size": proof.size, "path": [_base64(h) for h in proof.path]},
        "checkpoint": proof.checkpoint,
    }


def verify_receipt(bundle: Mapping[str, object], public_key: VerifierKey | str) -> ProvenEntry:
    """
    Return what a receipt proves, after checking signature, path, body and every opening.

    ``public_key`` must come from elsewhere than the receipt. Raises ReceiptRefused with the first thing that is wrong.
    """
    try:
        key = VerifierKey.parse(public_key) if isinstance(public_key, str) else public_key
        if bundle.get("format") != FORMAT:
            raise ReceiptRefused("This is not a receipt of a known format.")
        checkpoint = opened_checkpoint(_text(bundle, "checkpoint"), key=key)
        content = _bytes(_text(bundle, "body"))
        entry = bodies.decoded(content)
        _require_inclusion(_members(bundle, "proof"), content=content, entry=entry, checkpoint=checkpoint)
        facts = {name: _fact(entry, name, said) for name, said in _members(bundle, "openings").items()}
    except (BadSignature, MalformedBody, MalformedNote, Unrecordable) as problem:
        raise ReceiptRefused(str(problem)) from problem
    return ProvenEntry(body=entry, checkpoint=checkpoint, facts=facts)


def _require_inclusion(
    proof: Mapping[str, object], *, content: bytes, entry: bodies.EntryBody, checkpoint: CheckpointText
) -> None:
    path = proof.get("path")
    if not isinstance(path, list) or not all(isinstance(step, str) for step in path):
        raise ReceiptRefused("The path of the proof must be a list of texts.")
    if proof.get("size") != checkpoint.size or proof.get("index") != entry.index:
        raise ReceiptRefused("The proof is about another entry or another size than the receipt.")
    hashes = [_bytes(step) for step in path]
    leaf = leaf_hash(content)
    if not is_included(leaf, index=entry.index, size=checkpoint.size, path=hashes, root=checkpoint.root):
        raise ReceiptRefused("The path does not lead from this entry to the signed root.")


def _fact(entry: bodies.EntryBody, name: str, said: object) -> FactValue:
    if not isinstance(said, Mapping) or name not in entry.commitments:
        raise ReceiptRefused(f"The entry has no fact named {name!r}.")
    value = _text(said, "value")
    if not opens(entry.commitments[name], name=name, nonce=_bytes(_text(said, "nonce")), encoded=value):
        raise ReceiptRefused(f"The value of {name!r} is not the one that was recorded.")
    return decoded_fact(value)


def _members(bundle: Mapping[str, object], name: str) -> Mapping[str, object]:
    found = bundle.get(name)
    if not isinstance(found, Mapping):
        raise ReceiptRefused(f"The receipt lacks {name!r}.")
    return found


def _text(bundle: Mapping[str, object], name: str) -> str:
    found = bundle.get(name)
    if not isinstance(found, str):
        raise ReceiptRefused(f"The receipt lacks {name!r}.")
    return found


def _base64(content: bytes) -> str:
    return base64.b64encode(content).decode("ascii")


def _bytes(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        raise ReceiptRefused("A part of the receipt is not base64.") from None
