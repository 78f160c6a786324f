"""What the search for opinion groups takes in and gives back: frozen records."""

from dataclasses import dataclass
from functools import cached_property
from typing import Literal, NamedTuple

import numpy as np
import numpy.typing as npt

Verdict = Literal["groups", "no clear groups", "too few"]
Direction = Literal["agree", "disagree"]
_MOST_GROUPS = 100
POINT_UNIT = 1 << 14
"""Places of people are whole numbers of this fraction of the unit, so that sums are exact in any order."""


@dataclass(frozen=True, slots=True)
class OpinionSettings:
    """
    Hold every choice that changes the result.

    `least_stances` is how many stances place a person on the map, and `steadying` as how many passes more each person
    counts there, so that who said little is not flung far out; None estimates it from the stances. `compat="polis"`
    places people exactly as Polis does: no steadying, and statements left out count as passed by everybody instead
    of as never there.
    """

    seed: int = 20161128
    compat: Literal["", "polis"] = ""
    groups_wanted: int | None = None
    least_stances: int = 7
    steadying: int | None = None
    least_people: int = 12
    most_groups: int = 5
    grid: int = 40
    starts: int = 10
    polish_rounds: int = 20
    null_draws: int = 19
    null_people: int = 600
    stability_splits: int = 8
    stability_people: int = 2000
    least_stability: float = 0.03
    false_discovery_rate: float = 0.05
    keep_groups_within: float = 0.03
    wins_to_change: int = 4
    gain_to_change: float = 0.01

    def __post_init__(self) -> None:
        """Refuse numbers no run could be made with."""
        lowest = {"most_groups": 2, "least_people": 2, "grid": 2, "starts": 1, "null_people": 2, "stability_people": 2}
        for name, least in lowest.items():
            if getattr(self, name) < least:
                raise ValueError(f"{name} is {getattr(self, name)}; it must be at least {least}.")
        wanted = 1 if self.groups_wanted is None else self.groups_wanted
        if not 1 <= wanted <= _MOST_GROUPS or self.most_groups > _MOST_GROUPS:
            raise ValueError(f"The number of groups must be from 1 to {_MOST_GROUPS}.")


@dataclass(frozen=True, slots=True)
class CurvePoint:
    """Hold how well the people fall into `k` groups, and the same where their stances are shuffled by chance."""

    k: int
    silhouette: float
    null_mean: float
    null_highest: float


@dataclass(frozen=True, slots=True)
class OpinionGroup:
    """Hold one group: its id, which later runs keep, how many people, and where its centre lies on the map."""

    id: str
    size: int
    centre: tuple[float, float]


class GroupFigure(NamedTuple):
    """
    Hold what one group says to one statement, and how that differs from everybody else on the map.

    `share` is the smoothed share of the group that takes the direction, `representativeness` that share over the
    others' share. `p` is two-sided; `adjusted_p` is held against the false discovery rate over all groups and
    statements. A statement represents a group when `adjusted_p` is low enough and more than half take the direction.
    """

    group: str
    statement: str
    agree: int
    disagree: int
    passed: int
    direction: Direction
    share: float
    representativeness: float
    p: float
    adjusted_p: float
    is_representative: bool


class ConsensusFigure(NamedTuple):
    """
    Hold how far a statement is agreed to by every group at once (the product of the smoothed shares).

    `over_sectors` is the same over the declared sectors, None when nobody declared any; `least` is the lower of both.
    """

    statement: str
    agree: int
    disagree: int
    passed: int
    over_groups: float
    over_sectors: float | None
    least: float


@dataclass(frozen=True, slots=True)
class Stability:
    """
    Hold how far the groups from one half of the statements are those from the other half (adjusted Rand index).

    1 is the same `k` groups, 0 what chance would give. `value` is None where too few people spoke to both halves.
    """

    value: float | None
    splits: tuple[float, ...]
    people: int
    k: int


@dataclass(frozen=True, slots=True)
class Lineage:
    """
    Hold what the next run needs to let groups keep their identity.

    `ids_given` counts the ids used so far, `measured_people` those on the map when chance and stability were last
    measured; `challenger` is another k that did better in the last `wins` runs.
    """

    ids_given: int
    measured_people: int
    challenger: int
    wins: int


@dataclass(frozen=True, slots=True)
class Person:
    """
    Hold where one participant is on the map, and in which group.

    `group` is empty for who took too few stances to be placed. `belonging` is 1 at the centre of the group and 0 half
    way to the next one.
    """

    participant: str
    group: str
    x: float
    y: float
    belonging: float


@dataclass(frozen=True)
class OpinionGroups:
    """
    Hold the whole result.

    The arrays have one row a participant, in the order of `participants`: `labels` int8, the position in `groups` or
    -1 for who took too few stances; `points` int32 (people, 2) in units of 1/POINT_UNIT; `stance_counts` int32. `axes`
    float64 (statements, 2), `means` (statements) and `steadying` drew the map. `counts` int64 (groups,
    statements, 3) are disagree, pass and agree, as are `sector_counts` by declared sector and `totals`
    (statements, 3) of everybody.
    """

    verdict: Verdict
    groups: tuple[OpinionGroup, ...]
    curve: tuple[CurvePoint, ...]
    stability: Stability
    figures: tuple[GroupFigure, ...]
    consensus: tuple[ConsensusFigure, ...]
    variance_explained: tuple[float, float]
    participants: npt.NDArray[np.generic]
    statements: npt.NDArray[np.generic]
    left_out: tuple[str, ...]
    labels: npt.NDArray[np.int8]
    points: npt.NDArray[np.int32]
    stance_counts: npt.NDArray[np.int32]
    axes: npt.NDArray[np.float64]
    means: npt.NDArray[np.float64]
    steadying: int
    sectors: tuple[str, ...]
    counts: npt.NDArray[np.int64]
    sector_counts: npt.NDArray[np.int64]
    totals: npt.NDArray[np.int64]
    lineage: Lineage
    settings: OpinionSettings

    @property
    def k(self) -> int:
        """Return how many groups there are; 1 where none are clear."""
        return len(self.groups)

    @cached_property
    def centres(self) -> npt.NDArray[np.float64]:
        """Return the centres of the groups, float64 (groups, 2), in units of the map."""
        return np.array([group.centre for group in self.groups], dtype=np.float64).reshape(-1, 2)

    def belonging(self) -> npt.NDArray[np.float64]:
        """Return for each participant how clearly they belong: 1 at the centre, 0 half way; 0 where not placed."""
        found = np.zeros(len(self.labels))
        placed = self.labels >= 0
        if self.k == 1:
            found[placed] = 1.0
        elif self.k > 1:
            places = self.points[placed] / POINT_UNIT
            apart = np.sqrt(((places[:, None, :] - self.centres[None, :, :]) ** 2).sum(axis=2))
            nearest = np.partition(apart, 1, axis=1)[:, :2]
            total = nearest.sum(axis=1)
            found[placed] = np.divide(nearest[:, 1] - nearest[:, 0], total, out=np.zeros_like(total), where=total > 0)
        return found

    def people(self) -> tuple[Person, ...]:
        """Return everybody, in the order of their ids."""
        ids = [group.id for group in self.groups]
        places = zip(self.labels.tolist(), self.points.tolist(), self.belonging().tolist(), strict=True)
        return tuple(
            Person(
                participant=str(participant),
                group=ids[label] if label >= 0 else "",
                x=point[0] / POINT_UNIT,
                y=point[1] / POINT_UNIT,
                belonging=belonging,
            )
            for participant, (label, point, belonging) in zip(self.participants.tolist(), places, strict=True)
        )
