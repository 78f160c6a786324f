"""The counting loops again, compiled: the same whole numbers as `counting` gives, many times faster at size."""

from collections.abc import Callable
from typing import TypeVar, cast

import numba
import numpy as np
import numpy.typing as npt

_Function = TypeVar("_Function", bound=Callable[..., object])
_BATCH = 4096
_Ints = npt.NDArray[np.int64]
_Positions = npt.NDArray[np.int32]
_Columns = npt.NDArray[np.unsignedinteger]
_Values = npt.NDArray[np.int8]


def _compile(function: _Function) -> _Function:
    """Return the function compiled on first use, kept on disk where a folder for that can be written."""
    try:
        return cast("_Function", numba.njit(cache=True, nogil=True)(function))
    except RuntimeError:
        return cast("_Function", numba.njit(nogil=True)(function))


@_compile
def _order_by_statement(
    indptr: _Ints, statement: _Columns, begin: int, end: int, starts: _Ints, place: _Positions, stop: _Positions
) -> None:
    """
    Fill `place` and `stop` with where each stance of people `begin` to `end` is, and where its person's row ends.

    They are ordered by statement, and counted from the first stance. Afterwards `starts[j]` is where statement j ends.
    """
    base = indptr[begin]
    starts[:] = 0
    for position in range(base, indptr[end]):
        starts[statement[position] + 1] += 1
    for column in range(len(starts) - 1):
        starts[column + 1] += starts[column]
    for person in range(begin, end):
        for position in range(indptr[person], indptr[person + 1]):
            column = statement[position]
            place[starts[column]] = position - base
            stop[starts[column]] = indptr[person + 1] - base
            starts[column] += 1


@_compile
def add_pairs(
    indptr: _Ints, statement: _Columns, value: _Values, first: int, last: int, table: npt.NDArray[np.uint64]
) -> None:
    """
    Add the packed counts of the pairs of stances of people `first` to `last` to the upper triangle of `table`.

    People come in batches that fit the cache, and within a batch statement by statement, so that one row of
    the table is written at a time. Statement and value of a stance are read as one number, 4 j + v + 1.
    """
    starts = np.zeros(len(table) + 1, dtype=np.int64)
    amounts = np.zeros(4, dtype=np.uint64)
    for begin in range(first, last, _BATCH):
        end = min(begin + _BATCH, last)
        base = indptr[begin]
        place = np.empty(indptr[end] - base, dtype=np.int32)
        stop = np.empty(indptr[end] - base, dtype=np.int32)
        _order_by_statement(indptr, statement, begin, end, starts, place, stop)
        stances = np.empty(indptr[end] - base, dtype=np.uint32)
        for number in range(len(stances)):
            level = np.uint32(value[base + number] + 1)
            stances[number] = (np.uint32(statement[base + number]) << np.uint32(2)) | level
        at = 0
        for column in range(len(table)):
            row = table[column]
            while at < starts[column]:
                own = np.uint64(1) + (np.uint64(stances[place[at]] & np.uint32(3)) << np.uint64(16))
                for step in range(3):
                    amounts[step] = own + ((own * np.uint64(step)) << np.uint64(32))
                for number in range(np.uint64(place[at]), np.uint64(stop[at])):
                    stance = stances[number]
                    row[stance >> np.uint32(2)] += amounts[stance & np.uint32(3)]
                at += 1


@_compile
def unpack_pairs(table: npt.NDArray[np.uint64], parts: npt.NDArray[np.int32], sign: int) -> None:
    """
    Add packed counts to `parts` int32 (4, statements, statements), see `covotes`, or take them away (sign -1).

    The table is empty afterwards.
    """
    low = np.uint64(0xFFFF)
    for row in range(len(table)):
        for column in range(row, len(table)):
            packed = table[row, column]
            if packed:
                people = np.int32(packed & low)
                left = np.int32((packed >> np.uint64(16)) & low)
                right = np.int32((packed >> np.uint64(32)) & low)
                both = np.int32(packed >> np.uint64(48))
                parts[0, row, column] += sign * people
                parts[1, row, column] += sign * (both - left - right + people)
                parts[2, row, column] += sign * (left - people)
                parts[3, row, column] += sign * (right - people)
                table[row, column] = np.uint64(0)


@_compile
def sum_rows(indptr: _Ints, statement: _Columns, value: _Values, lookup: npt.NDArray[np.int32], sums: _Ints) -> None:
    """Fill `sums` int64 (people, 3) with the sums of `lookup` int32 (statements, 3, 4) over each person's stances."""
    for person in range(len(indptr) - 1):
        first = np.int64(0)
        second = np.int64(0)
        count = np.int64(0)
        for position in range(indptr[person], indptr[person + 1]):
            entry = lookup[statement[position], value[position] + 1]
            first += entry[0]
            second += entry[1]
            count += entry[2]
        sums[person, 0] = first
        sums[person, 1] = second
        sums[person, 2] = count


@_compile
def count_by_label(
    indptr: _Ints, statement: _Columns, value: _Values, labels: npt.NDArray[np.signedinteger], counts: _Ints
) -> None:
    """Add to `counts` int64 (labels, statements, 3) the stances of each person whose label is not negative."""
    for person in range(len(indptr) - 1):
        label = labels[person]
        if label < 0:
            continue
        rows = counts[label]
        for position in range(indptr[person], indptr[person + 1]):
            rows[statement[position], value[position] + 1] += 1


@_compile
def _assigned(
    points: npt.NDArray[np.int32], weights: _Ints, centres: _Ints, labels: npt.NDArray[np.int8], sums: _Ints
) -> int:
    """Give each point the label of its nearest centre; fill sums of x, y and weight by centre, return the inertia."""
    sums[:] = 0
    inertia = 0
    for number in range(len(points)):
        x = np.int64(points[number, 0])
        y = np.int64(points[number, 1])
        best = 0
        nearest = (x - centres[0, 0]) ** 2 + (y - centres[0, 1]) ** 2
        for centre in range(1, len(centres)):
            apart = (x - centres[centre, 0]) ** 2 + (y - centres[centre, 1]) ** 2
            if apart < nearest:
                nearest = apart
                best = centre
        labels[number] = best
        weight = weights[number] if len(weights) else np.int64(1)
        sums[best, 0] += x * weight
        sums[best, 1] += y * weight
        sums[best, 2] += weight
        inertia += int(nearest * weight)
    return inertia


@_compile
def _drawn(running: _Ints, draw: float) -> int:
    """Return the first place where the running sum is above the drawn part of its total, the last at most."""
    wanted = np.int64(draw * running[-1])
    low = 0
    high = len(running) - 1
    while low < high:
        middle = (low + high) // 2
        if running[middle] > wanted:
            high = middle
        else:
            low = middle + 1
    return low


@_compile
def draw_starts(points: npt.NDArray[np.int32], weights: _Ints, draws: npt.NDArray[np.float64], centres: _Ints) -> None:
    """Fill `centres` int64 (starts, k, 2) with points drawn far from one another by the numbers in `draws`."""
    size = len(points)
    nearest = np.empty(size, dtype=np.int64)
    running = np.empty(size, dtype=np.int64)
    of_weights = np.cumsum(weights)
    for start in range(draws.shape[0]):
        for number in range(draws.shape[1]):
            is_spread = number > 0 and running[size - 1] > 0
            chosen = _drawn(running if is_spread else of_weights, draws[start, number])
            x = np.int64(points[chosen, 0])
            y = np.int64(points[chosen, 1])
            centres[start, number, 0] = x
            centres[start, number, 1] = y
            total = np.int64(0)
            for place in range(size):
                apart = (points[place, 0] - x) ** 2 + (points[place, 1] - y) ** 2
                if number == 0 or apart < nearest[place]:
                    nearest[place] = apart
                total += nearest[place] * weights[place]
                running[place] = total


@_compile
def lloyd(
    points: npt.NDArray[np.int32], weights: _Ints, centres: _Ints, rounds: int, labels: npt.NDArray[np.int8]
) -> int:
    """Move `centres` int64 (k, 2) to the means of their nearest points, at most `rounds` times; return the inertia."""
    sums = np.zeros((len(centres), 3), dtype=np.int64)
    inertia = 0
    for done in range(rounds + 1):
        inertia = _assigned(points, weights, centres, labels, sums)
        is_still = True
        for centre in range(len(centres)):
            count = sums[centre, 2]
            for axis in range(2):
                if count and done < rounds:
                    mean = (2 * sums[centre, axis] + count) // (2 * count)
                    is_still = is_still and mean == centres[centre, axis]
                    centres[centre, axis] = mean
        if is_still:
            break
    return inertia
