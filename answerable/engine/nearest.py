"""Find the nearest texts among many at the price of a few dense products."""

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt
from scipy import sparse

from answerable.engine.products import Factor, compact
from answerable.engine.vectors.embedder import Vectors, dense

_CELLS_AT_A_TIME = 16_000_000
_GROUP = 16
ALL_PAIRS_UP_TO = 30_000
_TEXTS_IN_A_CELL = 5_000
_CELLS_SEARCHED = 4
_AXES_OF_CELLS = 512
_ROUNDS_OF_CELLS = 4

Rows = npt.NDArray[np.int64]
Cosines = npt.NDArray[np.float32]


def nearest_pairs(vectors: Vectors, *, wanted: int, least: float) -> tuple[Rows, Rows, npt.NDArray[np.float64]]:
    """
    Return row, column and cosine of the `wanted` nearest other rows of each row, those above `least`, in order.

    Every row is compared with every other up to 30,000 rows; above, with those of the four cells of about five
    thousand rows nearest to its own, of which each row is in one.
    """
    size = vectors.shape[0]
    found = []
    (narrow,) = compact(vectors)
    for queries, targets in _searches(vectors):
        among = narrow[targets] if len(targets) < size else narrow
        candidates = _Nearest(among, min(wanted, len(targets) - 1))
        whole = len(queries) == len(targets)
        first, second, cosines = candidates.of_all() if whole else candidates.of_some(np.searchsorted(targets, queries))
        near = cosines > least
        found.append((targets[first[near]], targets[second[near]], cosines[near]))
    nothing: Rows = np.zeros(0, dtype=np.int64)
    found = found or [(nothing, nothing, np.zeros(0, dtype=np.float32))]
    first, second, cosines = (np.concatenate(part) for part in zip(*found, strict=True))
    order = np.argsort(first * size + second, kind="stable")
    return first[order], second[order], cosines[order].astype(np.float64)


def _searches(vectors: Vectors) -> Iterator[tuple[Rows, Rows]]:
    """Yield which rows are compared with which."""
    size = vectors.shape[0]
    everything = np.arange(size, dtype=np.int64)
    if size <= ALL_PAIRS_UP_TO:
        if size > 1:
            yield everything, everything
        return
    cells, middles = _cells(vectors)
    nearness = np.round(middles @ middles.T, 4)
    np.fill_diagonal(nearness, 2.0)
    near = np.argsort(-nearness, axis=1, kind="stable")[:, :_CELLS_SEARCHED]
    for cell in np.unique(cells):
        targets = np.flatnonzero(np.isin(cells, near[cell]))
        if len(targets) > 1:
            yield np.flatnonzero(cells == cell), targets


def _cells(vectors: Vectors) -> tuple[Rows, Cosines]:
    """
    Return the cell of each row, shape (n,), and the middle of each cell, from rows evenly spread to begin with.

    A few rounds of k-means on the most telling columns; it only decides what is compared, so near enough will do.
    """
    size = vectors.shape[0]
    strength = np.asarray(vectors.multiply(vectors).sum(axis=0)).ravel()
    columns = np.argsort(-np.round(strength, 6), kind="stable")[:_AXES_OF_CELLS]
    points = _unit(dense(vectors[:, columns]))
    count = -(-size // _TEXTS_IN_A_CELL)
    middles = points[np.linspace(0, size - 1, count).astype(np.int64)]
    cells: Rows = np.zeros(size, dtype=np.int64)
    for _ in range(_ROUNDS_OF_CELLS):
        cells = np.asarray(np.round(points @ middles.T, 4).argmax(axis=1), dtype=np.int64)
        ones = np.ones(size, dtype=np.float32)
        sums = sparse.csr_matrix((ones, (cells, np.arange(size))), shape=(count, size)) @ points
        middles = _unit(np.asarray(sums, dtype=np.float32))
    return cells, middles


class _Nearest:
    """Choose for rows of a matrix the `wanted` other rows that are nearest, of equals those that come first."""

    def __init__(self, vectors: sparse.csr_matrix, wanted: int) -> None:
        self.factor = Factor(vectors)
        self.size = vectors.shape[0]
        self.wanted = wanted
        self.floors = np.full(self.size, 1e-6, dtype=np.float32)
        self.found: list[tuple[Rows, Rows, Cosines]] = []

    def of_all(self) -> tuple[Rows, Rows, Cosines]:
        """Return the nearest of every row; each pair is worked out once and serves both."""
        step = max(1, _CELLS_AT_A_TIME // self.size)
        for first in range(0, self.size, step):
            last = min(first + step, self.size)
            rows = np.arange(first, last, dtype=np.int64)
            similarity = self.factor.times_own(rows, first=first)
            similarity[rows - first, rows - first] = -1.0
            self._keep(similarity, rows, first)
            if last < self.size:
                beyond = np.ascontiguousarray(similarity[:, last - first :].T)
                self._keep(beyond, np.arange(last, self.size, dtype=np.int64), first)
        return self._pairs()

    def of_some(self, rows: Rows) -> tuple[Rows, Rows, Cosines]:
        """Return the nearest of some rows among all."""
        step = max(1, _CELLS_AT_A_TIME // self.size)
        for begin in range(0, len(rows), step):
            some = rows[begin : begin + step]
            similarity = self.factor.times_own(some)
            similarity[np.arange(len(some)), some] = -1.0
            self._keep(similarity, some, 0)
        return self._pairs()

    def _keep(self, similarity: Cosines, rows: Rows, first: int) -> None:
        """
        Keep the pairs that may be among the nearest of their rows; columns begin at `first`.

        The highest values of groups of columns give a floor that `wanted` values are sure to reach, at one look each.
        """
        count, width = similarity.shape
        groups = width // _GROUP
        if groups > self.wanted:
            tops = similarity[:, : groups * _GROUP].reshape(count, _GROUP, groups).max(axis=1)
            tops.partition(groups - self.wanted, axis=1)
            self.floors[rows] = np.maximum(self.floors[rows], tops[:, groups - self.wanted])
        places = np.flatnonzero(similarity >= self.floors[rows][:, None])
        self.found.append((rows[places // width], places % width + first, similarity.ravel()[places]))

    def _pairs(self) -> tuple[Rows, Rows, Cosines]:
        """Return of the pairs that were kept the nearest of each row."""
        first, second, near = (np.concatenate(part) for part in zip(*self.found, strict=True))
        above = near >= self.floors[first]
        first, second, near = first[above], second[above], near[above]
        order = np.lexsort((second, -near, first))
        kept = order[_ranks(first[order]) < self.wanted]
        return first[kept], second[kept], near[kept]


def _ranks(owners: Rows) -> Rows:
    """Return the place of each among those of the same owner, from 0; owners come one after the other."""
    if not len(owners):
        return owners
    begins = np.flatnonzero(np.concatenate(([True], owners[1:] != owners[:-1])))
    return np.arange(len(owners)) - np.repeat(begins, np.diff(np.append(begins, len(owners))))


def _unit(points: Cosines) -> Cosines:
    """Return rows of length 1; empty ones stay empty."""
    lengths = np.linalg.norm(points, axis=1, keepdims=True)
    lengths[lengths == 0] = 1.0
    return np.asarray(points / lengths, dtype=np.float32)
