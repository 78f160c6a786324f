"""Draw the map of people along the two axes in which they differ most."""

from collections.abc import Generator
from dataclasses import asdict, dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from answerable.engine.opinion.axes import Axes, principal_axes
from answerable.engine.opinion.centred import MOST_PAIRED, CentredStances
from answerable.engine.opinion.choosing import possible_ks
from answerable.engine.opinion.covotes import CovoteStatistics, Matrix, statement_means
from answerable.engine.opinion.figures import counted
from answerable.engine.opinion.kernels import Kernels
from answerable.engine.opinion.lineage import Earlier, carried_labels, ground_of
from answerable.engine.opinion.places import Places, points_of, sums_along
from answerable.engine.opinion.records import OpinionSettings
from answerable.engine.opinion.stability import Split, splits_of
from answerable.engine.opinion.stances import Stances
from answerable.engine.opinion.steadying import steadying_of

_CHANGE_TO_MEASURE_AGAIN = 0.1
AT_ONE_STEP = 12_000_000
"""So many stances are looked at between two pauses."""


@dataclass(frozen=True)
class Task:
    """Hold what a map is drawn from and with."""

    stances: Stances
    settings: OpinionSettings
    kernels: Kernels
    previous: Earlier | None
    kept: npt.NDArray[np.bool_]

    @cached_property
    def left_out(self) -> tuple[str, ...]:
        """Return the statements that do not count, in order."""
        return tuple(sorted(str(one) for one in self.stances.statements[~self.kept].tolist()))

    def sampled(self, rows: npt.NDArray[np.int64], *, size: int) -> Stances:
        """Return the stances of at most so many of these people, drawn by the seed."""
        if len(rows) > size:
            chance = np.random.Generator(np.random.PCG64([self.settings.seed, 3]))
            rows = np.sort(chance.choice(rows, size, replace=False, shuffle=False))
        return self.stances.rows(rows)


@dataclass(frozen=True)
class Ground:
    """Hold what a map stands on: totals and means of all statements, covariance and axes of those that count."""

    totals: npt.NDArray[np.int64]
    means: npt.NDArray[np.float64]
    covariance: Matrix
    axes: Axes
    directions: npt.NDArray[np.float64]


@dataclass(frozen=True)
class Map:
    """
    Hold everybody's place and who counts as placed.

    `carried` is the group each had before, -1 for none; `measured` the earlier run when what it measured still holds;
    `splits` are there when stability was looked at for the steadying.
    """

    task: Task
    ground: Ground
    steadying: int
    places: Places
    placed: npt.NDArray[np.int64]
    carried: npt.NDArray[np.int8] | None
    measured: Earlier | None
    splits: list[Split] | None

    def split(self) -> list[Split]:
        """Return the maps from halves of the statements."""
        return self.splits if self.splits is not None else _split(self.task, ground=self.ground, placed=self.placed)


def drawing(task: Task, *, statistics: CovoteStatistics | None) -> Generator[None, None, Map]:
    """Return the map of people, pausing between the steps of the work."""
    ground = yield from _grounding(task, statistics=statistics)
    yield
    sums = yield from _summing(task, ground=ground)
    yield
    is_polis = task.settings.compat == "polis"
    asked = np.diff(task.stances.indptr) if is_polis else sums[:, 2]
    placed = np.flatnonzero(asked >= max(1, min(task.settings.least_stances, int(task.kept.sum()))))
    measured = _still_measured(task, people=len(placed))
    steadying, splits = _steadied(task, ground=ground, placed=placed, measured=measured)
    points = points_of(
        sums,
        statement_count=len(task.kept) if is_polis else int(task.kept.sum()),
        added_passes=int((~task.kept).sum()) if is_polis else steadying,
    )
    places = Places(points, sums[:, 2].astype(np.int32))
    yield
    carried = None
    if task.previous is not None:
        carried = carried_labels(task.previous, stances=task.stances, kernels=task.kernels)
    return Map(task, ground, steadying, places, placed, carried, measured, splits)


def _summing(task: Task, *, ground: Ground) -> Generator[None, None, npt.NDArray[np.int64]]:
    """Return the sums of everybody's stances along the axes, see `sums_along`, pausing after some millions."""
    sums = np.empty((len(task.stances.participants), 3), dtype=np.int64)
    for first, last in task.stances.spans(stances=AT_ONE_STEP):
        if first:
            yield
        sums[first:last] = sums_along(
            task.stances.between(first, last),
            directions=ground.directions,
            means=ground.means,
            kept=task.kept,
            kernels=task.kernels,
        )
    return sums


def _steadied(
    task: Task, *, ground: Ground, placed: npt.NDArray[np.int64], measured: Earlier | None
) -> tuple[int, list[Split] | None]:
    """Return the steadying: as set, as measured before, or estimated, and then the splits it was estimated from."""
    settings = task.settings
    if settings.compat == "polis" or len(placed) < settings.least_people:
        return 0, None
    if settings.steadying is not None:
        return settings.steadying, None
    if measured is not None:
        return measured.steadying, None
    splits = _split(task, ground=ground, placed=placed)
    earlier = None if task.previous is None else task.previous.steadying
    return steadying_of(splits, earlier=earlier, settings=settings, kernels=task.kernels), splits


def _split(task: Task, *, ground: Ground, placed: npt.NDArray[np.int64]) -> list[Split]:
    """Return the maps of a sample of the people placed, from halves of the statements."""
    return splits_of(
        task.sampled(placed, size=task.settings.stability_people),
        covariance=ground.covariance,
        directions=ground.axes.directions,
        kept=np.flatnonzero(task.kept),
        means=ground.means,
        settings=task.settings,
        kernels=task.kernels,
    )


def _grounding(task: Task, *, statistics: CovoteStatistics | None) -> Generator[None, None, Ground]:
    """Return what the map stands on, from counts of pairs, or above 4,096 statements from the stances, with a pause."""
    stances, rows = task.stances, np.flatnonzero(task.kept)
    if len(stances.statements) <= MOST_PAIRED:
        counts = statistics or CovoteStatistics.of(stances, kernels=task.kernels)
        totals, covariance = counts.totals(), counts.covariance(kept=rows)
    else:
        everybody = np.zeros(len(stances.participants), dtype=np.int8)
        totals = counted(stances, labels=everybody, k=1, kernels=task.kernels)[0]
        covariance = CentredStances.of(stances, means=statement_means(totals), kept=rows)
    yield
    start = None if task.previous is None else ground_of(task.previous, statements=stances.statements).axes[rows]
    axes = principal_axes(covariance, start=start)
    directions = np.zeros((len(task.kept), 2))
    directions[rows] = axes.directions
    return Ground(totals, statement_means(totals), covariance, axes, directions)


def _still_measured(task: Task, *, people: int) -> Earlier | None:
    """Return the previous run if what it measured of chance and stability still holds, as little has changed."""
    previous = task.previous
    if previous is None or asdict(previous.settings) != asdict(task.settings) or previous.left_out != task.left_out:
        return None
    measured = previous.lineage.measured_people
    is_near = abs(people - measured) <= _CHANGE_TO_MEASURE_AGAIN * measured
    return (
        previous
        if is_near and [point.k for point in previous.curve] == possible_ks(people, settings=task.settings)
        else None
    )
