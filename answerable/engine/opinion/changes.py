"""Change stances that are kept as columns: new ones, other ones, withdrawn ones."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from answerable.engine.opinion.stances import WITHDRAWN, BadStance, Ids, Row, Stances, UnknownStatement, value_of

_Kind = TypeVar("_Kind", bound=np.generic)
Changes = dict[str, dict[int, int]]
"""By participant and position of the statement: the new value, or WITHDRAWN."""


def read_changes(rows: Iterable[Row], *, positions: Mapping[str, int]) -> Changes:
    """Return the changes that rows ask for, the last of several winning; the statements must have positions."""
    changes: Changes = {}
    for number, row in enumerate(rows, start=1):
        position = positions.get(str(row[1]))
        if position is None:
            raise UnknownStatement(f"Row {number} is about a statement that is not in the list: {row[1]}.")
        changes.setdefault(str(row[0]), {})[position] = value_of(row[2], number=number)
    return changes


def located(participants: Ids, *, who: Ids) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.bool_]]:
    """Return where each of `who` is among sorted participants, or would be put, and whether it is there."""
    at = np.searchsorted(participants, who)
    is_known = at < len(participants)
    is_known[is_known] = participants[at[is_known]] == who[is_known]
    return at, is_known


def rows_after(stances: Stances, *, changes: Changes) -> Stances:
    """Return the rows of the participants that changes name, after them, also those that are then empty."""
    who, order = _in_order(list(changes), like=stances.participants)
    at, is_known = located(stances.participants, who=who)
    held = stances.rows(at[is_known])
    row = np.repeat(np.flatnonzero(is_known), np.diff(held.indptr))
    asked = list(changes.values())
    news = [
        (number, column, value) for number, place in enumerate(order.tolist()) for column, value in asked[place].items()
    ]
    new = np.array(news, dtype=np.int64).reshape(-1, 3)
    columns = max(len(stances.statements), 1)
    key = np.concatenate([row * columns + held.statement, new[:, 0] * columns + new[:, 1]])
    value = np.concatenate([held.value, new[:, 2].astype(np.int8)])
    sequence = np.argsort(key, kind="stable")
    key, value = key[sequence], value[sequence]
    stands = value != WITHDRAWN
    stands[:-1] &= key[1:] != key[:-1]
    row, column = np.divmod(key[stands], columns)
    indptr = np.zeros(len(who) + 1, dtype=np.int64)
    np.cumsum(np.bincount(row, minlength=len(who)), out=indptr[1:])
    return Stances(who, stances.statements, indptr, column.astype(stances.statement.dtype), value[stands])


def _in_order(names: list[str], *, like: Ids) -> tuple[Ids, npt.NDArray[np.int64]]:
    """Return participants in the order of ids, as whole numbers where those kept are, and where each was."""
    kind: npt.DTypeLike = like.dtype if like.dtype.kind in "iu" else np.str_
    try:
        who, order = np.unique(np.array(names, dtype=np.str_).astype(kind), return_index=True)
    except (ValueError, OverflowError) as problem:
        raise BadStance("Participants are whole numbers here; among the new ones are others.") from problem
    if len(who) < len(names):
        raise BadStance("A participant is named in two ways.")
    return who, order


def with_changes(stances: Stances, *, changes: Changes) -> Stances:
    """Return all stances after changes, at the cost of one copy of the columns."""
    after = rows_after(stances, changes=changes)
    at, is_known = located(stances.participants, who=after.participants)
    starts, stops = stances.indptr[at].tolist(), stances.indptr[at + is_known].tolist()
    own = after.indptr.tolist()
    statement: list[npt.NDArray[np.unsignedinteger]] = []
    value: list[npt.NDArray[np.int8]] = []
    for number, begin in enumerate([0, *stops]):
        end = starts[number] if number < len(starts) else len(stances)
        statement.append(stances.statement[begin:end])
        value.append(stances.value[begin:end])
        if number < len(starts):
            statement.append(after.statement[own[number] : own[number + 1]])
            value.append(after.value[own[number] : own[number + 1]])
    counts, new_counts = np.diff(stances.indptr), np.diff(after.indptr)
    counts[at[is_known]] = new_counts[is_known]
    return Stances(
        inserted(stances.participants, at=at[~is_known], new=after.participants[~is_known]),
        stances.statements,
        np.concatenate(([0], np.cumsum(np.insert(counts, at[~is_known], new_counts[~is_known])))),
        np.concatenate(statement),
        np.concatenate(value),
    ).without_empty_rows()


def inserted(held: npt.NDArray[_Kind], *, at: npt.NDArray[np.int64], new: npt.NDArray[_Kind]) -> npt.NDArray[_Kind]:
    """Return an array with new entries put in, wide enough for both."""
    if len(new) == 0:
        return held
    wider: npt.NDArray[_Kind] = np.insert(held.astype(np.promote_types(held.dtype, new.dtype)), at, new, axis=0)
    return wider


@dataclass(frozen=True)
class Moved:
    """Hold where rows of some participants go in an array of all: which are new, where those are put in, all now."""

    put_in_at: npt.NDArray[np.int64]
    is_new: npt.NDArray[np.bool_]
    now_at: npt.NDArray[np.int64]

    def put(self, rows: npt.NDArray[_Kind], *, into: npt.NDArray[_Kind]) -> npt.NDArray[_Kind]:
        """Return a copy of the array of all with these rows in it."""
        whole = inserted(into, at=self.put_in_at, new=rows[self.is_new])
        if whole is into:
            whole = into.copy()
        whole[self.now_at] = rows
        return whole
