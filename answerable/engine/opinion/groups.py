"""Find the groups of people who take similar stances, from the stances to the figures of each group."""

from collections.abc import Generator, Iterable, Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from answerable.engine.opinion.cells import gather
from answerable.engine.opinion.chance import null_silhouettes
from answerable.engine.opinion.changes import ended
from answerable.engine.opinion.choosing import Choice, choose, curve_of, divide, possible_ks, verdict_on
from answerable.engine.opinion.covotes import CovoteStatistics
from answerable.engine.opinion.drawing import AT_ONE_STEP, Map, Task, drawing
from answerable.engine.opinion.figures import counted, sector_labels_of, with_figures
from answerable.engine.opinion.kernels import Kernels, kernels_for
from answerable.engine.opinion.lineage import Earlier, group_ids
from answerable.engine.opinion.partition import centres_of, distances, polish, silhouettes
from answerable.engine.opinion.records import (
    POINT_UNIT,
    CurvePoint,
    Lineage,
    OpinionGroup,
    OpinionGroups,
    OpinionSettings,
    Stability,
    Verdict,
)
from answerable.engine.opinion.stability import split_half_stability
from answerable.engine.opinion.stances import Stances


@dataclass(frozen=True)
class _Division:
    """Hold the group of everybody (-1 not placed) and how it was arrived at."""

    verdict: Verdict
    labels: npt.NDArray[np.int8]
    centres: npt.NDArray[np.int64]
    curve: tuple[CurvePoint, ...]
    stability: Stability
    choice: Choice
    measured_people: int


def find_opinion_groups(
    stances: Stances,
    *,
    settings: OpinionSettings | None = None,
    sectors: Mapping[str, str] | None = None,
    previous: Earlier | None = None,
    statements_left_out: Iterable[str] = (),
    statistics: CovoteStatistics | None = None,
    kernels: Kernels | None = None,
) -> OpinionGroups:
    """
    Return the opinion groups of people by their stances, or that there are none that chance does not give as well.

    The same stances give the same result whatever the order of the rows. `sectors` maps participants to declared
    sectors, for consensus over sectors beside groups. `previous`, an earlier result or what `kept_map` reads of one,
    lets groups keep their ids and changes of their number wait until they last. `statements_left_out` do not count.
    `statistics` must be those of the same stances, where they were kept or merged from shards; else they are counted
    here. Above 4,096 statements no pairs are counted, and `statistics` are not needed. `kernels` are chosen by size.
    """
    return ended(
        finding(
            stances,
            settings=settings or OpinionSettings(),
            sectors=sectors,
            previous=previous,
            left_out={str(one) for one in statements_left_out},
            statistics=statistics,
            kernels=kernels or kernels_for(len(stances)),
        )
    )


def finding(
    stances: Stances,
    *,
    settings: OpinionSettings,
    sectors: Mapping[str, str] | None,
    previous: Earlier | None,
    left_out: set[str],
    statistics: CovoteStatistics | None,
    kernels: Kernels,
) -> Generator[None, None, OpinionGroups]:
    """Return what `find_opinion_groups` does, pausing between steps."""
    kept = np.array([str(one) not in left_out for one in stances.statements.tolist()], dtype=bool)
    drawn = yield from drawing(Task(stances, settings, kernels, previous, kept), statistics=statistics)
    division = yield from _dividing(drawn)
    yield
    return (yield from _describing(drawn, division=division, sectors=sectors))


def _dividing(drawn: Map) -> Generator[None, None, _Division]:
    """Return the division of the people on the map, with the curve and the measurements behind it."""
    task, people = drawn.task, len(drawn.placed)
    labels = np.full(len(task.stances.participants), -1, dtype=np.int8)
    if people < task.settings.least_people:
        nobody = np.zeros((0, 2), dtype=np.int64)
        return _Division("too few", labels, nobody, (), Stability(None, (), 0, 0), Choice(0, 0, 0), 0)
    points = drawn.places.points[drawn.placed]
    ks = possible_ks(people, settings=task.settings)
    cells = gather(points, grid=task.settings.grid)
    divisions = divide(cells, ks=ks, earlier=_earlier_centres(drawn), settings=task.settings, kernels=task.kernels)
    yield
    labelled = [divisions[k].labels for k in ks]
    scores = silhouettes(distances(cells), weights=cells.weights, divisions=labelled)
    curve = curve_of(dict(zip(ks, scores, strict=True)), null=_null_of(drawn, ks=ks))
    choice = choose(curve, previous=task.previous, settings=task.settings)
    stability = _stability_of(drawn, k=choice.k)
    verdict = verdict_on(choice, curve=curve, stability=stability, settings=task.settings)
    wanted = task.settings.groups_wanted or (choice.k if verdict == "groups" else 1)
    centres = divisions[wanted].centres if wanted in divisions else _middle(points)
    yield
    fine = polish(points, centres=centres, rounds=task.settings.polish_rounds, kernels=task.kernels)
    labels[drawn.placed] = fine.labels
    measured = people if drawn.measured is None else drawn.measured.lineage.measured_people
    return _Division(verdict, labels, fine.centres, curve, stability, choice, measured)


def _earlier_centres(drawn: Map) -> npt.NDArray[np.int64] | None:
    """Return where the groups of the previous run would lie on this map, if there were several."""
    previous = drawn.task.previous
    if previous is None or drawn.carried is None or previous.k < 2:  # noqa: PLR2004  # several
        return None
    carried = drawn.carried[drawn.placed]
    present = np.bincount(carried[carried >= 0], minlength=previous.k)
    if not present.all():
        return None
    return centres_of(drawn.places.points[drawn.placed], labels=carried, k=previous.k)


def _middle(points: npt.NDArray[np.int32]) -> npt.NDArray[np.int64]:
    """Return the one centre of everybody, int64 (1, 2)."""
    return centres_of(points, labels=np.zeros(len(points), dtype=np.int8), k=1)


def _null_of(drawn: Map, *, ks: list[int]) -> dict[int, tuple[float, float]]:
    """Return what chance gives for each k: the mean and the highest silhouette."""
    task = drawn.task
    if drawn.measured is not None:
        return {point.k: (point.null_mean, point.null_highest) for point in drawn.measured.curve}
    if task.settings.null_draws < 1 or not drawn.ground.axes.variance[0]:
        return {}
    sample = task.sampled(drawn.placed, size=task.settings.null_people)
    return null_silhouettes(
        sample, kept=task.kept, ks=ks, steadying=drawn.steadying, settings=task.settings, kernels=task.kernels
    )


def _stability_of(drawn: Map, *, k: int) -> Stability:
    """Return how stable k groups are over halves of the statements."""
    if drawn.measured is not None and drawn.measured.stability.k == k:
        return drawn.measured.stability
    settings = drawn.task.settings
    return split_half_stability(
        drawn.split(),
        k=k,
        steadying=drawn.steadying,
        starts=max(1, settings.starts // 2),
        settings=settings,
        kernels=drawn.task.kernels,
    )


def _describing(
    drawn: Map, *, division: _Division, sectors: Mapping[str, str] | None
) -> Generator[None, None, OpinionGroups]:
    """Return the result: groups with their ids, and the figures of statements."""
    task, stances = drawn.task, drawn.task.stances
    k = len(division.centres)
    ids, given = group_ids(division.labels, carried=drawn.carried, previous=task.previous, k=k)
    order = sorted(range(k), key=lambda label: int(ids[label][1:]))
    turned = np.empty(k + 1, dtype=np.int8)
    turned[order] = np.arange(k)
    turned[k] = -1
    labels = turned[division.labels]
    counts = yield from _counting(task, labels=labels, k=k)
    yield
    names, sector_labels = sector_labels_of(stances.participants, sectors=sectors or {})
    sector_counts = yield from _counting(task, labels=sector_labels, k=len(names))
    sizes = np.bincount(labels[labels >= 0], minlength=k).tolist()
    return with_figures(
        OpinionGroups(
            verdict=division.verdict,
            groups=tuple(
                OpinionGroup(ids[label], sizes[place], _on_the_map(division.centres[label]))
                for place, label in enumerate(order)
            ),
            curve=division.curve,
            stability=division.stability,
            figures=(),
            consensus=(),
            variance_explained=drawn.ground.axes.variance,
            participants=stances.participants,
            statements=stances.statements,
            left_out=task.left_out,
            labels=labels,
            points=drawn.places.points,
            stance_counts=drawn.places.stance_counts,
            axes=drawn.ground.directions,
            means=drawn.ground.means,
            steadying=drawn.steadying,
            sectors=names,
            counts=counts,
            sector_counts=sector_counts,
            totals=drawn.ground.totals,
            lineage=Lineage(given, division.measured_people, division.choice.challenger, division.choice.wins),
            settings=task.settings,
        )
    )


def _counting(
    task: Task, *, labels: npt.NDArray[np.signedinteger], k: int
) -> Generator[None, None, npt.NDArray[np.int64]]:
    """Return what `counted` does, pausing after some millions of stances."""
    counts = np.zeros((k, len(task.kept), 3), dtype=np.int64)
    for first, last in task.stances.spans(stances=AT_ONE_STEP) if k else ():
        if first:
            yield
        counts += counted(task.stances.between(first, last), labels=labels[first:last], k=k, kernels=task.kernels)
    return counts


def _on_the_map(centre: npt.NDArray[np.int64]) -> tuple[float, float]:
    """Return a centre in units of the map."""
    return (int(centre[0]) / POINT_UNIT, int(centre[1]) / POINT_UNIT)
