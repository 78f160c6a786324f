"""Find the groups of people who take similar stances, from the stances to the figures of each group."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from answerable.engine.opinion.axes import Axes, principal_axes
from answerable.engine.opinion.cells import gather
from answerable.engine.opinion.centred import MOST_PAIRED, CentredStances
from answerable.engine.opinion.chance import null_silhouettes
from answerable.engine.opinion.choosing import Choice, choose, curve_of, divide, possible_ks, silhouettes, verdict_on
from answerable.engine.opinion.covotes import CovoteStatistics, Matrix, statement_means
from answerable.engine.opinion.figures import counted, sector_labels_of, with_figures
from answerable.engine.opinion.kernels import Kernels, kernels_for
from answerable.engine.opinion.lineage import carried_labels, group_ids
from answerable.engine.opinion.partition import centres_of, polish
from answerable.engine.opinion.places import Places, place_people
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

_CHANGE_TO_MEASURE_AGAIN = 0.1


@dataclass(frozen=True)
class _Map:
    """Hold everybody's place and who counts as placed, with what the places were made from."""

    stances: Stances
    settings: OpinionSettings
    kernels: Kernels
    previous: OpinionGroups | None
    left_out: tuple[str, ...]
    totals: npt.NDArray[np.int64]
    means: npt.NDArray[np.float64]
    kept: npt.NDArray[np.bool_]
    covariance: Matrix
    axes: Axes
    directions: npt.NDArray[np.float64]
    places: Places
    placed: npt.NDArray[np.int64]
    carried: npt.NDArray[np.int8] | None


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
    previous: OpinionGroups | None = None,
    statements_left_out: Iterable[str] = (),
    statistics: CovoteStatistics | None = None,
    kernels: Kernels | None = None,
) -> OpinionGroups:
    """
    Return the opinion groups of people by their stances, or that there are none that chance does not give as well.

    The same stances give the same result whatever the order of the rows. `sectors` maps participants to declared
    sectors, for consensus over sectors beside groups. `previous` lets groups keep their ids and changes of their number
    wait until they last. `statements_left_out` do not count. `statistics` must be those of the same stances, where
    they were kept or merged from shards; else they are counted here. Above 4,096 statements no pairs are counted, and
    `statistics` are not needed. `kernels` are chosen by size.
    """
    chosen = settings or OpinionSettings()
    loops = kernels or kernels_for(len(stances))
    drawn = _draw_map(
        stances,
        statistics=statistics,
        settings=chosen,
        left_out={str(one) for one in statements_left_out},
        previous=previous,
        kernels=loops,
    )
    return _described(drawn, division=_divided(drawn), sectors=sectors)


def _draw_map(
    stances: Stances,
    *,
    statistics: CovoteStatistics | None,
    settings: OpinionSettings,
    left_out: set[str],
    previous: OpinionGroups | None,
    kernels: Kernels,
) -> _Map:
    """Return the map of people along the two axes in which they differ most."""
    kept = np.array([str(one) not in left_out for one in stances.statements.tolist()], dtype=bool)
    rows = np.flatnonzero(kept)
    totals, covariance = _measured(stances, statistics=statistics, kept=rows, kernels=kernels)
    means = statement_means(totals)
    is_same_list = previous is not None and np.array_equal(previous.statements, stances.statements)
    axes = principal_axes(covariance, start=previous.axes[rows] if previous is not None and is_same_list else None)
    directions = np.zeros((len(kept), 2))
    directions[rows] = axes.directions
    is_polis = settings.compat == "polis"
    left_out_count = int((~kept).sum())
    places = place_people(
        stances,
        directions=directions,
        means=means,
        kept=kept,
        statement_count=len(kept) if is_polis else len(rows),
        added_passes=left_out_count if is_polis else settings.steadying,
        kernels=kernels,
    )
    asked = np.diff(stances.indptr) if is_polis else places.stance_counts
    least = max(1, min(settings.least_stances, int(kept.sum())))
    return _Map(
        stances=stances,
        settings=settings,
        kernels=kernels,
        previous=previous,
        left_out=tuple(sorted(str(one) for one in stances.statements[~kept].tolist())),
        totals=totals,
        means=means,
        kept=kept,
        covariance=covariance,
        axes=axes,
        directions=directions,
        places=places,
        placed=np.flatnonzero(asked >= least),
        carried=None if previous is None else carried_labels(previous, participants=stances.participants),
    )


def _measured(
    stances: Stances, *, statistics: CovoteStatistics | None, kept: npt.NDArray[np.int64], kernels: Kernels
) -> tuple[npt.NDArray[np.int64], Matrix]:
    """Return the totals of all statements (disagree, pass, agree) and the covariance of the kept ones."""
    if len(stances.statements) <= MOST_PAIRED:
        counts = statistics or CovoteStatistics.of(stances, kernels=kernels)
        return counts.totals(), counts.covariance(kept=kept)
    everybody = np.zeros(len(stances.participants), dtype=np.int8)
    totals = counted(stances, labels=everybody, k=1, kernels=kernels)[0]
    return totals, CentredStances.of(stances, means=statement_means(totals), kept=kept)


def _divided(drawn: _Map) -> _Division:
    """Return the division of the people on the map, with the curve and the measurements behind it."""
    settings, people = drawn.settings, len(drawn.placed)
    labels = np.full(len(drawn.stances.participants), -1, dtype=np.int8)
    if people < settings.least_people:
        nobody = np.zeros((0, 2), dtype=np.int64)
        return _Division("too few", labels, nobody, (), Stability(None, (), 0, 0), Choice(0, 0, 0), 0)
    points = drawn.places.points[drawn.placed]
    ks = possible_ks(people, settings=settings)
    cells = gather(points, grid=settings.grid)
    divisions = divide(cells, ks=ks, earlier=_earlier_centres(drawn), settings=settings, kernels=drawn.kernels)
    earlier = _still_measured(drawn, ks=ks)
    curve = curve_of(silhouettes(cells, divisions), null=_null_of(drawn, ks=ks, earlier=earlier))
    choice = choose(curve, previous=drawn.previous, settings=settings)
    stability = _stability_of(drawn, k=choice.k, earlier=earlier)
    verdict = verdict_on(choice, curve=curve, stability=stability, settings=settings)
    wanted = settings.groups_wanted or (choice.k if verdict == "groups" else 1)
    centres = divisions[wanted].centres if wanted in divisions else _middle(points)
    fine = polish(points, centres=centres, rounds=settings.polish_rounds, kernels=drawn.kernels)
    labels[drawn.placed] = fine.labels
    measured = people if earlier is None else earlier.lineage.measured_people
    return _Division(verdict, labels, fine.centres, curve, stability, choice, measured)


def _earlier_centres(drawn: _Map) -> npt.NDArray[np.int64] | None:
    """Return where the groups of the previous run would lie on this map, if there were several."""
    if drawn.previous is None or drawn.carried is None or drawn.previous.k < 2:  # noqa: PLR2004  # several
        return None
    carried = drawn.carried[drawn.placed]
    present = np.bincount(carried[carried >= 0], minlength=drawn.previous.k)
    if not present.all():
        return None
    return centres_of(drawn.places.points[drawn.placed], labels=carried, k=drawn.previous.k)


def _middle(points: npt.NDArray[np.int32]) -> npt.NDArray[np.int64]:
    """Return the one centre of everybody, int64 (1, 2)."""
    return centres_of(points, labels=np.zeros(len(points), dtype=np.int8), k=1)


def _still_measured(drawn: _Map, *, ks: list[int]) -> OpinionGroups | None:
    """Return the previous run if what it measured of chance and stability still holds, as little has changed."""
    previous = drawn.previous
    if previous is None or previous.settings != drawn.settings or previous.left_out != drawn.left_out:
        return None
    measured = previous.lineage.measured_people
    is_near = abs(len(drawn.placed) - measured) <= _CHANGE_TO_MEASURE_AGAIN * measured
    return previous if is_near and [point.k for point in previous.curve] == ks else None


def _null_of(drawn: _Map, *, ks: list[int], earlier: OpinionGroups | None) -> dict[int, tuple[float, float]]:
    """Return what chance gives for each k: the mean and the highest silhouette."""
    if earlier is not None:
        return {point.k: (point.null_mean, point.null_highest) for point in earlier.curve}
    if drawn.settings.null_draws < 1 or not drawn.axes.variance[0]:
        return {}
    sample = _sampled(drawn, size=drawn.settings.null_people)
    return null_silhouettes(sample, kept=drawn.kept, ks=ks, settings=drawn.settings, kernels=drawn.kernels)


def _stability_of(drawn: _Map, *, k: int, earlier: OpinionGroups | None) -> Stability:
    """Return how stable k groups are over halves of the statements."""
    if earlier is not None and earlier.stability.k == k:
        return earlier.stability
    return split_half_stability(
        _sampled(drawn, size=drawn.settings.stability_people),
        covariance=drawn.covariance,
        directions=drawn.axes.directions,
        kept=np.flatnonzero(drawn.kept),
        means=drawn.means,
        k=k,
        settings=drawn.settings,
        kernels=drawn.kernels,
    )


def _sampled(drawn: _Map, *, size: int) -> Stances:
    """Return the stances of at most so many people on the map, drawn by the seed."""
    rows = drawn.placed
    if len(rows) > size:
        chance = np.random.Generator(np.random.PCG64([drawn.settings.seed, 3]))
        rows = np.sort(chance.choice(rows, size, replace=False, shuffle=False))
    return drawn.stances.rows(rows)


def _described(drawn: _Map, *, division: _Division, sectors: Mapping[str, str] | None) -> OpinionGroups:
    """Return the result: groups with their ids, and the figures of statements."""
    k = len(division.centres)
    ids, given = group_ids(division.labels, carried=drawn.carried, previous=drawn.previous, k=k)
    order = sorted(range(k), key=lambda label: int(ids[label][1:]))
    turned = np.empty(k + 1, dtype=np.int8)
    turned[order] = np.arange(k)
    turned[k] = -1
    labels = turned[division.labels]
    sizes = np.bincount(labels[labels >= 0], minlength=k).tolist()
    names, sector_labels = sector_labels_of(drawn.stances.participants, sectors=sectors or {})
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
            variance_explained=drawn.axes.variance,
            participants=drawn.stances.participants,
            statements=drawn.stances.statements,
            left_out=drawn.left_out,
            labels=labels,
            points=drawn.places.points,
            stance_counts=drawn.places.stance_counts,
            axes=drawn.directions,
            means=drawn.means,
            sectors=names,
            counts=counted(drawn.stances, labels=labels, k=k, kernels=drawn.kernels),
            sector_counts=counted(drawn.stances, labels=sector_labels, k=len(names), kernels=drawn.kernels),
            totals=drawn.totals,
            lineage=Lineage(given, division.measured_people, division.choice.challenger, division.choice.wins),
            settings=drawn.settings,
        )
    )


def _on_the_map(centre: npt.NDArray[np.int64]) -> tuple[float, float]:
    """Return a centre in units of the map."""
    return (int(centre[0]) / POINT_UNIT, int(centre[1]) / POINT_UNIT)
