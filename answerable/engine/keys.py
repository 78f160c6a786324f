"""
Choose the key contributions of a question: few, verbatim, near to what everybody said, each with a point of its own.

Facility location (Nemhauser, Wolsey and Fisher, 1978) over how likely two contributions make the same point and over
their cosine, times how likely a candidate repeats none of those chosen before. All sectors weigh the same and have
even places; one that is spoken for less well weighs more and comes first. An author, organisation or campaign has one
place. How often something was agreed with plays no part.
"""

import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import sparse

from answerable.engine.affinity import Numbers, cosines_among, makes_a_point, same_point
from answerable.engine.candidates import candidates_of, key_count, quotability, voices_of, witnesses_of
from answerable.engine.concepts.comparing import nearness
from answerable.engine.gains import Gains
from answerable.engine.neighbours import smoothed
from answerable.engine.records import Contribution, Role
from answerable.engine.vectors.embedder import Vectors

_MOST_FURTHER_KEYS = 100
_COSINE_EXPONENTS = (0.5, 1.0, 2.0, 4.0)
_LEAST_KEPT = 0.995
_FEWEST_KEYS, _FIRST_KEYS, _MOST_COUNTED = 5, 20, 100
_CATCHING_UP = 8.0
_EVEN_ENOUGH = 0.98
_MOST_LIKELY = 0.99
_LEAST_MEAN = 0.001
_TINY = 1e-9
_DECIMALS = 9


@dataclass(frozen=True)
class ChosenKey:
    """Hold a key contribution by its row in the question, the number of its theme, and why it was chosen."""

    row: int
    theme: int
    role: Role


@dataclass(frozen=True)
class Reach:
    """
    Hold how the m members of a theme are spoken for by its keys.

    `nearest` gives each member's nearest key as an index into the theme's keys, `similarity` how near it is (0 to 1);
    both have shape (m,).
    """

    nearest: npt.NDArray[np.int64]
    similarity: npt.NDArray[np.float32]


@dataclass(frozen=True)
class Question:
    """
    Hold what keys are chosen from: the contributions to one question in one language, and what joins them.

    `themes` are rows of `contributions`, each row in at most one; `likeness` has a row for each contribution, `graph`
    joins neighbours, and `campaigns` maps the ids of letters to their campaign.
    """

    contributions: Sequence[Contribution]
    themes: Sequence[Sequence[int]]
    likeness: Vectors
    graph: sparse.csr_matrix
    campaigns: Mapping[str, str]


def choose_keys(question: Question, *, most: int) -> list[ChosenKey]:
    """
    Return the keys of a question in the order to read them: any first few speak for as much as so few can.

    Each theme gets at least one and at most `most`, about the binary logarithm of its size; when a hundred more than
    one for each theme were chosen, only themes without any get another. The smallest of very many themes come last,
    each with the one of its members nearest to others.
    """
    if not question.themes:
        return []
    chosen = _Choice(question, most).keys()
    return [*chosen, *_single_keys(question, chosen)]


def reach_of_keys(
    themes: Sequence[tuple[Sequence[int], Sequence[int]]],
    *,
    vectors: Vectors,
    concepts: Vectors,
    graph: sparse.csr_matrix,
) -> Iterator[Reach]:
    """
    Yield for each theme, given by the rows of its members and of its keys, how near these are by words and concepts.

    It is smoothed over the neighbours in the theme; `vectors` and `concepts` have a row for each contribution, and no
    row is in two themes.
    """
    most = max((len(keys) for _, keys in themes), default=0)
    similarity = np.zeros((vectors.shape[0], most), dtype=np.float32)
    theme_of = np.full(vectors.shape[0], -1, dtype=np.int64)
    by_words, by_concepts = _Columns(vectors), _Columns(concepts)
    for number, (members, keys) in enumerate(themes):
        rows = np.asarray(members)
        near = nearness(by_words.products(rows, keys), concepts=by_concepts.products(rows, keys))
        similarity[rows, : len(keys)] = near
        theme_of[rows] = number
    similarity = smoothed(similarity, graph=_within(graph, theme_of))
    for members, keys in themes:
        yield _reach(similarity[np.asarray(members), : len(keys)], members=members, keys=keys)


class _Columns:
    """Multiply some rows with a few others, again and again, at the price of what they hold."""

    def __init__(self, vectors: Vectors) -> None:
        self._vectors = vectors
        self._empty: dict[int, npt.NDArray[np.float32]] = {}

    def products(self, rows: npt.NDArray[np.int64], others: Sequence[int]) -> npt.NDArray[np.float32]:
        """Return the products of rows with others, shape (rows, others)."""
        vectors, width = self._vectors, len(others)
        plain = self._empty.setdefault(width, np.zeros((vectors.shape[1], width), dtype=np.float32))
        spans = [slice(vectors.indptr[row], vectors.indptr[row + 1]) for row in others]
        for column, span in enumerate(spans):
            plain[vectors.indices[span], column] = vectors.data[span]
        found: npt.NDArray[np.float32] = vectors[rows] @ plain
        for span in spans:
            plain[vectors.indices[span]] = 0.0
        return found


def _within(graph: sparse.csr_matrix, theme_of: npt.NDArray[np.int64]) -> sparse.csr_matrix:
    """Return the graph with only the joins between members of the same theme."""
    owners = np.repeat(np.arange(graph.shape[0]), np.diff(graph.indptr))
    kept = (theme_of[owners] == theme_of[graph.indices]) & (theme_of[owners] >= 0)
    ends = np.concatenate(([0], np.bincount(owners[kept], minlength=graph.shape[0]).cumsum()))
    return sparse.csr_matrix((graph.data[kept], graph.indices[kept], ends), shape=graph.shape)


def _reach(similarity: npt.NDArray[np.float32], *, members: Sequence[int], keys: Sequence[int]) -> Reach:
    """Return the reach of a theme's keys; each key is nearest to itself."""
    places = {row: place for place, row in enumerate(members)}
    own = [places[key] for key in keys]
    similarity[own] = -1.0
    similarity[own, np.arange(len(own))] = 1.0
    nearest = similarity.argmax(axis=1)
    return Reach(nearest, np.clip(similarity[np.arange(len(members)), nearest], 0.0, 1.0))


def _single_keys(question: Question, chosen: Sequence[ChosenKey]) -> Iterator[ChosenKey]:
    """Yield one key for each theme without any: from a voice not heard so far and a sector with few places, if any."""
    contributions, campaigns = question.contributions, question.campaigns
    nearness = np.round(np.asarray(question.graph.sum(axis=1), dtype=np.float64).ravel(), _DECIMALS)
    heard = {voice for key in chosen for voice in voices_of(contributions[key.row], campaigns=campaigns)}
    places = Counter(contributions[key.row].sector for key in chosen)
    known = {key.theme for key in chosen}

    def standing(row: int) -> tuple[bool, int, float, int]:
        one = contributions[row]
        is_fresh = not heard & voices_of(one, campaigns=campaigns)
        return is_fresh, -places[one.sector], float(nearness[row]), -row

    for theme, rows in enumerate(question.themes):
        if theme not in known:
            best = max(rows, key=standing)
            heard |= voices_of(contributions[best], campaigns=campaigns)
            places[contributions[best].sector] += 1
            yield ChosenKey(best, theme, "typical")


class _Choice:
    """Choose among the candidates of one question, evenly by sector as long as that costs little nearness."""

    def __init__(self, question: Question, most: int) -> None:
        contributions, themes, graph = question.contributions, question.themes, question.graph
        theme_of = {row: number for number, rows in enumerate(themes) for row in rows}
        self.rows = candidates_of(themes, contributions=contributions, graph=graph)
        witnesses = witnesses_of(themes, contributions=contributions, candidates=self.rows)
        places = np.searchsorted(witnesses, self.rows)
        chosen = [contributions[row] for row in self.rows]
        self.themes = np.array([theme_of[int(row)] for row in self.rows])
        self.room = np.array([key_count(len(rows), most=most) for rows in themes])
        self.sectors = [one.sector for one in chosen]
        self.sectors_of_witnesses = [contributions[row].sector for row in witnesses]
        self.voices = [voices_of(one, campaigns=question.campaigns) for one in chosen]
        cosines = cosines_among(question.likeness[witnesses])
        self.cosines = np.maximum(cosines[:, places], 0.0)
        self.same = same_point(cosines, graph=graph, rows=witnesses, places=places)
        self.repeated = self.same[places]
        worth = makes_a_point(graph)
        self.worth = worth[witnesses]
        self.standing = np.log(worth[self.rows] * np.array([quotability(one.text) for one in chosen]))

    def keys(self) -> list[ChosenKey]:
        """Return all keys, the best first."""
        picking = self._even_picking()
        picking.pick(len(self.rows))
        columns = picking.columns
        rows, themes = self.rows[columns], self.themes[columns]
        roles = self._roles(columns)
        return [ChosenKey(int(row), int(theme), role) for row, theme, role in zip(rows, themes, roles, strict=True)]

    def _even_picking(self) -> "_Picking":
        """Return the first keys, chosen with as much weight on nearness as sectors take to be even at little cost."""
        blind = _Picking(self, [""] * len(self.rows), [""] * len(self.same), 0.0)
        blind.pick(_FIRST_KEYS)
        if len(set(self.sectors_of_witnesses)) == 1:
            return blind
        tried = []
        for exponent in _COSINE_EXPONENTS:
            even = _Picking(self, self.sectors, self.sectors_of_witnesses, exponent)
            even.pick(_FIRST_KEYS)
            is_near = even.nearness() >= _LEAST_KEPT * blind.nearness()
            if is_near and even.evenness() >= _EVEN_ENOUGH:
                return even
            tried.append((is_near, even.evenness(), -exponent, even))
        return max(tried, key=lambda one: one[:-1])[-1]

    def _roles(self, columns: Sequence[int]) -> list[Role]:
        """Return why each was chosen: as the first of its theme, the first of a sector in it, or for what it adds."""
        roles: list[Role] = []
        heard: dict[int, set[str]] = {}
        for column in columns:
            theme, sector = int(self.themes[column]), self.sectors[column]
            is_first = theme not in heard
            sectors = heard.setdefault(theme, set())
            is_another = bool(sector) and bool(sectors) and sector not in sectors
            roles.append("typical" if is_first else "another sector" if is_another else "further point")
            if sector:
                sectors.add(sector)
        return roles


class _Picking:
    """Pick candidates one after the other, each time the one that brings the most that is new."""

    def __init__(
        self, choice: _Choice, sectors: Sequence[str], sectors_of_witnesses: Sequence[str], exponent: float
    ) -> None:
        self.choice = choice
        self.sectors = sectors
        self.exponent = exponent
        self.balance = _Balance(sectors_of_witnesses)
        self.standing = choice.standing
        self.points = Gains(choice.same, weights=choice.worth, groups=self.balance.numbers)
        self.near = Gains(choice.cosines, weights=np.ones(len(choice.same)), groups=self.balance.numbers)
        self.columns: list[int] = []
        self._means: list[float] = []
        self._ratios: list[float] = []

    def pick(self, count: int) -> None:
        """Pick until there are `count`, or no candidate is left that may be chosen."""
        while len(self.columns) < count:
            lagging = self.balance.lagging(self.near.reached)
            column = self._best(self._scores(), lagging=lagging)
            if column is None:
                return
            self.columns.append(column)
            repeats = np.minimum(self.choice.repeated[:, column], _MOST_LIKELY)
            self.standing = self.standing + np.log(1.0 - repeats)
            if len(self.columns) <= _MOST_COUNTED:
                self.points.take(column)
                self.near.take(column)
            self._means.append(float(self.near.reached.mean()))
            self._ratios.append(self.balance.ratio(self.near.reached))

    def nearness(self) -> float:
        """Return how near all witnesses are to the nearest of the keys, in the mean over the first one to twenty."""
        return round(float(np.mean(self._means[:_FIRST_KEYS])), _DECIMALS)

    def evenness(self) -> float:
        """Return the lowest mean nearness of a sector over the highest, in the mean over the first five to twenty."""
        return round(float(np.mean(self._ratios[_FEWEST_KEYS - 1 : _FIRST_KEYS] or self._ratios[-1:])), _DECIMALS)

    def _scores(self) -> Numbers:
        """Return what each candidate brings."""
        weights = self.balance.weights(self.near.reached)
        points = np.maximum(weights @ self.points.by_group, 0.0)
        nearness = np.maximum(weights @ self.near.by_group, 0.0)
        scores = np.log(points + _TINY) + self.exponent * np.log(nearness + _TINY) + self.standing
        return np.asarray(np.round(scores, _DECIMALS))

    def _best(self, scores: Numbers, *, lagging: str | None) -> int | None:
        """Return the best candidate that may still be chosen, the first of equals; None when there is none."""
        themes, voices = self.choice.themes, self.choice.voices
        taken = np.bincount(themes[self.columns], minlength=len(self.choice.room))
        further = int(np.maximum(taken - 1, 0).sum())
        limits = self.choice.room if further < _MOST_FURTHER_KEYS else np.minimum(self.choice.room, 1)
        has_room = (taken < limits)[themes]
        has_room[self.columns] = False
        room = np.flatnonzero(has_room).tolist()
        heard = {voice for column in self.columns for voice in voices[column]}
        fresh = [column for column in room if not heard & voices[column]]
        # A theme of which every voice was heard in other themes still needs its one key.
        unspoken = [column for column in room if taken[themes[column]] == 0]
        allowed = self._by_sector(fresh, lagging=lagging) or fresh or unspoken
        return max(allowed, key=lambda column: (scores[column], -column), default=None)

    def _by_sector(self, columns: Sequence[int], *, lagging: str | None) -> list[int]:
        """Return the candidates of the lagging sector, else of all, whose sector has less than its even share."""
        places = Counter(self.sectors[column] for column in self.columns)
        quota = math.ceil((len(self.columns) + 1) / len(set(self.sectors)))
        within = [column for column in columns if places[self.sectors[column]] < quota]
        return [column for column in within if self.sectors[column] == lagging] or within


class _Balance:
    """Weigh sectors so that all count the same, and one that is spoken for less well counts more."""

    def __init__(self, sectors: Sequence[str]) -> None:
        self._names = sorted(set(sectors))
        numbers = {name: number for number, name in enumerate(self._names)}
        self.numbers = np.array([numbers[sector] for sector in sectors])
        self._sizes = np.bincount(self.numbers, minlength=len(self._names)).astype(np.float64)

    def weights(self, near: Numbers) -> Numbers:
        """Return a weight for a witness of each sector, given how near each witness is to the keys chosen so far."""
        means = self._means(near)
        return np.asarray((means.max() / means) ** _CATCHING_UP / (len(means) * self._sizes))

    def lagging(self, near: Numbers) -> str | None:
        """Return the sector that the keys speak for least well, None when that is nearly as well as for the others."""
        means = self._means(near)
        return None if self.ratio(near) >= _EVEN_ENOUGH else self._names[int(means.argmin())]

    def ratio(self, near: Numbers) -> float:
        """Return the lowest mean nearness of a sector over the highest."""
        means = self._means(near)
        return float(means.min() / means.max())

    def _means(self, near: Numbers) -> Numbers:
        """Return for each sector how near its witnesses are to a key in the mean."""
        means = np.bincount(self.numbers, weights=near, minlength=len(self._sizes)) / self._sizes
        return np.maximum(np.round(means, _DECIMALS), _LEAST_MEAN)
