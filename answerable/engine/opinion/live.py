"""Keep the groups of a running consultation up to date, stance by stance."""

import dataclasses
from collections.abc import Generator, Iterable, Mapping
from itertools import islice

import numpy as np
import numpy.typing as npt

from answerable.engine.cycles import no_cycle_collection
from answerable.engine.opinion.centred import MOST_PAIRED
from answerable.engine.opinion.changes import (
    Changes,
    Moved,
    inserted,
    located,
    merging,
    read_changes,
    rows_after,
    with_changes,
)
from answerable.engine.opinion.covotes import CovoteStatistics
from answerable.engine.opinion.figures import counted, with_figures
from answerable.engine.opinion.groups import find_opinion_groups, finding
from answerable.engine.opinion.kernels import kernels_for
from answerable.engine.opinion.partition import nearest_centres
from answerable.engine.opinion.places import Places, place_people
from answerable.engine.opinion.records import POINT_UNIT, OpinionGroups, OpinionSettings
from answerable.engine.opinion.stances import Ids, Row, Stances

_REDRAW_AFTER, _REDRAW_LARGE_AFTER = 0.001, 0.002
_AT_ONE_GO = 2_000_000
_CAUGHT_UP_AT_A_TIME = 4_000


class LiveGroups:
    """
    Hold stances, their counts and the groups they make.

    Counts are always those of all stances. The map is drawn anew when one stance in a thousand has changed since
    it was drawn, or somebody withdrew everything; until then people are moved on the map there is. With more than two
    million stances two in a thousand have to change; it is then drawn a step at a time, one for each call, and who
    withdrew everything meanwhile is on no map.
    """

    def __init__(
        self,
        stances: Stances,
        *,
        settings: OpinionSettings | None = None,
        sectors: Mapping[str, str] | None = None,
        statements_left_out: Iterable[str] = (),
    ) -> None:
        """Count once and find the first groups."""
        self.settings = settings or OpinionSettings()
        self.sectors = sectors
        self.left_out = tuple(statements_left_out)
        is_paired = len(stances.statements) <= MOST_PAIRED
        self.statistics = CovoteStatistics.of(stances) if is_paired else None
        self._drawn = stances
        self._pending: Changes = {}
        self._changed = 0
        self._work: Generator[None, None, None] | None = None
        self._later: Changes = {}
        self._last = 0
        self._positions = {str(one): number for number, one in enumerate(stances.statements.tolist())}
        self.groups = self._redrawn(previous=None)

    @property
    def stances(self) -> Stances:
        """Return all stances as they are now."""
        return with_changes(self._drawn, changes=self._pending) if self._pending else self._drawn

    def take_in(self, rows: Iterable[Row]) -> OpinionGroups:
        """
        Add, change or withdraw (None) stances to known statements, and return the groups as they are now.

        The cost is little for each row, and does not grow with the number of stances until the map is redrawn.
        """
        with no_cycle_collection():
            return self._taken_in(rows)

    def _taken_in(self, rows: Iterable[Row]) -> OpinionGroups:
        """Take rows in."""
        asked = read_changes(rows, positions=self._positions)
        if not asked:
            return self.groups
        before = rows_after(self._drawn, changes={who: self._pending.get(who, {}) for who in asked})
        after = rows_after(before, changes=asked)
        if self.statistics is not None:
            self.statistics.change(before, after=after, kernels=kernels_for(len(self._drawn)))
        for who, changes in asked.items():
            self._pending.setdefault(who, {}).update(changes)
            if self._work is not None:
                self._later.setdefault(who, {}).update(changes)
        self._last = len(asked)
        self._changed += sum(len(changes) for changes in asked.values())
        most = _REDRAW_LARGE_AFTER if self._is_large() else _REDRAW_AFTER
        is_small = self._changed <= most * len(self._drawn) and bool(np.diff(after.indptr).all())
        if self.groups.k == 0 or self.settings.compat or not (is_small or self._is_large()):
            return self.redraw()
        moved = self.groups = self._moved(self.groups, before.without_empty_rows(), after=after)
        self._go_on(may_begin=not is_small)
        if self.groups is moved:
            self.groups = with_figures(moved)
        return self.groups

    @property
    def is_drawing(self) -> bool:
        """Whether a map is being drawn anew, a step with each call."""
        return self._work is not None

    def redraw(self) -> OpinionGroups:
        """Return the groups on a map drawn anew from all stances, and go on from there."""
        self._drawn = self.stances
        self._pending, self._changed, self._work = {}, 0, None
        self.groups = self._redrawn(previous=self.groups)
        return self.groups

    def _is_large(self) -> bool:
        """Say whether a map is drawn anew a step at a time."""
        return len(self._drawn) > _AT_ONE_GO

    def _go_on(self, *, may_begin: bool) -> None:
        """Do one step of drawing the map anew, if that is under way or may begin."""
        if self._work is None and may_begin:
            self._work, self._later = self._redrawing(), {}
        try:
            next(self._work or iter(()))
        except StopIteration:
            self._work = None

    def _redrawing(self) -> Generator[None, None, None]:
        """Draw the map anew from the stances as they are now, pausing; then take in what came since."""
        statistics = None if self.statistics is None else self.statistics.copied()
        # What is taken in from here on is in `_later`: the stances must be those that were counted.
        changes = {who: dict(one) for who, one in self._pending.items()}
        yield
        stances = yield from merging(self._drawn, changes=changes)
        yield
        found = yield from finding(
            stances,
            settings=self.settings,
            sectors=self.sectors,
            previous=self.groups,
            left_out={str(one) for one in self.left_out},
            statistics=statistics,
            kernels=kernels_for(len(stances)),
        )
        yield
        taken: Changes = {}
        while self._later:
            found = self._caught_up(found, stances, taken=taken)
            if self._later:
                yield
        self._drawn, self._pending, self.groups = stances, taken, with_figures(found)
        self._changed = sum(len(one) for one in taken.values())

    def _caught_up(self, held: OpinionGroups, stances: Stances, *, taken: Changes) -> OpinionGroups:
        """
        Return groups with some more of what came since their map was begun, several times as much as comes at a time.

        Their figures are left as they were.
        """
        some = dict(islice(self._later.items(), max(_CAUGHT_UP_AT_A_TIME, 4 * self._last)))
        before = rows_after(stances, changes={who: taken.get(who, {}) for who in some})
        for who, changes in some.items():
            taken[who] = taken.get(who, {}) | changes
            del self._later[who]
        after = rows_after(before, changes=some)
        return self._moved(held, before.without_empty_rows(), after=after)

    def _redrawn(self, *, previous: OpinionGroups | None) -> OpinionGroups:
        """Return the groups of the stances as they are, on a map drawn anew."""
        return find_opinion_groups(
            self._drawn,
            settings=self.settings,
            sectors=self.sectors,
            previous=previous,
            statements_left_out=self.left_out,
            statistics=self.statistics,
        )

    def _moved(self, held: OpinionGroups, before: Stances, *, after: Stances) -> OpinionGroups:
        """Return groups after some people changed their stances, on the map there is, with the figures of before."""
        places = _placed_again(held, after)
        labels = self._labels_of(held, places)
        at, is_known = located(held.participants, who=after.participants)
        participants = inserted(held.participants, at=at[~is_known], new=after.participants[~is_known])
        moved = Moved.of(at, is_new=~is_known)
        all_labels = moved.put(labels, into=held.labels)
        sector_labels = self._sector_labels_of(held, after.participants)
        stood = np.isin(after.participants, before.participants)
        sizes = [
            group.size + come - gone
            for group, come, gone in zip(
                held.groups, _sizes(labels, k=held.k), _sizes(held.labels[at[is_known]], k=held.k), strict=True
            )
        ]
        return dataclasses.replace(
            held,
            groups=tuple(dataclasses.replace(group, size=size) for group, size in zip(held.groups, sizes, strict=True)),
            participants=participants,
            labels=all_labels,
            points=moved.put(places.points, into=held.points),
            stance_counts=moved.put(places.stance_counts, into=held.stance_counts),
            totals=_recounted(
                held.totals[None],
                before=(before, np.zeros(len(before.participants), dtype=np.int8)),
                after=(after, np.zeros(len(after.participants), dtype=np.int8)),
            )[0],
            counts=_recounted(held.counts, before=(before, held.labels[at[stood]]), after=(after, labels)),
            sector_counts=_recounted(
                held.sector_counts, before=(before, sector_labels[stood]), after=(after, sector_labels)
            ),
        )

    def _labels_of(self, held: OpinionGroups, places: Places) -> npt.NDArray[np.int8]:
        """Return the nearest group of people, -1 for who took too few stances."""
        labels = nearest_centres(places.points, centres=np.rint(held.centres * POINT_UNIT).astype(np.int64))
        asked = len(held.statements) - len(held.left_out)
        labels[places.stance_counts < max(1, min(self.settings.least_stances, asked))] = -1
        return labels

    def _sector_labels_of(self, held: OpinionGroups, who: Ids) -> npt.NDArray[np.int16]:
        """Return the position of each one's sector among those of the groups, -1 for none."""
        position = {name: place for place, name in enumerate(held.sectors)}
        sectors = self.sectors or {}
        return np.array([position.get(sectors.get(str(one), ""), -1) for one in who.tolist()], dtype=np.int16)


def _sizes(labels: npt.NDArray[np.int8], *, k: int) -> list[int]:
    """Return how many have each of k labels; those below 0 are left aside."""
    sizes: list[int] = np.bincount(labels[labels >= 0], minlength=k).tolist()
    return sizes


def _placed_again(held: OpinionGroups, rows: Stances) -> Places:
    """Return the places of some people on the map there is."""
    kept = np.isin(held.statements.astype(np.str_), held.left_out, invert=True)
    return place_people(
        rows,
        directions=held.axes,
        means=held.means,
        kept=kept,
        statement_count=int(kept.sum()),
        added_passes=held.steadying,
        kernels=kernels_for(0),
    )


def _recounted(
    counts: npt.NDArray[np.int64],
    *,
    before: tuple[Stances, npt.NDArray[np.signedinteger]],
    after: tuple[Stances, npt.NDArray[np.signedinteger]],
) -> npt.NDArray[np.int64]:
    """Return counts (labels, statements, 3) without the rows before, with the rows after; each with its labels."""
    loops = kernels_for(0)
    gone, come = (counted(stances, labels=labels, k=len(counts), kernels=loops) for stances, labels in (before, after))
    return counts - gone + come
