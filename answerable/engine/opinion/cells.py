"""Gather people into cells of a grid, so that grouping costs the same for a thousand people and a million."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

_DEVIATIONS = 3


@dataclass(frozen=True)
class Cells:
    """Hold the mean place of the people of each cell, int32 (cells, 2), and how many they are, int64."""

    points: npt.NDArray[np.int32]
    weights: npt.NDArray[np.int64]


def gather(points: npt.NDArray[np.int32], *, grid: int) -> Cells:
    """
    Return the filled cells of a grid over three standard deviations around the mean; outermost cells are open.

    Up to grid squared people each have a cell of their own. Counts and sums can be added over shards.
    """
    if len(points) <= grid * grid:
        return Cells(points, np.ones(len(points), dtype=np.int64))
    cell = _along(points[:, 0], grid=grid) * grid + _along(points[:, 1], grid=grid)
    counts = np.bincount(cell, minlength=grid * grid)
    filled = counts > 0
    weights = counts[filled].astype(np.int64)
    means = np.empty((len(weights), 2), dtype=np.int32)
    for axis in range(2):
        # Sums of whole numbers below 2^53 are exact in floating point.
        sums = np.bincount(cell, weights=points[:, axis], minlength=grid * grid)[filled].astype(np.int64)
        means[:, axis] = (2 * sums + weights) // (2 * weights)
    return Cells(means, weights)


def _along(values: npt.NDArray[np.int32], *, grid: int) -> npt.NDArray[np.int64]:
    """Return the cell of each value along one axis, 0 to grid - 1."""
    count = len(values)
    total = int(values.sum(dtype=np.int64))
    squares = int((values.astype(np.int64) ** 2).sum())
    spread = max(1, round(max(0.0, squares / count - (total / count) ** 2) ** 0.5))
    lowest = total // count - _DEVIATIONS * spread
    found = (values.astype(np.int64) - lowest) * grid // (2 * _DEVIATIONS * spread)
    within: npt.NDArray[np.int64] = np.clip(found, 0, grid - 1)
    return within
