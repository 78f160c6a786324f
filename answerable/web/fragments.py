"""
Pieces of pages that are kept ready, each under everything it is made of.

A piece is asked for with all the values it shows, so it can never be out of date: other values are another piece.
What differs with every request, the form token and the address of the page, is put in afterwards.
"""

import secrets
import threading
from collections.abc import Hashable, Mapping
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.template import Context
from django.template.loader import get_template
from django.utils import timezone
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

_MOST = 4_000
_LONGEST = 40_000
# Nobody can write these words into a text, because nobody is ever shown them.
_TOKEN, _HERE, _HERE_QUOTED = (f"{name}{secrets.token_hex(16)}" for name in ("token", "here", "quoted"))


class _Pieces:
    """Keeps the newest pieces; threads share them."""

    def __init__(self) -> None:
        self._by_key: dict[Hashable, str] = {}
        self._lock = threading.Lock()

    def get(self, key: Hashable) -> str | None:
        return self._by_key.get(key)

    def keep(self, key: Hashable, piece: str) -> None:
        with self._lock:
            self._by_key[key] = piece
            while len(self._by_key) > _MOST:
                del self._by_key[next(iter(self._by_key))]


_pieces = _Pieces()


def fragment(page: Context, template: str, *, shown: Hashable, values: Mapping[str, Any] | None = None) -> SafeString:
    """
    Return a rendered template, out of memory when it was made of the same values before.

    ``shown`` is all that the template shows of ``values``. It may also show ``csrf_token``, ``here`` (the path of the
    page with its query) and ``here_quoted`` (the path alone, for a query); nothing else of the page around it.
    """
    key = (template, get_language(), timezone.get_current_timezone_name(), shown)
    piece = _pieces.get(key)
    if piece is None:
        marks = {"csrf_token": _TOKEN, "here": _HERE, "here_quoted": _HERE_QUOTED}
        piece = get_template(template).render({**(values or {}), **marks})
        if len(piece) <= _LONGEST and not settings.DEBUG:
            _pieces.keep(key, piece)
    return _completed(page, piece)


def _completed(page: Context, piece: str) -> SafeString:
    if _HERE in piece:
        piece = piece.replace(_HERE, escape(page["request"].get_full_path()))
    if _HERE_QUOTED in piece:
        piece = piece.replace(_HERE_QUOTED, quote(page["request"].path))
    if _TOKEN in piece:
        piece = piece.replace(_TOKEN, str(page["csrf_token"]))
    return mark_safe(piece)  # noqa: S308  # a template made it, and what was put in is escaped
