"""Find the headings of a document, give each its anchor, and lay out the table of contents."""

import re
from dataclasses import dataclass
from functools import cached_property

from answerable.documents.characters import one_line
from answerable.documents.structure import Document, Heading

_LOWEST_LISTED = 3
"""The lowest level of heading that a table of contents ever lists."""

_MOST_LISTED = 120
"""So many headings are listed at most, as long as there is a higher level to stop at: a list to find one's way by."""

_NOT_IN_ANCHORS = re.compile(r"[^\w-]+")
_RESERVED = re.compile(r"(fn|fnref|box)-\w+")


@dataclass(frozen=True)
class Entry:
    """Hold one heading: its place in the tree (`depth`, from 0, never deeper by more than one) and its anchor."""

    level: int
    depth: int
    text: str
    anchor: str
    asked_anchor: str


@dataclass(frozen=True)
class Outline:
    """Hold the headings of a document in their order."""

    entries: tuple[Entry, ...]

    @property
    def lowest_listed(self) -> int:
        """Return the lowest level of heading that the table of contents lists; a long document shows fewer levels."""
        levels = [entry.level for entry in self.entries]
        for lowest in range(_LOWEST_LISTED, 1, -1):
            if sum(level <= lowest for level in levels) <= _MOST_LISTED:
                return lowest
        return min(levels)

    @property
    def listed(self) -> tuple[Entry, ...]:
        """Return the headings the table of contents shows."""
        lowest = self.lowest_listed
        return tuple(entry for entry in self.entries if entry.level <= lowest)

    @cached_property
    def _places(self) -> dict[str, int]:
        """The place of the heading each anchor means."""
        backwards = list(enumerate(self.entries))[::-1]
        made = {entry.anchor: place for place, entry in backwards}
        return made | {entry.asked_anchor: place for place, entry in backwards if entry.asked_anchor}

    def place_of(self, anchor: str) -> int | None:
        """Return which heading, from 0, a link to `anchor` means; one given by the author comes before one we made."""
        return self._places.get(anchor)

    def find(self, anchor: str) -> Entry | None:
        """Return the heading that a link to `anchor` means."""
        place = self.place_of(anchor)
        return None if place is None else self.entries[place]


def outline_of(document: Document) -> Outline:
    """Return the headings of a document with anchors that are unique, and never those that a writer uses itself."""
    taken: set[str] = set()
    open_levels: list[int] = []
    entries = []
    for heading in document.blocks:
        if not isinstance(heading, Heading):
            continue
        while open_levels and open_levels[-1] >= heading.level:
            open_levels.pop()
        anchor = _free_anchor(slug(heading.anchor) or slug(heading.text) or "section", taken=taken)
        taken.add(anchor)
        entries.append(Entry(heading.level, len(open_levels), one_line(heading.text), anchor, heading.anchor))
        open_levels.append(heading.level)
    return Outline(tuple(entries))


def slug(text: str) -> str:
    """Return the letters and digits of a text, of any script, in lower case with hyphens between the words."""
    return _NOT_IN_ANCHORS.sub("", "-".join(text.lower().split())).strip("-")


def _free_anchor(anchor: str, *, taken: set[str]) -> str:
    candidate, number = anchor, 1
    while candidate in taken or _RESERVED.fullmatch(candidate):
        candidate, number = f"{anchor}-{number}", number + 1
    return candidate
