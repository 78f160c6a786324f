"""Ask whether people would be in the same group had they been shown other statements."""

import numpy as np
import numpy.typing as npt

from answerable.engine.opinion.agreement import adjusted_rand
from answerable.engine.opinion.axes import principal_axes
from answerable.engine.opinion.cells import gather
from answerable.engine.opinion.centred import part_of
from answerable.engine.opinion.covotes import Matrix
from answerable.engine.opinion.kernels import Kernels
from answerable.engine.opinion.partition import best_partition, polish
from answerable.engine.opinion.places import place_people
from answerable.engine.opinion.records import OpinionSettings, Stability
from answerable.engine.opinion.stances import Stances

_LEAST_IN_A_HALF = 3
_LEAST_PEOPLE = 12
_TOLERANCE = 1e-5


def split_half_stability(
    sample: Stances,
    *,
    covariance: Matrix,
    directions: npt.NDArray[np.float64],
    kept: npt.NDArray[np.int64],
    means: npt.NDArray[np.float64],
    k: int,
    settings: OpinionSettings,
    kernels: Kernels,
) -> Stability:
    """
    Return how alike the groups are that each of two random halves of the statements gives, over several splits.

    `covariance` and `directions` are those of the statements at positions `kept`. Only people of the sample with at
    least three stances in both halves are compared.
    """
    chance = np.random.Generator(np.random.PCG64([settings.seed, 2]))
    found: list[float] = []
    fewest = len(sample.participants)
    for _ in range(settings.stability_splits):
        order = chance.permutation(len(kept))
        halves = (np.sort(order[: len(order) // 2]), np.sort(order[len(order) // 2 :]))
        maps = [
            _map_by(
                sample,
                half=half,
                covariance=covariance,
                directions=directions,
                kept=kept,
                means=means,
                settings=settings,
                kernels=kernels,
            )
            for half in halves
        ]
        both = np.logical_and(*(counts >= _LEAST_IN_A_HALF for _, counts in maps))
        fewest = min(fewest, int(both.sum()))
        if fewest < _LEAST_PEOPLE:
            return Stability(None, (), fewest, k)
        one, other = (_grouped(points[both], k=k, settings=settings, kernels=kernels) for points, _ in maps)
        found.append(adjusted_rand(one, other))
    return Stability(float(np.mean(found)) if found else None, tuple(found), fewest, k)


def _map_by(
    sample: Stances,
    *,
    half: npt.NDArray[np.int64],
    covariance: Matrix,
    directions: npt.NDArray[np.float64],
    kept: npt.NDArray[np.int64],
    means: npt.NDArray[np.float64],
    settings: OpinionSettings,
    kernels: Kernels,
) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.int32]]:
    """Return the places of the sample on a map made of half the statements, and how many stances each rests on."""
    own = np.zeros((len(means), 2))
    own[kept[half]] = principal_axes(part_of(covariance, half), start=directions[half], tolerance=_TOLERANCE).directions
    used = np.zeros(len(means), dtype=bool)
    used[kept[half]] = True
    places = place_people(
        sample,
        directions=own,
        means=means,
        kept=used,
        statement_count=len(half),
        added_passes=settings.steadying,
        kernels=kernels,
    )
    return places.points, places.stance_counts


def _grouped(
    points: npt.NDArray[np.int32], *, k: int, settings: OpinionSettings, kernels: Kernels
) -> npt.NDArray[np.int8]:
    """Return the groups of people on one map."""
    cells = gather(points, grid=settings.grid)
    rough = best_partition(cells, k=k, starts=settings.starts, seed=settings.seed, kernels=kernels)
    return polish(points, centres=rough.centres, rounds=settings.polish_rounds, kernels=kernels).labels
