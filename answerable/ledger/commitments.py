"""
Facts and the commitments that stand for them in an entry.

An entry never holds a fact, only SHA-256 over it and a random nonce. With value and nonce (the *opening*) anyone can
check the fact; once both are erased the commitment says nothing, and the record still verifies. The format is fixed in
docs/reference/ledger.md.
"""

import hashlib
import re
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime

from answerable.ledger.errors import Unrecordable

FactValue = str | int | bool | date | datetime | None
Facts = Mapping[str, FactValue]

DOMAIN = b"answerable/commitment/1"
NONCE_BYTES = 32
MAX_VALUE_BYTES = 10_000
ACTOR = "actor"
_NAME = re.compile(r"[a-z][a-z0-9_]{0,62}\Z")
_INT64 = 1 << 63


def prefixed(content: bytes) -> bytes:
    """Return bytes behind their length as an unsigned 32-bit big-endian number."""
    return len(content).to_bytes(4, "big") + content


def is_fact_name(name: str) -> bool:
    """Say whether a name may stand for a fact: a lower-case letter, then up to 62 letters, digits and underscores."""
    return _NAME.match(name) is not None


def encoded_fact(value: FactValue) -> str:
    """
    Return a fact as text with its type in front, such as ``s:Bangkok``, ``i:42``, ``b:true`` or ``n:``.

    Raises Unrecordable for a float or another type, a time without a zone, a number beyond 64 bits, a text with NUL or
    lone surrogates, and a text so long that a digest should stand for it.
    """
    text = _tagged(value)
    try:
        size = len(text.encode("utf-8"))
    except UnicodeEncodeError:
        raise Unrecordable("A fact must be valid Unicode.") from None
    if "\x00" in text:
        raise Unrecordable("A fact must not hold the NUL character.")
    if size > MAX_VALUE_BYTES:
        raise Unrecordable(f"A fact of {size} bytes is too long; record its digest instead.")
    return text


def decoded_fact(text: str) -> FactValue:
    """Return the fact that an encoded text stands for; raise Unrecordable when it is not canonical."""
    tag, _, content = text.partition(":")
    try:
        value = _READERS[tag](content)
    except (KeyError, ValueError):
        raise Unrecordable("This is not an encoded fact.") from None
    if encoded_fact(value) != text:
        raise Unrecordable("This is not the canonical encoding of a fact.")
    return value


def commitment(name: str, *, nonce: bytes, encoded: str) -> bytes:
    """Return SHA-256(u32 ‖ domain ‖ u32 ‖ name ‖ u32 length of the value ‖ nonce ‖ value), 32 bytes."""
    value = encoded.encode("utf-8")
    return hashlib.sha256(
        prefixed(DOMAIN) + prefixed(name.encode("ascii")) + len(value).to_bytes(4, "big") + nonce + value
    ).digest()


def opens(expected: bytes, *, name: str, nonce: bytes, encoded: str) -> bool:
    """Say whether a value and its nonce are what a commitment stands for; never when they cannot be encoded."""
    try:
        return len(nonce) == NONCE_BYTES and commitment(name, nonce=nonce, encoded=encoded) == expected
    except UnicodeEncodeError:
        return False


def _tagged(value: object) -> str:
    match value:
        case None:
            return "n:"
        case bool():
            return "b:true" if value else "b:false"
        case int():
            if not -_INT64 <= value < _INT64:
                raise Unrecordable("A number in a fact must fit 64 bits.")
            return f"i:{int(value)}"
        case str():
            return f"s:{value}"
        case datetime():
            return f"t:{_in_utc(value).isoformat(timespec='microseconds')}Z"
        case date():
            return f"d:{value.isoformat()}"
    raise Unrecordable(f"A fact cannot be a {type(value).__name__}.")


def _in_utc(moment: datetime) -> datetime:
    if moment.utcoffset() is None:
        raise Unrecordable("A time in a fact needs its zone.")
    return moment.astimezone(UTC).replace(tzinfo=None)


def _read_none(content: str) -> None:
    if content:
        raise ValueError(content)


def _read_flag(content: str) -> bool:
    return {"true": True, "false": False}[content]


_READERS: Mapping[str, Callable[[str], FactValue]] = {
    "n": _read_none,
    "b": _read_flag,
    "i": int,
    "s": str,
    "t": datetime.fromisoformat,
    "d": date.fromisoformat,
}
