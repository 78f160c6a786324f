"""
The canonical bytes of an entry: what is hashed into the tree.

Every text stands behind its length, every number has a fixed width, and the commitments are sorted by name, so one
entry has exactly one body. The format is fixed in docs/reference/ledger.md.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from answerable.ledger.commitments import is_fact_name, prefixed
from answerable.ledger.errors import MalformedBody, Unrecordable
from answerable.ledger.merkle import HASH_BYTES

DOMAIN = b"answerable/entry/1"
MAX_BODY_BYTES = 65_535
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_KIND = re.compile(r"[a-z][a-z0-9:_.-]{0,99}\Z")
_MAX_SUBJECT = 200


@dataclass(frozen=True, slots=True)
class EntryBody:
    """What one entry says: that an act of a kind touched a subject at a time, and what was true of it then."""

    index: int
    kind: str
    subject_type: str
    subject_id: str
    recorded_at: datetime
    commitments: Mapping[str, bytes]

    def encoded(self) -> bytes:
        """Return the canonical bytes; raise Unrecordable when the entry does not fit the format."""
        _require_texts(self)
        names = sorted(self.commitments)
        parts = [
            prefixed(DOMAIN),
            self.index.to_bytes(8, "big"),
            prefixed(self.kind.encode("ascii")),
            prefixed(self.subject_type.encode("ascii")),
            prefixed(self.subject_id.encode("utf-8")),
            _microseconds(self.recorded_at).to_bytes(8, "big"),
            len(names).to_bytes(4, "big"),
        ]
        for name in names:
            parts += (prefixed(name.encode("ascii")), self.commitments[name])
        body = b"".join(parts)
        if len(body) > MAX_BODY_BYTES:
            raise Unrecordable("An entry with so many facts does not fit 65,535 bytes.")
        return body


def decoded(body: bytes) -> EntryBody:
    """Return what a body says; raise MalformedBody unless these are its canonical bytes."""
    reader = _Reader(body)
    try:
        if reader.prefixed() != DOMAIN:
            raise MalformedBody("These bytes are not an entry of a known format.")
        entry = EntryBody(
            index=reader.number(8),
            kind=reader.prefixed().decode("ascii"),
            subject_type=reader.prefixed().decode("ascii"),
            subject_id=reader.prefixed().decode("utf-8"),
            recorded_at=_EPOCH + reader.number(8) * _MICROSECOND,
            commitments={reader.prefixed().decode("ascii"): reader.take(HASH_BYTES) for _ in range(reader.number(4))},
        )
        is_canonical = entry.encoded() == body
    except (UnicodeDecodeError, OverflowError, Unrecordable):
        raise MalformedBody("These bytes break the rules of the entry format.") from None
    if not is_canonical:
        raise MalformedBody("These bytes are not the canonical form of the entry.")
    return entry


class _Reader:
    def __init__(self, body: bytes) -> None:
        self._body = body
        self._at = 0

    def take(self, count: int) -> bytes:
        end = self._at + count
        if end > len(self._body):
            raise MalformedBody("The bytes of the entry end too early.")
        taken = self._body[self._at : end]
        self._at = end
        return taken

    def number(self, width: int) -> int:
        return int.from_bytes(self.take(width), "big")

    def prefixed(self) -> bytes:
        return self.take(self.number(4))


def _microseconds(moment: datetime) -> int:
    if moment.utcoffset() is None or moment < _EPOCH:
        raise Unrecordable("The time of an entry needs its zone and must not lie before 1970.")
    return (moment - _EPOCH) // _MICROSECOND


def _require_texts(entry: EntryBody) -> None:
    for said, role in ((entry.kind, "kind"), (entry.subject_type, "subject type")):
        if not _KIND.match(said):
            raise Unrecordable(f"The {role} {said!r} must be lower-case letters, digits and : _ . - only.")
    if not entry.subject_id or len(entry.subject_id) > _MAX_SUBJECT or not entry.subject_id.isprintable():
        raise Unrecordable("The public id of a subject must have 1 to 200 printable characters.")
    for name, value in entry.commitments.items():
        if not is_fact_name(name) or len(value) != HASH_BYTES:
            raise Unrecordable(f"{name!r} cannot name a fact, or its commitment is not 32 bytes.")
