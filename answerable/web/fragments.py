"""
Pieces of pages that are kept ready, each under everything it is made of.

A piece is rendered with the values under which it is kept and with nothing else, so it can never be out of date: other
values are another piece. What differs from row to row or from request to request goes into slots: the template gets a
mark where it will stand, and it is put in afterwards. So a thousand rows of one shape need one piece.
"""

import re
import secrets
import threading
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from functools import cache
from html import escape
from urllib.parse import quote

from django.conf import settings
from django.template import Context
from django.template.loader import get_template
from django.utils import timezone
from django.utils.safestring import SafeData, SafeString
from django.utils.translation import get_language

_MOST_CHARACTERS = 8_000_000
# Nobody can write this word into a text, because nobody is ever shown it.
_SECRET = secrets.token_hex(16)
_MARK = re.compile(f"{_SECRET}x([a-z_]+?)x{_SECRET}")
_OF_PAGE: Mapping[str, Callable[[Context], str]] = {
    "csrf_token": lambda page: str(page["csrf_token"]),
    "here": lambda page: escape(page["request"].get_full_path()),
    "here_quoted": lambda page: quote(page["request"].path),
}


@dataclass(frozen=True, slots=True)
class _Piece:
    """A rendered template, cut where something is put in: one text more than there are names of slots."""

    texts: tuple[str, ...]
    names: tuple[str, ...]
    length: int


class _Pieces:
    """Keeps the newest pieces up to a number of characters in all; threads share them."""

    def __init__(self) -> None:
        self._by_key: dict[Hashable, _Piece] = {}
        self._length = 0
        self._lock = threading.Lock()

    def get(self, key: Hashable) -> _Piece | None:
        return self._by_key.get(key)

    def keep(self, key: Hashable, piece: _Piece) -> None:
        with self._lock:
            if key not in self._by_key:
                self._by_key[key] = piece
                self._length += piece.length
            while self._length > _MOST_CHARACTERS:
                self._length -= self._by_key.pop(next(iter(self._by_key))).length


_pieces = _Pieces()
_NOTHING: Mapping[str, str] = {}


def fragment(
    page: Context,
    template: str,
    *,
    shown: Mapping[str, Hashable],
    put_in: Mapping[str, str] = _NOTHING,
    derived: Callable[[], Mapping[str, object]] | None = None,
    reading: tuple[str | None, str] | None = None,
) -> SafeString:
    """
    Return a rendered template, out of memory when one was made of the same values before.

    The template gets ``shown``, and a slot for each name of ``put_in`` and for ``csrf_token``, ``here`` (the path of
    the page with its query) and ``here_quoted`` (the path alone, for a query); nothing else of the page around it. It
    may show a slot or hand it on, but it cannot ask what stands in it. What is put in is escaped unless it is safe.
    ``derived`` makes further values; they must follow from ``shown`` and the language alone. ``reading`` is what
    ``language_and_zone`` returns, where many pieces are asked for in a row.
    """
    key = (template, *(reading or language_and_zone()), *shown.items())
    piece = _pieces.get(key)
    if piece is None:
        piece = _rendered(template, {**shown, **(derived() if derived else {})}, put_in)
        if not settings.DEBUG:
            _pieces.keep(key, piece)
    return _completed(page, piece, put_in)


def language_and_zone() -> tuple[str | None, str]:
    """Return the language and the time zone that a page is shown in."""
    return get_language(), timezone.get_current_timezone_name()


@cache
def slot(name: str) -> SafeString:
    """Return the mark of a slot; a name is made of small letters and underscores."""
    return SafeString(f"{_SECRET}x{name}x{_SECRET}")  # letters and digits


def _rendered(template: str, values: Mapping[str, object], put_in: Mapping[str, str]) -> _Piece:
    slots = {name: slot(name) for name in (*_OF_PAGE, *put_in)}
    parts = _MARK.split(get_template(template).render({**slots, **values}))
    return _Piece(tuple(parts[::2]), tuple(parts[1::2]), sum(map(len, parts)))


def _completed(page: Context, piece: _Piece, put_in: Mapping[str, str]) -> SafeString:
    parts = [piece.texts[0]]
    for name, text in zip(piece.names, piece.texts[1:], strict=True):
        if name in put_in:
            value = put_in[name]
            parts += (value if isinstance(value, SafeData) else escape(value), text)
        else:
            parts += (_OF_PAGE[name](page), text)
    return SafeString("".join(parts))  # templates made the texts, and what was put in is escaped
