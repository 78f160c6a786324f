"""Tag all contributions of a consultation."""

from collections.abc import Iterable
from typing import Protocol

from answerable.engine.sdg.records import SdgTag, SdgTags
from answerable.engine.sdg.tagging import tag_text


class Spoken(Protocol):
    """Stand for a contribution that carries its language."""

    @property
    def id(self) -> str:
        """Return what names it."""
        ...

    @property
    def text(self) -> str:
        """Return its words."""
        ...

    @property
    def language(self) -> str:
        """Return the tag of its language."""
        ...


def tag_contributions(contributions: Iterable[Spoken]) -> tuple[SdgTags, ...]:
    """
    Return the tags of each contribution that has any, in the order given.

    Equal texts in one language are read once.
    """
    known: dict[tuple[str, str], tuple[SdgTag, ...]] = {}
    found = []
    for one in contributions:
        key = (one.language, one.text)
        if key not in known:
            known[key] = tag_text(one.text, one.language)
        if known[key]:
            found.append(SdgTags(one.id, known[key]))
    return tuple(found)
