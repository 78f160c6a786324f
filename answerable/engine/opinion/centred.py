"""The covariance of very many statements, by way of the stances themselves instead of all pairs of statements."""

from dataclasses import dataclass
from typing import Any, Self

import numpy as np
import numpy.typing as npt
from scipy import sparse

from answerable.engine.opinion.stances import Stances

MOST_PAIRED = 4096
"""With more statements than this, pairs are more than the stances they come from."""


@dataclass(frozen=True)
class CentredStances:
    """
    Hold X, the stances minus the mean of their statement, sparse (people, statements), and act as X' X.

    Gaps stay empty, which is the covariance (times people) of the matrix with gaps filled by the mean.
    """

    centred: sparse.csr_array

    @classmethod
    def of(cls, stances: Stances, *, means: npt.NDArray[np.float64], kept: npt.NDArray[np.int64]) -> Self:
        """Return the covariance of the kept statements, given the means of all."""
        whole = sparse.csr_array(
            (stances.value - means[stances.statement], stances.statement.astype(np.int32), stances.indptr),
            shape=(len(stances.participants), len(means)),
        )
        return cls(whole if len(kept) == len(means) else sparse.csr_array(whole[:, kept]))

    @property
    def shape(self) -> tuple[int, int]:
        """Return (statements, statements)."""
        return (self.centred.shape[1], self.centred.shape[1])

    def diagonal(self) -> npt.NDArray[np.float64]:
        """Return the sums of squares by statement."""
        sums = np.bincount(self.centred.indices, weights=self.centred.data**2, minlength=self.centred.shape[1])
        return sums.astype(np.float64)

    def __matmul__(self, block: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        """Return X' X times a block (statements, columns)."""
        found: npt.NDArray[np.float64] = self.centred.T @ (self.centred @ block)
        return found

    def part(self, rows: npt.NDArray[np.int64]) -> Self:
        """Return the covariance of some of the statements."""
        return type(self)(sparse.csr_array(self.centred[:, rows]))


def part_of(covariance: Any, rows: npt.NDArray[np.int64]) -> Any:
    """Return the covariance of some of the statements, of whichever kind it is."""
    return covariance.part(rows) if isinstance(covariance, CentredStances) else covariance[rows][:, rows]
