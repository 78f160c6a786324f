"""Compare two divisions of the same people."""

import numpy as np
import numpy.typing as npt

_MOST_LABELS = 100


def adjusted_rand(one: npt.NDArray[np.integer], other: npt.NDArray[np.integer]) -> float:
    """Return the adjusted Rand index of two labellings (Hubert and Arabie 1985): 1 the same, 0 as by chance."""
    if len(one) == 0:
        return 1.0
    first, second = _from_zero(one), _from_zero(other)
    shape = (int(first.max()) + 1, int(second.max()) + 1)
    table = np.bincount(first * shape[1] + second, minlength=shape[0] * shape[1]).reshape(shape)
    together, rows, columns = (_pairs(counts) for counts in (table.ravel(), table.sum(axis=1), table.sum(axis=0)))
    every = len(one) * (len(one) - 1) // 2
    expected = rows * columns / every if every else 0.0
    highest = (rows + columns) / 2
    return 1.0 if highest == expected else (together - expected) / (highest - expected)


def _from_zero(labels: npt.NDArray[np.integer]) -> npt.NDArray[np.int64]:
    """Return the same labels counted from 0; numbers far apart are made few first."""
    found = labels.astype(np.int64) - int(labels.min())
    return found if found.max() <= _MOST_LABELS else np.unique(found, return_inverse=True)[1]


def _pairs(counts: npt.NDArray[np.integer]) -> int:
    """Return how many pairs lie within the same part."""
    return int((counts.astype(np.int64) * (counts.astype(np.int64) - 1) // 2).sum())
