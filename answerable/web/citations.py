"""Receipt codes in running text, made into links to what they cite."""

import re
from functools import lru_cache

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from answerable.foundation.ids import normalise_receipt_code
from answerable.foundation.rich_text import html_of

_TAG = re.compile(r"(<[^>]*>)")
_CODE = re.compile(r"\[(R-[0-9A-Z]{4}-[0-9A-Z]{4})\]")


@lru_cache(maxsize=512)
def rich(text: str) -> SafeString:
    """Return clean HTML of a Markdown text in which each ``[R-…]`` outside a link leads to that contribution."""
    depth = 0
    parts = []
    for part in _TAG.split(html_of(text)):
        if part.startswith("<"):
            depth += part.startswith("<a") - part.startswith("</a")
        elif not depth:
            part = _CODE.sub(_link, part)  # noqa: PLW2901  # each part is written once
        parts.append(part)
    return mark_safe("".join(parts))  # noqa: S308  # html_of cleans it; the links below are escaped


def _link(found: re.Match[str]) -> str:
    code = normalise_receipt_code(found[1])
    if not code:
        return found[0]
    return format_html('<a class="cite" href="{}">[{}]</a>', reverse("receipt", kwargs={"code": code}), code)
