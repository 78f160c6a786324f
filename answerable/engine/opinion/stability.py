"""Ask whether people would be in the same group had they been shown other statements."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from answerable.engine.opinion.agreement import adjusted_rand
from answerable.engine.opinion.axes import principal_axes
from answerable.engine.opinion.cells import gather
from answerable.engine.opinion.centred import part_of
from answerable.engine.opinion.covotes import Matrix
from answerable.engine.opinion.kernels import Kernels
from answerable.engine.opinion.partition import best_partition, polish
from answerable.engine.opinion.places import points_of, sums_along
from answerable.engine.opinion.records import OpinionSettings, Stability
from answerable.engine.opinion.stances import Stances

_LEAST_IN_A_HALF = 3
_LEAST_PEOPLE = 12
_TOLERANCE = 1e-3


@dataclass(frozen=True)
class HalfMap:
    """Hold what half the statements say of people: sums along its own two axes, and how many statements."""

    sums: npt.NDArray[np.int64]
    statement_count: int


Split = tuple[HalfMap, HalfMap]
"""The maps from both halves of the statements, of the people who answered enough in each."""


def splits_of(
    sample: Stances,
    *,
    covariance: Matrix,
    directions: npt.NDArray[np.float64],
    kept: npt.NDArray[np.int64],
    means: npt.NDArray[np.float64],
    settings: OpinionSettings,
    kernels: Kernels,
) -> list[Split]:
    """
    Return the maps that random halves of the statements give, once for each split.

    `covariance` and `directions` are those of the statements at positions `kept`. Only people of the sample with at
    least three stances in both halves are on them.
    """
    chance = np.random.Generator(np.random.PCG64([settings.seed, 2]))
    found: list[Split] = []
    for _ in range(settings.stability_splits):
        order = chance.permutation(len(kept))
        maps = []
        for half in (np.sort(order[: len(order) // 2]), np.sort(order[len(order) // 2 :])):
            own = np.zeros((len(means), 2))
            part = part_of(covariance, half)
            own[kept[half]] = principal_axes(part, start=directions[half], tolerance=_TOLERANCE).directions
            used = np.zeros(len(means), dtype=bool)
            used[kept[half]] = True
            maps.append(sums_along(sample, directions=own, means=means, kept=used, kernels=kernels))
        both = np.logical_and(*(sums[:, 2] >= _LEAST_IN_A_HALF for sums in maps))
        one, other = (HalfMap(sums[both], count) for sums, count in zip(maps, _halves(len(kept)), strict=True))
        found.append((one, other))
    return found


def _halves(count: int) -> tuple[int, int]:
    """Return how many statements are in the first and the second half."""
    return (count // 2, count - count // 2)


def people_in(splits: Sequence[Split]) -> int:
    """Return how many people the split with fewest has on both of its maps."""
    return min((len(one.sums) for one, _ in splits), default=0)


def split_half_stability(
    splits: Sequence[Split], *, k: int, steadying: int, starts: int, settings: OpinionSettings, kernels: Kernels
) -> Stability:
    """Return how alike the k groups are that each of two halves of the statements gives, over several splits."""
    fewest = people_in(splits)
    if fewest < _LEAST_PEOPLE:
        return Stability(None, (), fewest, k)
    found = []
    for maps in splits:
        one, other = (
            _grouped(half, k=k, steadying=steadying, starts=starts, settings=settings, kernels=kernels) for half in maps
        )
        found.append(adjusted_rand(one, other))
    return Stability(float(np.mean(found)), tuple(found), fewest, k)


def _grouped(
    half: HalfMap, *, k: int, steadying: int, starts: int, settings: OpinionSettings, kernels: Kernels
) -> npt.NDArray[np.int8]:
    """Return the groups of people on one map."""
    points = points_of(half.sums, statement_count=half.statement_count, added_passes=steadying)
    cells = gather(points, grid=settings.grid)
    rough = best_partition(cells, k=k, starts=starts, seed=settings.seed, kernels=kernels)
    return polish(points, centres=rough.centres, rounds=settings.polish_rounds, kernels=kernels).labels
