"""What arrays are asked again and again."""

from typing import TypeVar

import numpy as np
import numpy.typing as npt

Whole = TypeVar("Whole", np.int64, np.uint64)


def sorted_distinct(values: npt.NDArray[Whole]) -> npt.NDArray[Whole]:
    """
    Return the different values in rising order.

    A table of hashes, as `numpy.unique` makes one, costs several times as much when nearly all values differ.
    """
    ordered = np.sort(values)
    return ordered[np.concatenate(([True], ordered[1:] != ordered[:-1]))] if len(ordered) else ordered


def ranges(starts: npt.NDArray[np.int64], ends: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """Return all whole numbers from each start up to its end, one range after the other."""
    sizes = ends - starts
    before = np.cumsum(sizes) - sizes
    return np.repeat(starts - before, sizes) + np.arange(int(sizes.sum()), dtype=np.int64)
