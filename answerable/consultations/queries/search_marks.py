"""
Marks: words of the search index that nobody can write or look for.

They say of a public contribution in which session it stands and what the filters of that session would find it by. So
the search index itself knows how many contributions fit any filters together with any words.
"""

from collections.abc import Iterable

# No letter, digit or mark of a script, so no word has it; and no ASCII, so SQLite does not split words at it.
_SIGN = "§"
_LONGEST = 60


def marks_of(session: int, facets: Iterable[tuple[str, str]]) -> list[str]:
    """Return the marks of a session and of some facets with their values in it, the session's first."""
    own = f"{_SIGN}{session}{_SIGN}"
    return [own, *(f"{own}{facet}{_SIGN}{value[:_LONGEST].encode().hex()}" for facet, value in facets)]
