"""
Multiply sparse unit vectors with each other as fast as their columns allow, with the same result on every machine.

The order in which a processor adds up numbers shows in their last digits, unless nothing has to be rounded: numbers
that are whole multiples of 2^-11 have products that are multiples of 2^-22, and the sums of those, at most 1 between
unit vectors, fit into the 24 bits of a float. So the part that is multiplied as plain arrays is first rounded to 2^-11;
the cosines are true to about three decimals.
"""

import numpy as np
import numpy.typing as npt
from scipy import sparse

from answerable.engine.vectors.embedder import Vectors, dense

# A column costs the same either way when about one row in thirteen has it; measured.
_DENSE_FROM_SHARE = 0.08
_SMALL = 2_250_000
_FEW_ROWS = 1_500
_ROWS_TURNED = 2_048
_GRAIN = np.float32(2**11)


def compact(*parts: Vectors) -> list[sparse.csr_matrix]:
    """Return the same rows without the columns that none of the parts has; all parts keep the same columns."""
    used = np.zeros(parts[0].shape[1], dtype=bool)
    for part in parts:
        used[part.indices] = True
    numbers = (np.cumsum(used) - 1).astype(np.int32)
    width = max(1, int(used.sum()))
    return [
        sparse.csr_matrix((part.data, numbers[part.indices], part.indptr), shape=(part.shape[0], width))
        for part in parts
    ]


class Factor:
    """
    Hold n rows so that others can be multiplied with them again and again.

    Columns that many rows have are few and cost most in a sparse product; they are multiplied as plain arrays, unless
    there are so few rows that nothing is gained.
    """

    def __init__(self, vectors: sparse.csr_matrix) -> None:
        """Part the columns by how many rows have them."""
        share = np.bincount(vectors.indices, minlength=vectors.shape[1]) / max(1, vectors.shape[0])
        if vectors.shape[0] <= _FEW_ROWS:
            share[:] = 0.0
        self._common = np.flatnonzero(share >= _DENSE_FROM_SHARE)
        self._rare = np.flatnonzero(share < _DENSE_FROM_SHARE)
        self.common = _grained(vectors[:, self._common])
        self.rare = vectors[:, self._rare].tocsr()
        self._turned: dict[int, sparse.csr_matrix] = {}

    def times(self, vectors: sparse.csr_matrix, *, first: int = 0) -> npt.NDArray[np.float32]:
        """Return the products of some rows of the same columns with those of the factor from the first on."""
        return self._product(_grained(vectors[:, self._common]), vectors[:, self._rare], first)

    def times_own(self, rows: npt.NDArray[np.int64], *, first: int = 0) -> npt.NDArray[np.float32]:
        """Return the products of some of the factor's own rows with those from the first on."""
        return self._product(self.common[rows], self.rare[rows], first)

    def _product(self, common: npt.NDArray[np.float32], rare: sparse.csr_matrix, first: int) -> npt.NDArray[np.float32]:
        """Return the sum of the plain and the sparse product."""
        found: npt.NDArray[np.float32] = common @ self.common[first:].T
        for begin in range(first - first % _ROWS_TURNED, self.rare.shape[0], _ROWS_TURNED):
            product = (rare @ self._turned_rows(begin)).toarray()
            wanted = product[:, max(0, first - begin) :]
            place = max(begin, first) - first
            found[:, place : place + wanted.shape[1]] += wanted
        return found

    def _turned_rows(self, begin: int) -> sparse.csr_matrix:
        """Return some of the sparse rows as columns, remembered, since turning them costs as much as a product."""
        if begin not in self._turned:
            self._turned[begin] = self.rare[begin : begin + _ROWS_TURNED].T.tocsr()
        return self._turned[begin]


def products(one: Vectors, other: Vectors) -> npt.NDArray[np.float32]:
    """Return the products of each row of one with each row of another, shape (rows, others); few of them are exact."""
    if one.shape[0] * other.shape[0] < _SMALL:
        return dense(one @ other.T)
    first, second = compact(one, other)
    return Factor(second).times(first)


def _grained(vectors: sparse.csr_matrix) -> npt.NDArray[np.float32]:
    """Return a plain array of numbers rounded to multiples of 2^-11."""
    return np.ascontiguousarray(np.round(dense(vectors) * _GRAIN) / _GRAIN)
