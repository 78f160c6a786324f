"""Find the nearest texts among many at the price of a few dense products."""

import numpy as np
import numpy.typing as npt

from answerable.engine.likely import likely_pairs
from answerable.engine.products import Factor, compact
from answerable.engine.vectors.embedder import Vectors

_CELLS_AT_A_TIME = 16_000_000
_GROUP = 16
ALL_PAIRS_UP_TO = 30_000

Rows = npt.NDArray[np.int64]
Cosines = npt.NDArray[np.float32]


def nearest_pairs(vectors: Vectors, *, wanted: int, least: float) -> tuple[Rows, Rows, npt.NDArray[np.float64]]:
    """
    Return row, column and cosine of the `wanted` nearest other rows of each row, those above `least`, in order.

    Every row is compared with every other up to 30,000 rows; above, with those that are likely to be near.
    """
    size = vectors.shape[0]
    nearest = _Nearest(size, wanted)
    if size > ALL_PAIRS_UP_TO:
        nearest.found.append(likely_pairs(vectors, wanted=wanted))
    elif size > 1:
        (narrow,) = compact(vectors)
        nearest.search_all(Factor(narrow))
    first, second, cosines = nearest.pairs()
    near = cosines > least
    first, second, cosines = first[near], second[near], cosines[near]
    order = np.argsort(first * size + second, kind="stable")
    return first[order], second[order], cosines[order].astype(np.float64)


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

    def _keep(self, similarity: Cosines, rows: Rows, columns: Rows) -> None:
        """
        Keep the pairs of rows and columns that may be among the nearest of their rows.

        The highest values of groups of columns give a floor that `wanted` values are sure to reach, at one look each.
        """
        count, width = similarity.shape
        in_a_group = max(1, min(_GROUP, width // (2 * self.wanted)))
        groups = width // in_a_group
        if groups > self.wanted:
            tops = similarity[:, : groups * in_a_group].reshape(count, in_a_group, groups).max(axis=1)
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
