"""Place people on the map: the sum of what they said along each axis, as whole numbers."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from answerable.engine.opinion.kernels import Kernels
from answerable.engine.opinion.records import POINT_UNIT
from answerable.engine.opinion.stances import Stances

_WEIGHT_UNIT = 1 << 24
_FARTHEST = 1 << 21


@dataclass(frozen=True)
class Places:
    """Hold the points of people, int32 (people, 2) in units of 1/POINT_UNIT, and how many stances each rests on."""

    points: npt.NDArray[np.int32]
    stance_counts: npt.NDArray[np.int32]


def place_people(
    stances: Stances,
    *,
    directions: npt.NDArray[np.float64],
    means: npt.NDArray[np.float64],
    kept: npt.NDArray[np.bool_],
    statement_count: int,
    added_passes: int,
    kernels: Kernels,
) -> Places:
    """Return each person's place on the map that `directions` and `means` span; see `sums_along` and `points_of`."""
    sums = sums_along(stances, directions=directions, means=means, kept=kept, kernels=kernels)
    points = points_of(sums, statement_count=statement_count, added_passes=added_passes)
    return Places(points, sums[:, 2].astype(np.int32))


def sums_along(
    stances: Stances,
    *,
    directions: npt.NDArray[np.float64],
    means: npt.NDArray[np.float64],
    kept: npt.NDArray[np.bool_],
    kernels: Kernels,
) -> npt.NDArray[np.int64]:
    """
    Return int64 (people, 3): sums of (v_j - m_j) w_j over a person's stances along both axes, and how many they are.

    Weights are rounded to 2^-24 first, so that the sums are exact. `kept` marks the statements that count.
    """
    lookup = np.zeros((len(kept), 3, 4), dtype=np.int32)
    for value in (-1, 0, 1):
        shift = value - means
        lookup[:, value + 1, :2] = np.rint(shift[:, None] * directions * _WEIGHT_UNIT)
        lookup[:, value + 1, 2] = 1
    lookup[~kept] = 0
    sums = np.zeros((len(stances.participants), 3), dtype=np.int64)
    kernels.sum_rows(stances.indptr, stances.statement, stances.value, lookup, sums)
    return sums


def points_of(sums: npt.NDArray[np.int64], *, statement_count: int, added_passes: int) -> npt.NDArray[np.int32]:
    """
    Return int32 (people, 2) places: sqrt(C / (n + a)) times the sums of a person with n stances.

    The factor moves people who answered few of the C statements outwards, where answering the rest in the same way
    would take them (Small et al. 2021); a, `added_passes`, holds back those who answered very few.
    """
    answered = sums[:, 2] + added_passes
    reach = np.sqrt(statement_count / np.maximum(answered, 1))
    points = np.empty((len(sums), 2), dtype=np.int32)
    for axis in range(2):
        along = np.rint(sums[:, axis] * reach * (POINT_UNIT / _WEIGHT_UNIT))
        points[:, axis] = np.clip(along, -_FARTHEST, _FARTHEST)
    return points
