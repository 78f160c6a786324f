"""
Find which of very many texts are near each other, at a price that grows as slowly as their number.

Two texts that are near each other share columns few others have. So each text is first compared by its rarest columns
alone, as many as cost about the same for every text, with all that have one of them; then by all its columns with the
best of those. Nothing is left to the order in which a processor adds up numbers: rows are summed one after the other.
"""

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt
from scipy import sparse

from answerable.engine.vectors.embedder import Vectors

_PRODUCTS_OF_A_TEXT = 20_000
_COLUMNS_AT_LEAST = 8
_CANDIDATES_FOR_ONE_WANTED = 6
_PRODUCTS_AT_A_TIME = 8_000_000
_ROWS_AT_A_TIME = 512
_CELLS_AT_A_TIME = 1_000_000
_GROUP = 8
_NOTHING = np.float32(1e-6)

Rows = npt.NDArray[np.int64]
Cosines = npt.NDArray[np.float32]


def likely_pairs(vectors: Vectors, *, wanted: int) -> tuple[Rows, Rows, Cosines]:
    """
    Return row, column and cosine of pairs that hold most of the `wanted` nearest other rows of each row.

    Each pair comes both ways, rows rise, and of each row no more are returned than `wanted`, but for those that are
    equally near. A row is compared by its rarest columns with all others (20,000 products, at least eight columns),
    and by all columns with the best six of them for each one wanted.
    """
    ranked, numbers = _rarest_first(vectors)
    pairs = _candidates(ranked, numbers=numbers, wanted=_CANDIDATES_FOR_ONE_WANTED * wanted)
    pairs = sparse.csr_matrix((_cosines(ranked, pairs), pairs.indices, pairs.indptr), shape=pairs.shape)
    both = (pairs + pairs.T).tocsr()
    lengths = np.diff(both.indptr)
    floors = _floors(both.data, both.indptr, wanted=wanted, group=1)
    near = both.data >= np.repeat(floors, lengths)
    rows = np.repeat(np.arange(len(lengths), dtype=np.int64), lengths)
    return rows[near], both.indices[near].astype(np.int64), both.data[near]


def _rarest_first(vectors: Vectors) -> tuple[sparse.csr_matrix, Rows]:
    """Return the vectors with their columns in the order of how many rows have them, and those numbers."""
    numbers = np.bincount(vectors.indices, minlength=vectors.shape[1])
    order = np.argsort(numbers, kind="stable")
    order = order[numbers[order] > 0]
    places = np.zeros(vectors.shape[1], dtype=np.int32)
    places[order] = np.arange(len(order), dtype=np.int32)
    shape = (vectors.shape[0], max(1, len(order)))
    ranked = sparse.csr_matrix((vectors.data.copy(), places[vectors.indices], vectors.indptr), shape=shape)
    ranked.sort_indices()
    return ranked, numbers[order]


def _candidates(ranked: sparse.csr_matrix, *, numbers: Rows, wanted: int) -> sparse.csr_matrix:
    """Return the pairs worth comparing, each once, as entries above the diagonal."""
    size = ranked.shape[0]
    first, second = [np.zeros(0, dtype=np.int64)], [np.zeros(0, dtype=np.int64)]
    asking, costs = _rarest_of_each(ranked, numbers)
    turned = ranked.T.tocsr()
    for begin, end in _spans(costs):
        found = asking[begin:end] @ turned
        kept = _highest(found.data, found.indptr, wanted=wanted + 1)
        first.append(np.searchsorted(found.indptr, kept, side="right") - 1 + begin)
        second.append(found.indices[kept])
    rows, columns = np.concatenate(first), np.concatenate(second)
    chosen = sparse.csr_matrix((np.ones(len(rows), dtype=np.int8), (rows, columns)), shape=(size, size))
    return sparse.triu(chosen.maximum(chosen.T.tocsr()), k=1, format="csr")


def _rarest_of_each(ranked: sparse.csr_matrix, numbers: Rows) -> tuple[sparse.csr_matrix, Rows]:
    """Return the rows with their rarest columns alone, and how many products each row then costs."""
    spent = np.concatenate(([0], numbers[ranked.indices].cumsum()))
    begins = np.repeat(ranked.indptr[:-1], np.diff(ranked.indptr))
    cheap = spent[1:] - spent[begins] <= _PRODUCTS_OF_A_TEXT
    kept = cheap | (np.arange(ranked.nnz) - begins < _COLUMNS_AT_LEAST)
    ends = np.concatenate(([0], kept.cumsum()))[ranked.indptr]
    asking = sparse.csr_matrix((ranked.data[kept], ranked.indices[kept], ends), shape=ranked.shape)
    spent = np.concatenate(([0], numbers[asking.indices].cumsum()))
    return asking, np.diff(spent[asking.indptr])


def _spans(costs: Rows) -> Iterator[tuple[int, int]]:
    """Yield the first and last (exclusive) of rows that together cost no more than is worked on at a time."""
    spent = costs.cumsum()
    begin = 0
    while begin < len(costs):
        limit = _PRODUCTS_AT_A_TIME + (spent[begin - 1] if begin else 0)
        end = min(begin + _ROWS_AT_A_TIME, int(np.searchsorted(spent, limit, side="right")))
        yield begin, max(begin + 1, end)
        begin = max(begin + 1, end)


def _highest(values: Cosines, ends: npt.NDArray[np.int32], *, wanted: int) -> Rows:
    """Return the places of the `wanted` highest values of each row, and of those equal to the last of them."""
    lengths = np.diff(ends)
    kept = np.flatnonzero(values >= np.repeat(_floors(values, ends, wanted=wanted, group=_GROUP), lengths))
    fewer = np.searchsorted(kept, ends).astype(np.int64)
    floors = _floors(values[kept], fewer, wanted=wanted, group=1)
    return kept[values[kept] >= np.repeat(floors, np.diff(fewer))]


def _floors(values: Cosines, ends: npt.NDArray[np.integer], *, wanted: int, group: int) -> Cosines:
    """
    Return for each row a value that its `wanted` highest are sure to reach, the last of them if groups are of one.

    It is found among the highest of groups of values that follow each other.
    """
    groups = -(-np.diff(ends) // group)
    floors = np.full(len(groups), _NOTHING, dtype=np.float32)
    most = int(groups.max(initial=0))
    if most < wanted:
        return floors
    before = np.repeat(groups.cumsum() - groups, groups)
    starts = np.repeat(ends[:-1], groups) + group * (np.arange(len(before)) - before)
    tops = np.zeros((len(groups), most), dtype=np.float32)
    tops[np.arange(most) < groups[:, None]] = np.maximum.reduceat(values, starts)
    tops.partition(most - wanted, axis=1)
    return np.maximum(floors, tops[:, most - wanted])


def _cosines(ranked: sparse.csr_matrix, pairs: sparse.csr_matrix) -> Cosines:
    """Return the product of the two rows of each pair, a few rows at a time laid out in full."""
    width = ranked.shape[1]
    step = max(1, _CELLS_AT_A_TIME // width)
    found = np.zeros(pairs.nnz, dtype=np.float32)
    for begin in range(0, ranked.shape[0], step):
        lengths = np.diff(pairs.indptr[begin : begin + step + 1])
        span = slice(pairs.indptr[begin], pairs.indptr[begin] + lengths.sum())
        if not len(pairs.indices[span]):
            continue
        plain = ranked[begin : begin + step].toarray().ravel()
        others = ranked[pairs.indices[span]]
        rows = np.repeat(np.arange(len(lengths), dtype=np.int64) * width, lengths)
        places = np.repeat(rows, np.diff(others.indptr)) + others.indices
        found[span] = np.add.reduceat(plain[places] * others.data, others.indptr[:-1])
    return found
