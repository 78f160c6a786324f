"""Let groups keep their identity from one run to the next."""

import numpy as np
import numpy.typing as npt

from answerable.engine.opinion.records import OpinionGroups
from answerable.engine.opinion.stances import Ids

_LEAST_OVERLAP = 1 / 3


def carried_labels(previous: OpinionGroups, *, participants: Ids) -> npt.NDArray[np.int8]:
    """Return the previous group of each participant, int8, -1 for who had none."""
    if np.array_equal(previous.participants, participants):
        return previous.labels
    found = np.full(len(participants), -1, dtype=np.int8)
    at = np.searchsorted(previous.participants, participants)
    within = at < len(previous.participants)
    within[within] = previous.participants[at[within]] == participants[within]
    found[within] = previous.labels[at[within]]
    return found


def group_ids(
    labels: npt.NDArray[np.int8], *, carried: npt.NDArray[np.int8] | None, previous: OpinionGroups | None, k: int
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
