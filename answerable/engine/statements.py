"""Split contributions into statements: sentences as spans of the very characters received."""

import re
from collections.abc import Iterator

from answerable.engine.records import Contribution, Statement

# A sentence ends at a mark and a space, at a full-width mark at once, or at the end of a line
# that the next one does not carry on in lower case.
_SENTENCE_END = re.compile(
    r"""(?:[.!?…؟۔।॥።᙮។៕၊။]+["'”’»)\]]*(?=\s)|[。！？｡]+[”’」』）]*|(?:\r?\n|\u2029)(?:\s*\n|(?=\s*[^\sa-zà-ÿа-я])))"""
)
_MARK = re.compile("[.!?…؟۔।॥።᙮។៕၊။。！？｡\r\n\u2029]")
_ABBREVIATION = re.compile(
    r"(?:\b[^\W\d_]|\b(?:e\.g|i\.e|etc|cf|vs|no|nr|dr|mr|mrs|ms|prof|st|art|para|fig|approx|"
    r"z\.b|d\.h|u\.a|bzw|ca|evtl|inkl|str|p\.ex|sr|sra|ej|ext|núm|им|ул|др|стр))\.$",
    re.IGNORECASE,
)


def split_text(text: str) -> Iterator[tuple[int, int]]:
    """Yield the spans (start, end) of the sentences of a text, without the white space around them."""
    start = 0
    for end in _ends(text):
        if _ABBREVIATION.search(text, max(start, end - 12), end):
            continue
        yield from _trimmed(text, start=start, end=end)
        start = end
    yield from _trimmed(text, start=start, end=len(text))


def _ends(text: str) -> Iterator[int]:
    """Yield where a sentence may end, as `_SENTENCE_END.finditer` finds it; looked at only where a mark stands."""
    last = 0
    for mark in _MARK.finditer(text):
        if mark.start() >= last and (found := _SENTENCE_END.match(text, mark.start())):
            last = found.end()
            yield last


def split_contribution(contribution: Contribution) -> tuple[Statement, ...]:
    """Return the statements of one contribution in the order they stand in it."""
    return tuple(Statement(contribution.id, start, end) for start, end in split_text(contribution.text))


def _trimmed(text: str, *, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield a span without the white space at its ends, if anything is left."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        yield start, end
