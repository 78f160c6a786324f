"""Choose how many groups there are, against chance and against what was chosen before."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from answerable.engine.opinion.cells import Cells
from answerable.engine.opinion.kernels import Kernels
from answerable.engine.opinion.partition import Partition, best_partition, distances, settle, silhouette
from answerable.engine.opinion.records import CurvePoint, OpinionGroups, OpinionSettings

_PEOPLE_FOR_ANOTHER_GROUP = 12


@dataclass(frozen=True)
class Choice:
    """Hold the division into the k chosen (None for one group), with its challenger among the other k."""

    partition: Partition | None
    is_clear: bool
    challenger: int
    wins: int


def possible_ks(people: int, *, settings: OpinionSettings) -> list[int]:
    """Return the numbers of groups to try: 2, and one more for every twelve people, up to the most."""
    highest = min(settings.most_groups, 2 + people // _PEOPLE_FOR_ANOTHER_GROUP)
    return sorted({*range(2, highest + 1), *([settings.groups_wanted] if (settings.groups_wanted or 0) > 1 else [])})


def divide(
    cells: Cells,
    *,
    ks: list[int],
    earlier: npt.NDArray[np.int64] | None,
    settings: OpinionSettings,
    kernels: Kernels,
) -> dict[int, Partition]:
    """
    Return the best division for each k.

    Where `earlier` centres are given, what grows out of them stands unless a fresh start is clearly better.
    """
    found = {k: best_partition(cells, k=k, starts=settings.starts, seed=settings.seed, kernels=kernels) for k in ks}
    if earlier is not None and len(earlier) in found:
        grown = settle(cells, centres=earlier, kernels=kernels)
        if grown.inertia <= found[len(earlier)].inertia * (1 + settings.keep_groups_within):
            found[len(earlier)] = grown
    return found


def silhouettes(cells: Cells, divisions: dict[int, Partition]) -> dict[int, float]:
    """Return how well the people fall into each number of groups (Rousseeuw 1987)."""
    apart = distances(cells)
    return {k: silhouette(apart, weights=cells.weights, labels=one.labels) for k, one in divisions.items()}


def curve_of(scores: dict[int, float], *, null: Mapping[int, tuple[float, float]]) -> tuple[CurvePoint, ...]:
    """Return the curve over k, with the mean and the highest that chance gives beside it."""
    return tuple(CurvePoint(k, scores[k], *null.get(k, (0.0, 0.0))) for k in sorted(scores))


def choose(
    divisions: dict[int, Partition],
    *,
    curve: tuple[CurvePoint, ...],
    has_null: bool,
    previous: OpinionGroups | None,
    settings: OpinionSettings,
) -> Choice:
    """
    Return the number of groups with the highest silhouette, or none where chance reaches it with as many.

    After an earlier run another k takes over only when it did better, by more than `gain_to_change`, `wins_to_change`
    times in a row.
    """
    scores = {point.k: point.silhouette for point in curve}
    best = max(scores, key=lambda k: (scores[k], -k))
    is_clear = not has_null or any(point.silhouette > point.null_highest for point in curve if point.k == best)
    if settings.groups_wanted is not None:
        return Choice(divisions.get(settings.groups_wanted), is_clear, 0, 0)
    if not is_clear:
        return Choice(None, False, 0, 0)
    if previous is None or previous.k not in scores or previous.k == best:
        return Choice(divisions[best], True, 0, 0)
    if scores[best] - scores[previous.k] <= settings.gain_to_change:
        return Choice(divisions[previous.k], True, 0, 0)
    wins = previous.lineage.wins + 1 if previous.lineage.challenger == best else 1
    if wins >= settings.wins_to_change:
        return Choice(divisions[best], True, 0, 0)
    return Choice(divisions[previous.k], True, best, wins)
