"""Say which contributions may become keys, and which stand for all others, where all would be too many to compare."""

import math
from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt
from scipy import sparse

from answerable.engine.records import Contribution
from answerable.engine.writing_systems import word_count
from answerable.foundation.hashing import text_digest

MOST_COMPARED = 1_000
MOST_CANDIDATES, MOST_WITNESSES = 300, 500
_LEAST_WORDS, _MOST_WORDS = 8, 60
_LENGTH_DAMPING = 0.3

Rows = npt.NDArray[np.int64]
Voice = tuple[str, str]


def key_count(size: int, *, most: int) -> int:
    """Return how many keys a theme of a size deserves: about its binary logarithm, at least one and at most `most`."""
    return max(1, min(most, round(math.log2(size)))) if size > 1 else 1


def witnesses_of(themes: Sequence[Sequence[int]], *, contributions: Sequence[Contribution], candidates: Rows) -> Rows:
    """
    Return the rows that stand for all members of themes, in rising order: all of them, up to 1,000.

    Of more, the candidates and 500 others, which come first when the digests of their texts are sorted.
    """
    rows = sorted(row for members in themes for row in members)
    if len(rows) > MOST_COMPARED:
        known = set(candidates.tolist())
        others = sorted((text_digest(contributions[row].text), row) for row in rows if row not in known)
        rows = sorted([*known, *(row for _, row in others[:MOST_WITNESSES])])
    return np.array(rows, dtype=np.int64)


def candidates_of(
    themes: Sequence[Sequence[int]], *, contributions: Sequence[Contribution], graph: sparse.csr_matrix
) -> Rows:
    """
    Return the rows that may become keys, in rising order: all of up to 1,000 members of themes.

    Of more, a theme has a part of 300 places as large as its part of the members and at least one, the largest themes
    first; the smallest of very many themes have none. Within a theme they come from the half nearest to others.
    """
    total = sum(map(len, themes))
    if total <= MOST_COMPARED:
        return np.array(sorted(row for members in themes for row in members), dtype=np.int64)
    nearness = np.asarray(graph.sum(axis=1), dtype=np.float64).ravel()
    chosen: list[int] = []
    for members in sorted(themes, key=lambda members: (-len(members), min(members))):
        count = min(max(1, round(MOST_CANDIDATES * len(members) / total)), MOST_CANDIDATES - len(chosen))
        chosen.extend(_spread(members, contributions, nearness, count=count))
    return np.array(sorted(chosen), dtype=np.int64)


def voices_of(contribution: Contribution, *, campaigns: Mapping[str, str]) -> frozenset[Voice]:
    """Return whom a contribution speaks for: its author, its organisation, and its campaign."""
    named = (
        ("author", contribution.author),
        ("organisation", contribution.organisation),
        ("campaign", campaigns.get(contribution.id, "")),
    )
    return frozenset(voice for voice in named if voice[1])


def quotability(text: str) -> float:
    """Return how well a text can be quoted (0 to 1): less for under 8 words, and less the longer it is beyond 60."""
    words = max(1, word_count(text[:20_000]))
    if words < _LEAST_WORDS:
        return 0.4 + 0.6 * words / _LEAST_WORDS
    return float(min(1.0, _MOST_WORDS / words) ** _LENGTH_DAMPING)


def _spread(
    members: Sequence[int], contributions: Sequence[Contribution], nearness: npt.NDArray[np.float64], *, count: int
) -> list[int]:
    """Return some of the half of a theme that is nearest to others, by the digests of texts, in turn by sector."""
    nearest = sorted(members, key=lambda row: (-round(float(nearness[row]), 6), row))[: max(count, len(members) // 2)]
    ranks: Counter[str] = Counter()
    order: list[tuple[int, int, int]] = []
    for row in sorted(nearest, key=lambda row: (text_digest(contributions[row].text), row)):
        sector = contributions[row].sector
        order.append((ranks[sector], len(order), row))
        ranks[sector] += 1
    return [row for _, _, row in sorted(order)][:count]
