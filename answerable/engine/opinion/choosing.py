"""Choose how many groups there are, against chance and against what was chosen before."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from answerable.engine.opinion.cells import Cells
from answerable.engine.opinion.kernels import Kernels
from answerable.engine.opinion.lineage import Earlier
from answerable.engine.opinion.partition import Partition, best_partition, settle
from answerable.engine.opinion.records import CurvePoint, OpinionSettings, Stability, Verdict

_PEOPLE_FOR_ANOTHER_GROUP = 12


@dataclass(frozen=True)
class Choice:
    """Hold the number of groups chosen, and another that did better in the last `wins` runs (0 for none)."""

    k: int
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


def curve_of(scores: dict[int, float], *, null: Mapping[int, tuple[float, float]]) -> tuple[CurvePoint, ...]:
    """Return the curve over k, with the mean and the highest that chance gives beside it."""
    return tuple(CurvePoint(k, scores[k], *null.get(k, (0.0, 0.0))) for k in sorted(scores))


def choose(curve: tuple[CurvePoint, ...], *, previous: Earlier | None, settings: OpinionSettings) -> Choice:
    """
    Return the number of groups with the highest silhouette; whether they are clear is another question.

    Fewer groups are chosen where more are not clearer by `gain_to_change`. After an earlier run another k takes over
    only when it did better, by more than that, `wins_to_change` times in a row.
    """
    scores = {point.k: point.silhouette for point in curve}
    highest = max(scores.values())
    best = min(k for k, score in scores.items() if score >= highest - settings.gain_to_change)
    if settings.groups_wanted in scores:
        return Choice(settings.groups_wanted, 0, 0)
    if previous is None or previous.k not in scores or previous.k == best:
        return Choice(best, 0, 0)
    if scores[best] - scores[previous.k] <= settings.gain_to_change:
        return Choice(previous.k, 0, 0)
    wins = previous.lineage.wins + 1 if previous.lineage.challenger == best else 1
    return Choice(best, 0, 0) if wins >= settings.wins_to_change else Choice(previous.k, best, wins)


def verdict_on(
    choice: Choice, *, curve: tuple[CurvePoint, ...], stability: Stability, settings: OpinionSettings
) -> Verdict:
    """
    Return whether the groups chosen are clear.

    They are when chance never reached their silhouette with as many groups, and the two halves of the statements agree
    more than chance would let them, where that could be measured.
    """
    is_beyond_chance = any(point.k == choice.k and point.silhouette > point.null_highest for point in curve)
    is_stable = stability.value is None or stability.value >= settings.least_stability
    return "groups" if is_beyond_chance and is_stable else "no clear groups"
