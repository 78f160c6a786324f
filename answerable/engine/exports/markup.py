"""Take the tags off a text written in HTML, so that what remains are the words people wrote."""

import re
from collections.abc import Iterable
from html.parser import HTMLParser

_NAMES = "p|br|div|span|b|i|u|em|strong|a|ul|ol|li|h[1-6]|table|tr|td|blockquote|img"
_TAG = re.compile(rf"</?(?:{_NAMES})\b[^<>]*>", re.IGNORECASE)
_BREAKING = frozenset(
    {"p", "br", "div", "li", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6", "tr", "table", "blockquote"}
)
_UNREAD = frozenset({"script", "style"})
_SPACES = re.compile(r"[ \t\r\f\v]*\n\s*")
_LEAST_SHARE = 0.5


def is_markup(cells: Iterable[str]) -> bool:
    """Tell whether at least half of the cells that hold anything hold tags of HTML."""
    filled = [cell for cell in cells if cell.strip()]
    return bool(filled) and sum(bool(_TAG.search(cell)) for cell in filled) >= _LEAST_SHARE * len(filled)


def without_markup(text: str) -> str:
    """Return what a browser would show of a text in HTML: paragraphs as lines, nothing of scripts and styles."""
    if "<" not in text and "&" not in text:
        return text
    reader = _Words()
    reader.feed(text)
    reader.close()
    return _SPACES.sub("\n", "".join(reader.found)).strip()


class _Words(HTMLParser):
    """Gather the words between tags."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self._unread = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002 - as inherited
        """Begin a line where the tag does, and stop reading inside a script."""
        self._unread += tag in _UNREAD
        if tag in _BREAKING:
            self.found.append("\n")

    def handle_endtag(self, tag: str) -> None:
        """Go on reading after a script."""
        self._unread = max(0, self._unread - (tag in _UNREAD))
        if tag in _BREAKING:
            self.found.append("\n")

    def handle_data(self, data: str) -> None:
        """Keep words."""
        if not self._unread:
            self.found.append(data)
