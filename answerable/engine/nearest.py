"""Find the nearest texts among many at the price of a few dense products."""

import numpy as np
import numpy.typing as npt
from scipy import sparse

from answerable.engine.products import Factor, compact
from answerable.engine.vectors.embedder import Vectors, dense

_CELLS_AT_A_TIME = 16_000_000
_GROUP = 16
ALL_PAIRS_UP_TO = 40_000
_TEXTS_IN_A_CELL = 2_500
_CELLS_SEARCHED = 8
_AXES_OF_CELLS = 512
_ROUNDS_OF_CELLS = 4

Rows = npt.NDArray[np.int64]
Cosines = npt.NDArray[np.float32]


def nearest_pairs(vectors: Vectors, *, wanted: int, least: float) -> tuple[Rows, Rows, npt.NDArray[np.float64]]:
    """
    Return row, column and cosine of the `wanted` nearest other rows of each row, those above `least`, in order.

    Every row is compared with every other up to 40,000 rows; above, with those in the eight cells nearest to it, of
    about 2,500 rows each.
    """
    size = vectors.shape[0]
    (narrow,) = compact(vectors)
    nearest = _Nearest(size, wanted)
    if size > ALL_PAIRS_UP_TO:
        _search_cells(nearest, narrow)
    elif size > 1:
        nearest.search_all(Factor(narrow))
    first, second, cosines = nearest.pairs()
    near = cosines > least
    first, second, cosines = first[near], second[near], cosines[near]
    order = np.argsort(first * size + second, kind="stable")
    return first[order], second[order], cosines[order].astype(np.float64)


def _search_cells(nearest: "_Nearest", vectors: sparse.csr_matrix) -> None:
    """Compare every row with the rows in the cells it is nearest to."""
    points, middles = _cells(vectors)
    nearness = np.round(points @ middles.T, 4)
    searched = np.argsort(-nearness, axis=1, kind="stable")[:, :_CELLS_SEARCHED]
    for cell in range(len(middles)):
        targets = np.flatnonzero(searched[:, 0] == cell)
        if len(targets):
            rows = np.flatnonzero((searched == cell).any(axis=1))
            nearest.search(vectors, rows, targets)


def _cells(vectors: Vectors) -> tuple[Cosines, Cosines]:
    """
    Return for each row where it is, and where the middle of each cell is, shapes (n, axes) and (cells, axes).

    A few rounds of k-means on the most telling columns, from rows evenly spread to begin with; it only decides what
    is compared, so near enough will do.
    """
    size = vectors.shape[0]
    strength = np.asarray(vectors.multiply(vectors).sum(axis=0)).ravel()
    columns = np.argsort(-np.round(strength, 6), kind="stable")[:_AXES_OF_CELLS]
    points = _unit(dense(vectors[:, columns]))
    count = -(-size // _TEXTS_IN_A_CELL)
    middles = points[np.linspace(0, size - 1, count).astype(np.int64)]
    for _ in range(_ROUNDS_OF_CELLS):
        cells = np.round(points @ middles.T, 4).argmax(axis=1)
        ones = np.ones(size, dtype=np.float32)
        sums = sparse.csr_matrix((ones, (cells, np.arange(size))), shape=(count, size)) @ points
        middles = _unit(np.asarray(sums, dtype=np.float32))
    return points, middles


class _Nearest:
    """Choose for each of n rows the `wanted` other rows that are nearest, of equals those that come first."""

    def __init__(self, size: int, wanted: int) -> None:
        self.size = size
        self.wanted = wanted
        self.floors = np.full(size, 1e-6, dtype=np.float32)
        self.found: list[tuple[Rows, Rows, Cosines]] = []

    def search_all(self, factor: Factor) -> None:
        """Compare every row with every other; each pair is worked out once and serves both."""
        everything = np.arange(self.size, dtype=np.int64)
        step = max(1, _CELLS_AT_A_TIME // self.size)
        for first in range(0, self.size, step):
            rows, beyond = everything[first : first + step], everything[first + step :]
            similarity = factor.times_own(rows, first=first)
            similarity[rows - first, rows - first] = -1.0
            self._keep(similarity, rows, everything[first:])
            if len(beyond):
                self._keep(np.ascontiguousarray(similarity[:, len(rows) :].T), beyond, rows)

    def search(self, vectors: sparse.csr_matrix, rows: Rows, targets: Rows) -> None:
        """Compare some rows with some others, which rise; what was found elsewhere is not looked for again."""
        factor = Factor(vectors[targets])
        step = max(1, _CELLS_AT_A_TIME // len(targets))
        for begin in range(0, len(rows), step):
            some = rows[begin : begin + step]
            similarity = factor.times(vectors[some])
            places = np.minimum(np.searchsorted(targets, some), len(targets) - 1)
            itself = np.flatnonzero(targets[places] == some)
            similarity[itself, places[itself]] = -1.0
            self._keep(similarity, some, targets)

    def _keep(self, similarity: Cosines, rows: Rows, columns: Rows) -> None:
        """
        Keep the pairs of rows and columns that may be among the nearest of their rows.

        The highest values of groups of columns give a floor that `wanted` values are sure to reach, at one look each.
        """
        count, width = similarity.shape
        groups = width // _GROUP
        if groups > self.wanted:
            tops = similarity[:, : groups * _GROUP].reshape(count, _GROUP, groups).max(axis=1)
            tops.partition(groups - self.wanted, axis=1)
            self.floors[rows] = np.maximum(self.floors[rows], tops[:, groups - self.wanted])
        places = np.flatnonzero(similarity >= self.floors[rows][:, None])
        self.found.append((rows[places // width], columns[places % width], similarity.ravel()[places]))

    def pairs(self) -> tuple[Rows, Rows, Cosines]:
        """Return of the pairs that were kept the nearest of each row."""
        nothing: Rows = np.zeros(0, dtype=np.int64)
        found = self.found or [(nothing, nothing, np.zeros(0, dtype=np.float32))]
        first, second, near = (np.concatenate(part) for part in zip(*found, strict=True))
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
