"""Let groups keep their identity from one run to the next."""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from answerable.engine.opinion.kept import KeptMap
from answerable.engine.opinion.kernels import Kernels
from answerable.engine.opinion.partition import nearest_centres
from answerable.engine.opinion.places import place_people
from answerable.engine.opinion.records import POINT_UNIT, OpinionGroups
from answerable.engine.opinion.stances import Ids, Stances

_LEAST_OVERLAP = 1 / 3
Earlier = OpinionGroups | KeptMap
"""An earlier run: whole, or what was kept of it without its people."""


class EarlierGround(NamedTuple):
    """Hold what an earlier map was drawn with, in the order of today's statements; 0 where one did not count then."""

    means: npt.NDArray[np.float64]
    axes: npt.NDArray[np.float64]
    counted: npt.NDArray[np.bool_]


def ground_of(previous: Earlier, *, statements: Ids) -> EarlierGround:
    """Return what the earlier map was drawn with for statements of today."""
    names, then = statements.astype(np.str_), previous.statements.astype(np.str_)
    # Ids that are numbers are sorted as numbers, not as text.
    place = {name: number for number, name in enumerate(then.tolist())}
    at = np.array([place.get(name, -1) for name in names.tolist()], dtype=np.int64)
    counted = (at >= 0) & np.isin(names, previous.left_out, invert=True)
    found = EarlierGround(np.zeros(len(names)), np.zeros((len(names), 2)), counted)
    found.means[counted] = previous.means[at[counted]]
    found.axes[counted] = previous.axes[at[counted]]
    return found


def carried_labels(previous: Earlier, *, stances: Stances, kernels: Kernels) -> npt.NDArray[np.int8]:
    """
    Return the previous group of each participant, int8, -1 for none.

    Where the people of the earlier run were not kept, it is the group that today's stances would have put them in
    then: the nearest centre on the earlier map.
    """
    if isinstance(previous, KeptMap):
        return _placed_then(previous, stances=stances, kernels=kernels)
    participants = stances.participants
    if np.array_equal(previous.participants, participants):
        return previous.labels
    found = np.full(len(participants), -1, dtype=np.int8)
    at = np.searchsorted(previous.participants, participants)
    within = at < len(previous.participants)
    within[within] = previous.participants[at[within]] == participants[within]
    found[within] = previous.labels[at[within]]
    return found


def _placed_then(previous: KeptMap, *, stances: Stances, kernels: Kernels) -> npt.NDArray[np.int8]:
    """Return the nearest group of the earlier map to each participant, -1 who took too few of its stances."""
    if not previous.groups:
        return np.full(len(stances.participants), -1, dtype=np.int8)
    ground = ground_of(previous, statements=stances.statements)
    asked = len(previous.statements) - len(previous.left_out)
    places = place_people(
        stances,
        directions=ground.axes,
        means=ground.means,
        kept=ground.counted,
        statement_count=asked,
        added_passes=previous.steadying,
        kernels=kernels,
    )
    centres = np.rint(np.array([one.centre for one in previous.groups]) * POINT_UNIT).astype(np.int64)
    labels = nearest_centres(places.points, centres=centres)
    labels[places.stance_counts < max(1, min(previous.settings.least_stances, asked))] = -1
    return labels


def group_ids(
    labels: npt.NDArray[np.int8], *, carried: npt.NDArray[np.int8] | None, previous: Earlier | None, k: int
) -> tuple[list[str], int]:
    """
    Return an id for each of k labels, and how many ids were ever given.

    The pair of an old and a new group with most people in common comes first; the new one takes the id when those are
    at least a third of both together. Others get the next numbers never used, larger groups first.
    """
    given = previous.lineage.ids_given if previous is not None else 0
    ids = [""] * k
    if previous is not None and carried is not None:
        for old, new in _pairs(labels, carried=carried, old_count=previous.k, k=k):
            ids[new] = previous.groups[old].id
    sizes = np.bincount(labels[labels >= 0], minlength=k)
    for label in np.argsort(-sizes, kind="stable").tolist():
        if not ids[label]:
            given += 1
            ids[label] = f"G{given}"
    return ids, given


def _pairs(
    labels: npt.NDArray[np.int8], *, carried: npt.NDArray[np.int8], old_count: int, k: int
) -> list[tuple[int, int]]:
    """Return pairs of old and new groups that are the same group, each group at most once."""
    both = (labels >= 0) & (carried >= 0)
    shared = np.bincount(carried[both].astype(np.int64) * k + labels[both], minlength=old_count * k)
    shared = shared.reshape(old_count, k)
    together = shared.sum(axis=1, keepdims=True) + shared.sum(axis=0, keepdims=True) - shared
    found: list[tuple[int, int]] = []
    for place in np.argsort(-shared.ravel(), kind="stable").tolist():
        old, new = divmod(place, k)
        is_free = all(old != one[0] and new != one[1] for one in found)
        if is_free and shared[old, new] > 0 and shared[old, new] >= _LEAST_OVERLAP * together[old, new]:
            found.append((old, new))
    return found
