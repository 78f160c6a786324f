"""Count for each pair of statements how people answered both: whole numbers that can be added and taken away."""

from typing import Any, Self

import numpy as np
import numpy.typing as npt
from scipy import sparse

from answerable.engine.opinion import counting
from answerable.engine.opinion.centred import MOST_PAIRED
from answerable.engine.opinion.changed_pairs import changed_pairs
from answerable.engine.opinion.kernels import Kernels, kernels_for
from answerable.engine.opinion.stances import Ids, Stances, UnknownStatement

_SPARSE_PEOPLE_AT_ONCE = 4096
_MOST_PAIRS_LISTED = 1_000_000
Matrix = Any
"""A numpy array; above 4,096 statements a sparse array, or `centred.CentredStances`."""


class CovoteStatistics:
    """
    Hold, for statements j <= k, over the people who answered both: N how many, sums S of v_j v_k, T of v_j, U of v_k.

    Upper triangles, int32 (four times statements squared; sparse int64 above 4,096 statements). Adding, withdrawing
    and merging change whole numbers, so that any order and any split of the people gives the same.
    """

    def __init__(self, statements: Ids) -> None:
        """Start with nobody."""
        self.statements = statements
        count = len(statements)
        self._is_sparse = count > MOST_PAIRED
        self._parts: list[Matrix] = []
        if self._is_sparse:
            self._parts = [sparse.csr_array((count, count), dtype=np.int64) for _ in range(4)]
        else:
            self._dense = np.zeros((4, count, count), dtype=np.int32)
            self._parts = list(self._dense)
            # Counting leaves it empty: one table serves every time.
            self._table = np.zeros((count, count), dtype=np.uint64)

    @classmethod
    def of(cls, stances: Stances, *, kernels: Kernels | None = None) -> Self:
        """Return the counts of these stances."""
        found = cls(stances.statements)
        found.add(stances, kernels=kernels)
        return found

    def add(self, stances: Stances, *, kernels: Kernels | None = None) -> None:
        """Count more people in; each person's row must be whole."""
        self._check(stances.statements)
        if self._is_sparse:
            self._move_sparse(stances, sign=1)
        else:
            self._move_dense(stances, sign=1, kernels=kernels)

    def subtract(self, stances: Stances, *, kernels: Kernels | None = None) -> None:
        """Take people out again, each with the whole row that was counted in."""
        self._check(stances.statements)
        if self._is_sparse:
            self._move_sparse(stances, sign=-1)
        else:
            self._move_dense(stances, sign=-1, kernels=kernels)

    def change(self, before: Stances, *, after: Stances, kernels: Kernels | None = None) -> None:
        """
        Count people as they are after, each of whom was counted in with the whole row before.

        The same as `subtract` and `add`; where few stances changed, only their pairs are looked at.
        """
        self._check(before.statements)
        self._check(after.statements)
        pairs = None if self._is_sparse else changed_pairs(before, after=after, most=_MOST_PAIRS_LISTED)
        if pairs is None:
            self.subtract(before, kernels=kernels)
            self.add(after, kernels=kernels)
            return
        at = pairs.row * len(self.statements) + pairs.column
        for part, amounts in zip(self._dense.reshape(4, -1), pairs.amounts, strict=True):
            np.add.at(part, at, amounts.astype(np.int32))

    def copied(self) -> "CovoteStatistics":
        """Return the same counts, which stay as they are when these change."""
        found = CovoteStatistics(self.statements)
        found.merge(self)
        return found

    def merge(self, other: "CovoteStatistics") -> None:
        """Count in what another has counted of other people and the same statements."""
        self._check(other.statements)
        if self._is_sparse:
            self._parts = [mine + theirs for mine, theirs in zip(self._parts, other._parts, strict=True)]  # noqa: SLF001
        else:
            self._dense += other._dense  # noqa: SLF001  # the same class

    def is_equal(self, other: "CovoteStatistics") -> bool:
        """Say whether every count is the same."""
        pairs = zip(self._parts, other._parts, strict=True)  # noqa: SLF001  # the same class
        return np.array_equal(self.statements, other.statements) and all(
            abs(mine - theirs).sum() == 0 for mine, theirs in pairs
        )

    def totals(self) -> npt.NDArray[np.int64]:
        """Return int64 (statements, 3): how many disagree, pass and agree."""
        people, squares, sums = (np.asarray(part.diagonal(), dtype=np.int64) for part in self._parts[:3])
        return np.stack([(squares - sums) // 2, people - squares, (squares + sums) // 2], axis=1)

    def covariance(self, *, kept: npt.NDArray[np.int64]) -> Matrix:
        """
        Return sum over people of (v_j - m_j)(v_k - m_k) over pairs both answered, float64, for the kept statements.

        That is S - m_k T - m_j U + m_j m_k N with m the mean of a statement: the covariance, times the number of
        people, of the stances with gaps filled by the mean of the statement, as Polis fills them (Small et al. 2021,
        Recerca 26(2)), without filling any.
        """
        is_whole = len(kept) == len(self.statements)
        people, products, left, right = self._parts if is_whole else [part[kept][:, kept] for part in self._parts]
        means = statement_means(self.totals()[kept])
        if self._is_sparse:
            scale = sparse.diags_array(means)
            upper = sparse.csr_array(products - left @ scale - scale @ right + scale @ people @ scale)
            return sparse.csr_array(upper + sparse.triu(upper, k=1).T)
        upper = products - left * means
        upper += (people * means - right) * means[:, None]
        whole = upper + upper.T
        np.fill_diagonal(whole, upper.diagonal())
        return whole

    def _check(self, statements: Ids) -> None:
        """Raise UnknownStatement when the statements are not the same."""
        if self.statements is not statements and not np.array_equal(self.statements, statements):
            raise UnknownStatement("The counts and the stances are not about the same statements.")

    def _move_dense(self, stances: Stances, *, sign: int, kernels: Kernels | None) -> None:
        """Add the counts of some people to the dense upper triangles, or take them away (sign -1)."""
        loops = kernels or kernels_for(len(stances))
        people = len(stances.participants)
        for first in range(0, people, counting.MOST_PEOPLE_PACKED):
            last = min(first + counting.MOST_PEOPLE_PACKED, people)
            loops.add_pairs(stances.indptr, stances.statement, stances.value, first, last, self._table)
            loops.unpack_pairs(self._table, self._dense, sign)

    def _move_sparse(self, stances: Stances, *, sign: int) -> None:
        """Add or take away the sparse counts of some people."""
        people = len(stances.participants)
        for first in range(0, people, _SPARSE_PEOPLE_AT_ONCE):
            last = min(first + _SPARSE_PEOPLE_AT_ONCE, people)
            own = slice(stances.indptr[first], stances.indptr[last])
            packed = counting.pack_pairs(
                stances.indptr[first : last + 1],
                stances.statement[own],
                stances.value[own],
                statements=len(self.statements),
            )
            parts = _unpacked(sparse.csr_array(sparse.triu(packed)))
            self._parts = [part + sign * more for part, more in zip(self._parts, parts, strict=True)]
            if sign < 0:
                for part in self._parts:
                    part.eliminate_zeros()


def statement_means(totals: npt.NDArray[np.int64]) -> npt.NDArray[np.float64]:
    """Return the mean value of each statement from its totals (disagree, pass, agree); 0 where nobody answered."""
    answered = totals.sum(axis=1)
    spread = (totals[:, 2] - totals[:, 0]).astype(np.float64)
    means: npt.NDArray[np.float64] = np.divide(spread, answered, out=np.zeros(len(totals)), where=answered > 0)
    return means


def _unpacked(packed: sparse.csr_array) -> list[sparse.csr_array]:
    """Return N, S, T and U of packed counts, sparse."""
    low = np.uint64(0xFFFF)
    people, left, right, both = (
        ((packed.data >> np.uint64(shift)) & low).astype(np.int64) for shift in (0, 16, 32, 48)
    )
    return [
        sparse.csr_array((amounts, packed.indices, packed.indptr), shape=packed.shape)
        for amounts in (people, both - left - right + people, left - people, right - people)
    ]
