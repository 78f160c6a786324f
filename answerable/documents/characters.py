"""
Take out of a text the characters that would act on what surrounds it instead of being shown.

What stays is legal in XML 1.0 (production 2, `Char`) and in HTML, and cannot turn around the direction of text that
follows it (Unicode Standard Annex 9, 2.2: overrides; 2.7: embeddings and isolates end with their own text here).
"""

import re
from dataclasses import fields, is_dataclass, replace
from typing import Any, TypeVar

Piece = TypeVar("Piece")

_LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_FORBIDDEN = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u202d\u202e\ufdd0-\ufdef\ufeff\ufffe\uffff"
    + "".join(chr(plane << 16 | 0xFFFE) + chr(plane << 16 | 0xFFFF) for plane in range(1, 17))
    + "]"
)
_SURROGATES = re.compile("[\ud800-\udfff]")
_DIRECTION_MARKS = re.compile("[\u202a\u202b\u202c\u2066-\u2069]")
_EMBEDDINGS, _END_OF_EMBEDDING = "\u202a\u202b", "\u202c"
_ISOLATES, _END_OF_ISOLATE = "\u2066\u2067\u2068", "\u2069"


def clean_text(text: str) -> str:
    """
    Return the text with every control character gone and every line end a line feed.

    Overrides of direction are taken out, embeddings and isolates are closed where the text ends, and half of a
    surrogate pair becomes U+FFFD.
    """
    text = _LINE_ENDS.sub("\n", text).replace("\t", " ")
    return _close_directions(_SURROGATES.sub("\ufffd", _FORBIDDEN.sub("", text)))


def one_line(text: str) -> str:
    """Return the text with each stretch of white space made one space."""
    return " ".join(text.split())


def paragraphs_of(text: str) -> list[str]:
    """Return the paragraphs of a text: what empty lines part; always at least one, perhaps empty."""
    found = [part.strip("\n") for part in re.split(r"\n[ \u00a0]*\n\s*", text.strip())]
    return [part for part in found if part] or [""]


def cleaned(piece: Piece) -> Piece:
    """Return a piece of a document, or the whole of it, with `clean_text` applied to every text inside."""
    return _cleaned(piece)  # type: ignore[no-any-return]


def _cleaned(piece: Any) -> Any:
    if isinstance(piece, str):
        return clean_text(piece)
    if isinstance(piece, tuple):
        return tuple(_cleaned(part) for part in piece)
    if is_dataclass(piece) and not isinstance(piece, type):
        return replace(piece, **{field.name: _cleaned(getattr(piece, field.name)) for field in fields(piece)})
    return piece


def _close_directions(text: str) -> str:
    """Return the text with unopened ends of directions removed and unended beginnings ended."""
    if not _DIRECTION_MARKS.search(text):
        return text
    open_marks: list[str] = []

    def kept(match: re.Match[str]) -> str:
        mark = match.group()
        if mark in _EMBEDDINGS + _ISOLATES:
            open_marks.append(_END_OF_EMBEDDING if mark in _EMBEDDINGS else _END_OF_ISOLATE)
            return mark
        if open_marks and open_marks[-1] == mark:
            open_marks.pop()
            return mark
        return ""

    return _DIRECTION_MARKS.sub(kept, text) + "".join(reversed(open_marks))
