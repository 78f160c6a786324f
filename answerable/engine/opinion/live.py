"""Keep the groups of a running consultation up to date, stance by stance."""

from collections.abc import Iterable, Mapping

from answerable.engine.opinion.covotes import CovoteStatistics
from answerable.engine.opinion.groups import find_opinion_groups
from answerable.engine.opinion.records import OpinionGroups, OpinionSettings
from answerable.engine.opinion.stances import Row, Stances


class LiveGroups:
    """Hold stances, their counts and the groups they make; changed stances change the counts, not a recount."""

    def __init__(
        self,
        stances: Stances,
        *,
        settings: OpinionSettings | None = None,
        sectors: Mapping[str, str] | None = None,
        statements_left_out: Iterable[str] = (),
    ) -> None:
        """Count once and find the first groups."""
        self.stances = stances
        self.settings = settings or OpinionSettings()
        self.sectors = sectors
        self.left_out = tuple(statements_left_out)
        self.statistics = CovoteStatistics.of(stances)
        self.groups = self._found(previous=None)

    def take_in(self, rows: Iterable[Row]) -> OpinionGroups:
        """
        Add, change or withdraw (None) stances to known statements, and return the groups as they are now.

        The counts afterwards equal those of all stances counted at once.
        """
        self.stances, before, after = self.stances.changed(rows)
        self.statistics.subtract(before)
        self.statistics.add(after)
        self.groups = self._found(previous=self.groups)
        return self.groups

    def _found(self, *, previous: OpinionGroups | None) -> OpinionGroups:
        """Return the groups of the stances as they are."""
        return find_opinion_groups(
            self.stances,
            settings=self.settings,
            sectors=self.sectors,
            previous=previous,
            statements_left_out=self.left_out,
            statistics=self.statistics,
        )
