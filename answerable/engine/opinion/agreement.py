"""Compare two divisions of the same people."""

import numpy as np
import numpy.typing as npt


def adjusted_rand(one: npt.NDArray[np.integer], other: npt.NDArray[np.integer]) -> float:
    """Return the adjusted Rand index of two labellings (Hubert and Arabie 1985): 1 the same, 0 as by chance."""
    if len(one) == 0:
        return 1.0
    _, first = np.unique(one, return_inverse=True)
    _, second = np.unique(other, return_inverse=True)
    table = np.bincount(first * (second.max() + 1) + second, minlength=(first.max() + 1) * (second.max() + 1))
    table = table.reshape(first.max() + 1, second.max() + 1)
    together, rows, columns = (_pairs(counts) for counts in (table.ravel(), table.sum(axis=1), table.sum(axis=0)))
    every = len(one) * (len(one) - 1) // 2
    expected = rows * columns / every if every else 0.0
    highest = (rows + columns) / 2
    return 1.0 if highest == expected else (together - expected) / (highest - expected)


def _pairs(counts: npt.NDArray[np.integer]) -> int:
    """Return how many pairs lie within the same part."""
    return int((counts.astype(np.int64) * (counts.astype(np.int64) - 1) // 2).sum())
