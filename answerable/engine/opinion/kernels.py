"""Choose between the two sets of counting loops, which give the same whole numbers."""

import importlib.util
from typing import Protocol

import numpy as np
import numpy.typing as npt

from answerable.engine.opinion import counting

_WORTH_COMPILING = 1_000_000
"""Below so many stances numpy is done before compiled code is loaded."""


class Kernels(Protocol):
    """Promise the loops that look at every stance or every person; `counting` says what each does."""

    def add_pairs(
        self,
        indptr: npt.NDArray[np.int64],
        statement: npt.NDArray[np.unsignedinteger],
        value: npt.NDArray[np.int8],
        first: int,
        last: int,
        table: npt.NDArray[np.uint64],
    ) -> None:
        """Add packed counts of pairs of stances."""

    def unpack_pairs(self, table: npt.NDArray[np.uint64], parts: npt.NDArray[np.int32], sign: int) -> None:
        """Move packed counts to where they have room."""

    def sum_rows(
        self,
        indptr: npt.NDArray[np.int64],
        statement: npt.NDArray[np.unsignedinteger],
        value: npt.NDArray[np.int8],
        lookup: npt.NDArray[np.int32],
        sums: npt.NDArray[np.int64],
    ) -> None:
        """Sum over each person's stances."""

    def count_by_label(
        self,
        indptr: npt.NDArray[np.int64],
        statement: npt.NDArray[np.unsignedinteger],
        value: npt.NDArray[np.int8],
        labels: npt.NDArray[np.signedinteger],
        counts: npt.NDArray[np.int64],
    ) -> None:
        """Count stances by label of the person, statement and value."""

    def lloyd(
        self,
        points: npt.NDArray[np.int32],
        weights: npt.NDArray[np.int64],
        centres: npt.NDArray[np.int64],
        rounds: int,
        labels: npt.NDArray[np.int8],
    ) -> int:
        """Move centres to the means of their points."""

    def draw_starts(
        self,
        points: npt.NDArray[np.int32],
        weights: npt.NDArray[np.int64],
        draws: npt.NDArray[np.float64],
        centres: npt.NDArray[np.int64],
    ) -> None:
        """Draw centres far from one another."""


def kernels_for(stances: int) -> Kernels:
    """Return the loops to use for so many stances: compiled ones where numba is installed and it is worth it."""
    if stances >= _WORTH_COMPILING and importlib.util.find_spec("numba") is not None:
        from answerable.engine.opinion import compiled

        return compiled
    return counting
