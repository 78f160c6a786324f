"""Keep count of what each candidate would still bring, updated where a choice has changed something."""

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.float64]
Values = npt.NDArray[np.float32]


class Gains:
    """
    Hold, for a growing set of chosen columns of `values` (rows, columns), how much each column would add.

    `reached`, shape (rows,), is the highest value of each row among the chosen columns, 0 before the first;
    `by_group`, shape (groups, columns), sums the weighted rises above it over the rows of each group.
    """

    def __init__(self, values: Numbers, *, weights: Numbers, groups: npt.NDArray[np.int64]) -> None:
        """Begin with nothing chosen; `groups` gives the number of each row's group, counted from 0."""
        self._values: Values = values.astype(np.float32)
        self._weights = weights.astype(np.float32)
        self._groups = groups
        self.reached: Numbers = np.zeros(len(values))
        self.by_group = self._sums(self._values, np.arange(len(values)))

    def take(self, column: int) -> None:
        """Choose a column, and take off all others what it brings already."""
        risen = np.flatnonzero(self._values[:, column] > self.reached)
        values = self._values[risen]
        above = np.maximum(values - self.reached[risen, None].astype(np.float32), 0.0)
        self.reached[risen] = values[:, column]
        self.by_group = self.by_group - self._sums(above - np.maximum(values - values[:, [column]], 0.0), risen)

    def _sums(self, values: Values, rows: npt.NDArray[np.int64]) -> Numbers:
        """Return the weighted sums of the values of some rows by group."""
        sums: Numbers = np.zeros((int(self._groups.max()) + 1, values.shape[1]))
        for group in range(len(sums)):
            own = self._groups[rows] == group
            sums[group] = self._weights[rows][own] @ values[own]
        return sums
