"""People's words: a small subset of Markdown in, clean HTML out."""

import re
import unicodedata
from functools import lru_cache

import nh3
from markdown_it import MarkdownIt

_TAGS = {"p", "br", "em", "strong", "ul", "ol", "li", "blockquote", "a", "code"}
_HEADING = re.compile(r"<(/?)h[1-6]>")
_INVISIBLE = {*range(0x09), 0x0B, 0x0C, *range(0x0E, 0x20), 0x7F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)}
_DROP = dict.fromkeys(_INVISIBLE)


@lru_cache(maxsize=1)
def _markdown() -> MarkdownIt:
    rules = [
        "list",
        "emphasis",
        "link",
        "autolink",
        "blockquote",
        "backticks",
        "heading",
        "newline",
        "escape",
        "entity",
    ]
    return MarkdownIt("zero", {"breaks": True, "html": False}).enable(rules)


def tidy_text(text: str) -> str:
    """Return a text in NFC with line feeds only, without control characters or direction overrides, stripped."""
    normal = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    return normal.translate(_DROP).strip()


def html_of(text: str) -> str:
    """
    Return clean HTML of a text written in the Markdown subset.

    Paragraphs, line breaks, emphasis, lists, quotes, code and links; headings become bold paragraphs. Links lead
    only to http, https or mailto addresses, and carry ``rel="nofollow noopener ugc"``.
    """
    rendered = _HEADING.sub(lambda m: f"<{m[1]}p>", _markdown().render(text))
    return nh3.clean(
        rendered,
        tags=_TAGS,
        attributes={"a": {"href"}},
        url_schemes={"http", "https", "mailto"},
        link_rel="nofollow noopener ugc",
    )


def plain_text_of(text: str) -> str:
    """Return the words of a Markdown text without its marks, for excerpts and search."""
    return " ".join(nh3.clean(html_of(text), tags=set()).split())


def word_count(text: str) -> int:
    """Return how many words a text has; scripts without spaces count two characters as a word."""
    words = re.findall(r"\w+", text)
    dense = sum(1 for c in text if "\u3040" <= c <= "\u9fff" or "\u0e00" <= c <= "\u0eff" or "\u1780" <= c <= "\u17ff")
    return sum(1 for word in words if not any("\u0e00" <= c <= "\u9fff" for c in word)) + (dense + 1) // 2
