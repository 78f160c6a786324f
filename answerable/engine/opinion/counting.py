"""The counting loops over stances, in plain numpy: whole numbers only, so that every order of adding gives the same."""

import itertools

import numpy as np
import numpy.typing as npt
from scipy import sparse

Indptr = npt.NDArray[np.int64]
Columns = npt.NDArray[np.unsignedinteger]
Values = npt.NDArray[np.int8]

MOST_PEOPLE_PACKED = 16383
"""Four sums of at most 4 a person fit 16 bits each for so many people."""
_STANCES_AT_ONCE = 2_000_000
_POINTS_AT_ONCE = 262_144


def pack_pairs(indptr: Indptr, statement: Columns, value: Values, *, statements: int) -> sparse.csr_array:
    """
    Return the packed counts of pairs (statements, statements), uint64, of at most MOST_PEOPLE_PACKED people.

    With a and b the two values plus one, bits 0-15 hold the number of people, 16-31 the sum of a (row), 32-47 the sum
    of b (column), 48-63 the sum of a times b. One product gives all four, as 1 + a 2^16 + b 2^32 + a b 2^48
    is (1 + a 2^16)(1 + b 2^32).
    """
    levels = (value.astype(np.int64) + 1).astype(np.uint64)
    shape = (len(indptr) - 1, statements)
    columns = statement.astype(np.int32)
    start = (indptr - indptr[0]).astype(np.int32)
    left = sparse.csr_array((np.uint64(1) + (levels << np.uint64(16)), columns, start), shape=shape)
    right = sparse.csr_array((np.uint64(1) + (levels << np.uint64(32)), columns, start), shape=shape)
    return sparse.csr_array(left.T @ right)


def add_pairs(
    indptr: Indptr, statement: Columns, value: Values, first: int, last: int, table: npt.NDArray[np.uint64]
) -> None:
    """Add the packed counts of the pairs of stances of people `first` to `last` to the upper triangle of `table`."""
    own = slice(indptr[first], indptr[last])
    packed = pack_pairs(indptr[first : last + 1], statement[own], value[own], statements=len(table))
    upper = sparse.triu(packed, format="coo")
    table[upper.row, upper.col] += upper.data


def unpack_pairs(table: npt.NDArray[np.uint64], parts: npt.NDArray[np.int32], sign: int) -> None:
    """
    Add packed counts to `parts` int32 (4, statements, statements), see `covotes`, or take them away (sign -1).

    The table is empty afterwards.
    """
    low = np.uint64(0xFFFF)
    people, left, right, both = (((table >> np.uint64(shift)) & low).astype(np.int32) for shift in (0, 16, 32, 48))
    parts[0] += sign * people
    parts[1] += sign * (both - left - right + people)
    parts[2] += sign * (left - people)
    parts[3] += sign * (right - people)
    table[:] = 0


def sum_rows(
    indptr: Indptr,
    statement: Columns,
    value: Values,
    lookup: npt.NDArray[np.int32],
    sums: npt.NDArray[np.int64],
) -> None:
    """Fill `sums` int64 (people, 3) with the sums of `lookup` int32 (statements, 3, 4) over each person's stances."""
    flat = lookup.reshape(-1, 4)[:, :3]
    for first, last in _slices(indptr):
        own = slice(indptr[first], indptr[last])
        running = np.zeros((indptr[last] - indptr[first] + 1, 3), dtype=np.int64)
        np.cumsum(flat[statement[own].astype(np.int64) * 3 + value[own] + 1], axis=0, out=running[1:])
        sums[first:last] = np.diff(running[indptr[first : last + 1] - indptr[first]], axis=0)


def count_by_label(
    indptr: Indptr,
    statement: Columns,
    value: Values,
    labels: npt.NDArray[np.signedinteger],
    counts: npt.NDArray[np.int64],
) -> None:
    """Add to `counts` int64 (labels, statements, 3) the stances of each person whose label is not negative."""
    for first, last in _slices(indptr):
        own = slice(indptr[first], indptr[last])
        label = np.repeat(labels[first:last].astype(np.int64), np.diff(indptr[first : last + 1]))
        cell = (label * counts.shape[1] + statement[own]) * 3 + value[own] + 1
        counts += np.bincount(cell[label >= 0], minlength=counts.size).reshape(counts.shape)


def lloyd(
    points: npt.NDArray[np.int32],
    weights: npt.NDArray[np.int64],
    centres: npt.NDArray[np.int64],
    rounds: int,
    labels: npt.NDArray[np.int8],
) -> int:
    """
    Move `centres` int64 (k, 2) to the means of the points nearest to them, at most `rounds` times; return inertia.

    Fills `labels`; the first of equally near centres gets the point, and means are rounded half up. No
    weights means one each.
    """
    inertia = 0
    for done in range(rounds + 1):
        inertia, sums = _assigned(points, weights, centres, labels)
        if done == rounds:
            break
        filled = sums[:, 2] > 0
        moved = centres.copy()
        count = sums[filled, 2:]
        moved[filled] = (2 * sums[filled, :2] + count) // (2 * count)
        if np.array_equal(moved, centres):
            break
        centres[:] = moved
    return inertia


def draw_starts(
    points: npt.NDArray[np.int32],
    weights: npt.NDArray[np.int64],
    draws: npt.NDArray[np.float64],
    centres: npt.NDArray[np.int64],
) -> None:
    """
    Fill `centres` int64 (starts, k, 2) with k points for each row of `draws` (starts, k), numbers from 0 to below 1.

    Each is drawn with a chance in proportion to the weight times the squared distance to the nearest before it.
    """
    places = points.astype(np.int64)
    starts, k = draws.shape
    chance = np.broadcast_to(weights, (starts, len(places)))
    nearest = np.full((starts, len(places)), np.iinfo(np.int64).max)
    for number in range(k):
        running = np.cumsum(chance, axis=1)
        running[running[:, -1] == 0] = np.cumsum(weights)
        wanted = (draws[:, number] * running[:, -1]).astype(np.int64)
        chosen = np.minimum((running <= wanted[:, None]).sum(axis=1), len(places) - 1)
        centres[:, number] = places[chosen]
        apart = ((places[None, :, 0] - centres[:, number, None, 0]) ** 2) + (
            (places[None, :, 1] - centres[:, number, None, 1]) ** 2
        )
        nearest = np.minimum(nearest, apart)
        chance = nearest * weights


def _assigned(
    points: npt.NDArray[np.int32],
    weights: npt.NDArray[np.int64],
    centres: npt.NDArray[np.int64],
    labels: npt.NDArray[np.int8],
) -> tuple[int, npt.NDArray[np.int64]]:
    """Give each point the label of its nearest centre; return the inertia, and sums of x, y and weight by centre."""
    sums = np.zeros((len(centres), 3), dtype=np.int64)
    inertia = 0
    for first in range(0, len(points), _POINTS_AT_ONCE):
        part = slice(first, first + _POINTS_AT_ONCE)
        places = points[part].astype(np.int64)
        weight = weights[part] if len(weights) else np.ones(len(places), dtype=np.int64)
        apart = (places[:, :1] - centres[:, 0]) ** 2 + (places[:, 1:] - centres[:, 1]) ** 2
        nearest = apart.argmin(axis=1)
        labels[part] = nearest
        inertia += int((apart[np.arange(len(places)), nearest] * weight).sum())
        for column, amount in enumerate((places[:, 0] * weight, places[:, 1] * weight, weight)):
            # Sums of whole numbers below 2^53 are exact in floating point.
            sums[:, column] += np.bincount(nearest, weights=amount, minlength=len(centres)).astype(np.int64)
    return inertia, sums


def _slices(indptr: Indptr) -> list[tuple[int, int]]:
    """Return spans of people with about `_STANCES_AT_ONCE` stances each."""
    people = len(indptr) - 1
    cuts = np.searchsorted(indptr, np.arange(0, int(indptr[-1]), _STANCES_AT_ONCE), side="left").tolist()
    edges = sorted({0, people, *(min(cut, people) for cut in cuts)})
    return list(itertools.pairwise(edges))
