"""Make one column of those that say the same, so that products of texts cost less and come to the same."""

import numpy as np
import numpy.typing as npt
from scipy import sparse

from answerable.engine.vectors.embedder import Vectors

_LARGEST_COUNT_BITS = 24
# Sums of as many as 2^20 of these are whole numbers that a float64 holds.
_MARK_BITS = 33
_SEEDS = (0x9E3779B97F4A7C15, 0xD1B54A32D192ED03, 0x8CB92BA72F3D8DD7)


def without_same_columns(vectors: Vectors, *, counts: Vectors, weights: npt.NDArray[np.float32]) -> Vectors:
    """
    Return vectors with fewer columns and the same products, rows in the same order.

    Columns that the same texts have, equally often, differ in their weights alone: the beginnings of four, five and
    six letters of one long word, say. One of them stands for all, as long as they were together. `counts` says how
    often each text has what a column stands for, `weights` what it weighs, shape (columns,); both and `vectors` have
    an entry in the same places.
    """
    marks = _marks(counts)
    used = np.flatnonzero(marks[0])
    order = used[np.lexsort(np.array([-weights[used], *(mark[used] for mark in marks)]))]
    is_first = np.ones(len(order), dtype=bool)
    is_first[1:] = np.any([mark[order][1:] != mark[order][:-1] for mark in marks], axis=0)
    groups = np.cumsum(is_first) - 1
    lengths = np.sqrt(np.bincount(groups, weights=weights[order].astype(np.float64) ** 2))
    heaviest = order[is_first]
    factors = np.zeros(counts.shape[1], dtype=np.float32)
    factors[heaviest] = lengths / np.where(weights[heaviest] > 0, weights[heaviest], 1.0)
    is_kept = np.zeros(counts.shape[1], dtype=bool)
    is_kept[heaviest] = True
    return _kept(vectors, is_kept=is_kept, factors=factors)


def _marks(counts: Vectors) -> list[npt.NDArray[np.float64]]:
    """
    Return for each column numbers that are equal where the same rows have it equally often, first how many have it.

    Each row and count has a number as if by chance, of 33 bits, three times over; a mark is the sum of a column's.
    Columns that differ have the same marks once in 2^99 pairs.
    """
    rows = np.repeat(np.arange(counts.shape[0], dtype=np.uint64), np.diff(counts.indptr))
    entries = (rows << np.uint64(_LARGEST_COUNT_BITS)) | counts.data.astype(np.uint64)
    width = counts.shape[1]
    having = np.bincount(counts.indices, minlength=width).astype(np.float64)
    sums = [np.bincount(counts.indices, weights=_mixed(entries, seed), minlength=width) for seed in _SEEDS]
    return [having, *(np.asarray(one, dtype=np.float64) for one in sums)]


def _mixed(entries: npt.NDArray[np.uint64], seed: int) -> npt.NDArray[np.float64]:
    """Return a number of 33 bits for each entry that looks as if drawn by chance (Steele et al., SplitMix, 2014)."""
    mixed = entries + np.uint64(seed)
    mixed = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return (mixed >> np.uint64(64 - _MARK_BITS)).astype(np.float64)


def _kept(vectors: Vectors, *, is_kept: npt.NDArray[np.bool_], factors: npt.NDArray[np.float32]) -> Vectors:
    """Return some columns of vectors, numbered anew, each times its factor."""
    numbers = (np.cumsum(is_kept) - 1).astype(np.int32)
    kept = is_kept[vectors.indices]
    ends = np.concatenate(([0], np.cumsum(kept)))[vectors.indptr]
    columns = vectors.indices[kept]
    return sparse.csr_matrix(
        (vectors.data[kept] * factors[columns], numbers[columns], ends.astype(vectors.indptr.dtype)),
        shape=(vectors.shape[0], max(1, int(is_kept.sum()))),
    )
