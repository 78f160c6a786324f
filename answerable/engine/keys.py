"""
Choose the key contributions of a theme: few, verbatim, and near to what everybody in it said.

Facility location (Nemhauser, Wolsey and Fisher, 1978: the greedy choice is within 1 - 1/e of the best) with each
sector weighing the same, a quota of places for each sector, and one place for an author, organisation or campaign.
How often something was agreed with plays no part.
"""

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import sparse

from answerable.engine.neighbours import smoothed
from answerable.engine.records import Contribution, Role
from answerable.engine.vectors.embedder import Vectors, dense
from answerable.engine.writing_systems import word_count

_MOST_CANDIDATES = 300
_WORDS_OF_A_GOOD_QUOTE = 8
_LENGTH_DAMPING = 0.3
_MOST_RANKED = 100

Similarities = npt.NDArray[np.float32]


@dataclass(frozen=True)
class ChosenKeys:
    """
    Hold the key contributions of a theme of m members.

    `places` are their rows among the members, in the order chosen; `roles` say why each; `nearest` and `similarity`,
    both of shape (m,), give each member's nearest key (an index into `places`) and how near it is.
    """

    places: tuple[int, ...]
    roles: tuple[Role, ...]
    nearest: npt.NDArray[np.int64]
    similarity: Similarities


def choose_keys(
    members: Sequence[Contribution],
    *,
    vectors: Vectors,
    graph: sparse.csr_matrix,
    campaigns: Mapping[str, str],
    most: int,
) -> ChosenKeys:
    """Return the keys of a theme; `graph` joins its members, `campaigns` maps letters to their campaign."""
    candidates = _candidates(members, vectors)
    similarity = smoothed(dense(vectors @ vectors[candidates].T), graph=graph)
    similarity[candidates, np.arange(len(candidates))] = 1.0
    choice = _Choice(members, candidates, similarity, campaigns)
    choice.fill(min(most, _key_count(len(members))))
    chosen = similarity[:, choice.columns]
    nearest = chosen.argmax(axis=1)
    best = np.clip(chosen[np.arange(len(members)), nearest], 0.0, 1.0)
    return ChosenKeys(tuple(candidates[column] for column in choice.columns), choice.roles(), nearest, best)


def rank_keys(
    contributions: Sequence[Contribution],
    *,
    keys: Sequence[int],
    vectors: Vectors,
    graph: sparse.csr_matrix,
    campaigns: Mapping[str, str],
) -> list[int]:
    """
    Return the rows of a question's keys in the order to read them: any first few speak for as much as they can.

    The first hundred are ranked by facility location over the whole question; the others follow as they were given.
    """
    if not keys:
        return []
    similarity = smoothed(dense(vectors @ vectors[list(keys)].T), graph=graph)
    choice = _Choice(contributions, keys, similarity, campaigns)
    choice.fill(min(_MOST_RANKED, len(keys)))
    ranked = [keys[column] for column in choice.columns]
    return ranked + [row for row in keys if row not in set(ranked)]


class _Choice:
    """Pick candidates one after the other, each time the one that brings the most to those not yet spoken for."""

    def __init__(
        self,
        members: Sequence[Contribution],
        candidates: Sequence[int],
        similarity: Similarities,
        campaigns: Mapping[str, str],
    ) -> None:
        self.sectors = [members[row].sector for row in candidates]
        self.voices = [_voices(members[row], campaigns) for row in candidates]
        self.quality = np.array([_quality(members[row].text) for row in candidates])
        self.similarity = similarity
        self.weights = _sector_weights(members)
        self.columns: list[int] = []

    def fill(self, count: int) -> None:
        """
        Pick up to `count` candidates.

        After each pick no sector has more than its even share of the places, rounded up; that is given up only when
        no other sector has a candidate left.
        """
        reached = np.zeros(len(self.similarity))
        while len(self.columns) < count:
            quota = math.ceil((len(self.columns) + 1) / len(set(self.sectors)))
            gains = (self.weights[:, None] * np.maximum(self.similarity - reached[:, None], 0)).sum(axis=0)
            column = self._best(np.round(gains * self.quality, 9), quota)
            if column is None:
                return
            self.columns.append(column)
            reached = np.maximum(reached, self.similarity[:, column])

    def roles(self) -> tuple[Role, ...]:
        """Return why each was chosen."""
        roles: list[Role] = []
        heard: set[str] = set()
        for column in self.columns:
            sector = self.sectors[column]
            is_new = bool(sector) and sector not in heard
            roles.append("typical" if not roles else "another sector" if is_new and heard else "further point")
            if sector:
                heard.add(sector)
        return tuple(roles)

    def _best(self, gains: npt.NDArray[np.float64], quota: int) -> int | None:
        """Return the candidate with the greatest gain that is allowed, the first of equals."""
        heard = {voice for column in self.columns for voice in self.voices[column]}
        places = Counter(self.sectors[column] for column in self.columns)
        open_columns = [
            column
            for column in range(len(self.sectors))
            if gains[column] > 0 and column not in self.columns and not heard & self.voices[column]
        ]
        within = [column for column in open_columns if places[self.sectors[column]] < quota]
        return max(within or open_columns, key=lambda column: (gains[column], -column), default=None)


def _key_count(size: int) -> int:
    """Return how many keys a theme of a size deserves: about its binary logarithm."""
    return max(1, round(math.log2(size))) if size > 1 else 1


def _candidates(members: Sequence[Contribution], vectors: Vectors) -> list[int]:
    """Return the rows that may become keys: all, or the 300 nearest the middle, taken in turn from each sector."""
    if len(members) <= _MOST_CANDIDATES:
        return list(range(len(members)))
    middle = np.asarray(vectors @ np.asarray(vectors.sum(axis=0)).ravel()).ravel()
    ranks: Counter[str] = Counter()
    order = []
    for row in np.argsort(-np.round(middle, 6), kind="stable"):
        sector = members[int(row)].sector
        order.append((ranks[sector], int(row)))
        ranks[sector] += 1
    return sorted(row for _, row in sorted(order)[:_MOST_CANDIDATES])


def _sector_weights(members: Sequence[Contribution]) -> npt.NDArray[np.float64]:
    """Return a weight for each member, so that all sectors together weigh the same, shape (m,)."""
    sizes = Counter(member.sector for member in members)
    return np.array([1.0 / (len(sizes) * sizes[member.sector]) for member in members])


def _voices(member: Contribution, campaigns: Mapping[str, str]) -> frozenset[tuple[str, str]]:
    """Return whom a contribution speaks for; each has at most one place in a theme."""
    named = (
        ("author", member.author),
        ("organisation", member.organisation),
        ("campaign", campaigns.get(member.id, "")),
    )
    return frozenset(voice for voice in named if voice[1])


def _quality(text: str) -> float:
    """Return how well a text stands for others: less for a few words, and the less the more else it says."""
    words = max(1, word_count(text[:20_000]))
    if words < _WORDS_OF_A_GOOD_QUOTE:
        return 0.4 + 0.6 * words / _WORDS_OF_A_GOOD_QUOTE
    return float((_WORDS_OF_A_GOOD_QUOTE / words) ** _LENGTH_DAMPING)
