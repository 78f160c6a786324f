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
