"""Change stances that are kept as columns: new ones, other ones, withdrawn ones."""

from collections.abc import Generator, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple, Self, TypeVar

import numpy as np
import numpy.typing as npt

from answerable.engine.opinion.stances import WITHDRAWN, BadStance, Ids, Row, Stances, UnknownStatement, value_of

_Kind = TypeVar("_Kind", bound=np.generic)
_Result = TypeVar("_Result")
_MERGED_AT_ONCE = 8_000
_COPIED_AT_ONCE = 6_000_000
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
    return ended(merging(stances, changes=changes))


def ended(work: Generator[None, None, _Result]) -> _Result:
    """Return what work that pauses comes to, done at one go."""
    while True:
        try:
            next(work)
        except StopIteration as end:
            found: _Result = end.value
            return found


def merging(stances: Stances, *, changes: Changes) -> Generator[None, None, Stances]:
    """Return all stances after changes, pausing after every few thousand participants that changed."""
    names = list(changes)
    _, order = _in_order(names, like=stances.participants)
    parts = [_Merged.nothing(stances)]
    yield
    for first in range(0, len(order), _MERGED_AT_ONCE):
        some = {names[place]: changes[names[place]] for place in order[first : first + _MERGED_AT_ONCE].tolist()}
        parts.append(_merged(stances, after=rows_after(stances, changes=some), begin=parts[-1].end))
        yield
    at, is_new, counts, who = (np.concatenate([part[place] for part in parts]) for place in range(4))
    held = np.diff(stances.indptr)
    held[at[~is_new]] = counts[~is_new]
    rest = slice(parts[-1].end, len(stances))
    participants = inserted(stances.participants, at=at[is_new], new=who[is_new])
    indptr = np.concatenate(([0], np.cumsum(np.insert(held, at[is_new], counts[is_new]))))
    yield
    statement = yield from _joining([*(each for part in parts for each in part.statement), stances.statement[rest]])
    value = yield from _joining([*(each for part in parts for each in part.value), stances.value[rest]])
    return Stances(participants, stances.statements, indptr, statement, value).without_empty_rows()


def _joining(pieces: Sequence[npt.NDArray[_Kind]]) -> Generator[None, None, npt.NDArray[_Kind]]:
    """Return pieces one after the other, pausing after every few million numbers."""
    joined = np.empty(sum(map(len, pieces)), dtype=pieces[0].dtype)
    place = since = 0
    for piece in pieces:
        for first in range(0, len(piece), _COPIED_AT_ONCE):
            some = piece[first : first + _COPIED_AT_ONCE]
            joined[place : place + len(some)] = some
            place, since = place + len(some), since + len(some)
            if since >= _COPIED_AT_ONCE:
                since = 0
                yield
    return joined


class _Merged(NamedTuple):
    """
    Hold the columns up to and with the last of some changed participants, in pieces, and where they go.

    `at` is where each participant is among all, or is put in when `is_new`, `counts` how many stances each has now.
    `end` is the position in the columns before, up to which they are merged.
    """

    at: npt.NDArray[np.int64]
    is_new: npt.NDArray[np.bool_]
    counts: npt.NDArray[np.int64]
    who: Ids
    statement: list[npt.NDArray[np.unsignedinteger]]
    value: list[npt.NDArray[np.int8]]
    end: int

    @classmethod
    def nothing(cls, stances: Stances) -> Self:
        """Return the merge of nobody."""
        none = np.zeros(0, dtype=np.int64)
        return cls(none, none.astype(bool), none, stances.participants[:0], [], [], 0)


def _merged(stances: Stances, *, after: Stances, begin: int) -> _Merged:
    """Return the columns from `begin` to the last of the participants whose rows are given as they are now."""
    at, is_known = located(stances.participants, who=after.participants)
    starts, stops = stances.indptr[at].tolist(), stances.indptr[at + is_known].tolist()
    own = after.indptr.tolist()
    statement: list[npt.NDArray[np.unsignedinteger]] = []
    value: list[npt.NDArray[np.int8]] = []
    for number, (start, stop) in enumerate(zip(starts, stops, strict=True)):
        statement += (stances.statement[begin:start], after.statement[own[number] : own[number + 1]])
        value += (stances.value[begin:start], after.value[own[number] : own[number + 1]])
        begin = stop
    return _Merged(at, ~is_known, np.diff(after.indptr), after.participants, statement, value, begin)


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

    @classmethod
    def of(cls, at: npt.NDArray[np.int64], *, is_new: npt.NDArray[np.bool_]) -> Self:
        """Return where participants in rising order go, that are or would be put at these places among all."""
        new_before: npt.NDArray[np.int64] = np.cumsum(is_new) - is_new
        return cls(at[is_new], is_new, at + new_before)

    def put(self, rows: npt.NDArray[_Kind], *, into: npt.NDArray[_Kind]) -> npt.NDArray[_Kind]:
        """Return a copy of the array of all with these rows in it."""
        whole = inserted(into, at=self.put_in_at, new=rows[self.is_new])
        if whole is into:
            whole = into.copy()
        whole[self.now_at] = rows
        return whole
