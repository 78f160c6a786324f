"""Keep stances as columns: three bytes each, in an order that follows from the ids alone."""

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np
import numpy.typing as npt

Ids = npt.NDArray[np.generic]
Row = tuple[str, str, int | None] | tuple[str, str, int | None, int]
"""Participant, statement, value (1 agree, -1 disagree, 0 pass, None withdrawn), and when, as a number that grows."""

WITHDRAWN = 2
_NARROW = 1 << 16
_LONGEST_ID = 200


class BadStance(ValueError):
    """A stance is none of agree (1), pass (0), disagree (-1); the message names the first row."""


class UnknownStatement(ValueError):
    """A stance is about a statement that is not in the list; the message names the first few."""


@dataclass(frozen=True)
class Stances:
    """
    Hold one question's stances by participant, as compressed sparse rows.

    `participants` and `statements` are sorted ids. Row i is `statement[indptr[i]:indptr[i+1]]` (positions in
    `statements`, ascending, uint16 or uint32) with `value` (int8: 1 agree, 0 pass, -1 disagree) beside it.
    """

    participants: Ids
    statements: Ids
    indptr: npt.NDArray[np.int64]
    statement: npt.NDArray[np.unsignedinteger]
    value: npt.NDArray[np.int8]

    def __len__(self) -> int:
        """Count the stances."""
        return len(self.value)

    @classmethod
    def from_rows(cls, rows: Iterable[Row], *, statements: Iterable[str] | None = None) -> Self:
        """
        Return the stances of rows (participant, statement, value[, when]).

        Of several rows by one participant to one statement the one with the highest `when` stands, without it the
        last; None withdraws. `statements` lists the known ones: others raise UnknownStatement. A value that is
        no stance (NaN, 2, text) raises BadStance.
        """
        who: list[str] = []
        what: list[str] = []
        value: list[int] = []
        when: list[int] = []
        for number, row in enumerate(rows, start=1):
            who.append(_id_of(row[0], number=number))
            what.append(_id_of(row[1], number=number))
            value.append(value_of(row[2], number=number))
            when.append(int(row[3]) if len(row) > 3 else number)  # noqa: PLR2004  # the optional fourth
        known = None if statements is None else np.array(sorted({str(one) for one in statements}), dtype=np.str_)
        return cls._sorted(
            (np.array(who, dtype=np.str_), np.array(what, dtype=np.str_)),
            value=np.array(value, dtype=np.int8),
            when=np.array(when, dtype=np.int64),
            known=known,
        )

    @classmethod
    def from_arrays(
        cls,
        participants: Ids,
        statements: Ids,
        values: npt.NDArray[np.generic],
        *,
        when: npt.NDArray[np.int64] | None = None,
        known: Ids | None = None,
    ) -> Self:
        """Return the stances of three equally long arrays; as `from_rows`, and ids may be whole numbers too."""
        if not len(participants) == len(statements) == len(values):
            raise BadStance(
                f"The columns differ in length: {len(participants)} participants, {len(statements)} statements, "
                f"{len(values)} values."
            )
        numbers = np.asarray(values)
        is_stance = np.isin(numbers, (-1, 0, 1))
        if not is_stance.all():
            first = int(np.argmin(is_stance))
            raise BadStance(f"Row {first + 1} holds {numbers[first]!s}; a stance is 1, 0 or -1.")
        return cls._sorted(
            (_ids(participants), _ids(statements)),
            value=numbers.astype(np.int8),
            when=np.arange(len(numbers), dtype=np.int64) if when is None else np.asarray(when, dtype=np.int64),
            known=None if known is None else np.unique(known),
        )

    @classmethod
    def _sorted(
        cls,
        ids: tuple[Ids, Ids],
        *,
        value: npt.NDArray[np.int8],
        when: npt.NDArray[np.int64],
        known: Ids | None,
    ) -> Self:
        """Return stances in canonical order: by participant, then statement, the newest of each kept."""
        participants, row = np.unique(ids[0], return_inverse=True)
        statements, column = np.unique(ids[1], return_inverse=True)
        if known is not None:
            column = _positions_of(statements, known=known)[column]
            statements = known
        key = row.astype(np.int64) * max(len(statements), 1) + column
        order = np.lexsort((value, when, key))
        key, value = key[order], value[order]
        stands = np.ones(len(key), dtype=bool)
        stands[:-1] = key[1:] != key[:-1]
        stands &= value != WITHDRAWN
        key, value = key[stands], value[stands]
        row, column = np.divmod(key, max(len(statements), 1))
        indptr = np.zeros(len(participants) + 1, dtype=np.int64)
        np.cumsum(np.bincount(row, minlength=len(participants)), out=indptr[1:])
        return cls(
            participants, statements, indptr, column.astype(_column_type(len(statements))), value
        ).without_empty_rows()

    def rows(self, chosen: npt.NDArray[np.integer]) -> Self:
        """Return the stances of some participants only, given by ascending positions; all statements stay."""
        counts = self.indptr[chosen + 1] - self.indptr[chosen]
        indptr = np.zeros(len(chosen) + 1, dtype=np.int64)
        np.cumsum(counts, out=indptr[1:])
        picked = np.repeat(self.indptr[chosen] - indptr[:-1], counts) + np.arange(indptr[-1])
        return type(self)(
            self.participants[chosen], self.statements, indptr, self.statement[picked], self.value[picked]
        )

    def spans(self, *, stances: int) -> list[tuple[int, int]]:
        """Return the first and the last (exclusive) of participants that follow each other, with about so many each."""
        cuts = np.searchsorted(self.indptr, np.arange(0, len(self), stances), side="left").tolist()
        people = len(self.participants)
        return list(itertools.pairwise(sorted({0, people, *(min(cut, people) for cut in cuts)})))

    def between(self, first: int, last: int) -> Self:
        """Return the stances of participants that follow each other, without a copy of the columns."""
        own = slice(self.indptr[first], self.indptr[last])
        return type(self)(
            self.participants[first:last],
            self.statements,
            self.indptr[first : last + 1] - self.indptr[first],
            self.statement[own],
            self.value[own],
        )

    def shard(self, number: int, *, of: int) -> Self:
        """Return the stances of every `of`-th participant from `number` (0 to of - 1) on."""
        return self.rows(np.arange(number, len(self.participants), of))

    @classmethod
    def joined(cls, shards: Sequence["Stances"]) -> Self:
        """Return shards with the same statements and different participants as one, in canonical order."""
        first = shards[0]
        participants = np.concatenate([one.participants for one in shards])
        if any(not np.array_equal(one.statements, first.statements) for one in shards):
            raise UnknownStatement("The shards are not about the same statements.")
        if len(np.unique(participants)) != len(participants):
            raise BadStance("A participant is in more than one shard.")
        counts = np.concatenate([np.diff(one.indptr) for one in shards])
        indptr = np.concatenate(([0], np.cumsum(counts)))
        whole = cls(
            participants,
            first.statements,
            indptr,
            np.concatenate([one.statement for one in shards]),
            np.concatenate([one.value for one in shards]),
        )
        return whole.rows(np.argsort(participants, kind="stable"))

    def without_empty_rows(self) -> Self:
        """Return the stances of those participants only who took any."""
        taken = np.diff(self.indptr) > 0
        if taken.all():
            return self
        indptr = np.concatenate(([0], self.indptr[1:][taken]))
        return type(self)(self.participants[taken], self.statements, indptr, self.statement, self.value)


def _id_of(given: object, *, number: int) -> str:
    """Return an id as text, or raise BadStance naming the row; ids are kept as wide as the longest."""
    text = "" if given is None or given != given else str(given)  # noqa: PLR0124  # NaN is the one that differs
    if not text or len(text) > _LONGEST_ID or "\0" in text:
        raise BadStance(f"Row {number} has no usable participant or statement: {text[:40]!r}.")
    return text


def _ids(given: Ids) -> Ids:
    """Return ids as whole numbers or text, or raise BadStance."""
    ids = np.asarray(given)
    if ids.dtype.kind in "iuU":
        return ids
    if ids.dtype.kind == "O":
        return np.array([_id_of(one, number=number) for number, one in enumerate(ids.tolist(), start=1)], dtype=np.str_)
    raise BadStance(f"Ids are whole numbers or text, not {ids.dtype}.")


def value_of(given: object, *, number: int) -> int:
    """Return a stance as a small number, WITHDRAWN for None, or raise BadStance naming the row."""
    if given is None:
        return WITHDRAWN
    if isinstance(given, int | float | np.integer | np.floating) and given in (-1, 0, 1):
        return int(given)
    raise BadStance(f"Row {number} holds {given!r}; a stance is 1, 0 or -1, or None to withdraw.")


def _positions_of(found: Ids, *, known: Ids) -> npt.NDArray[np.int64]:
    """Return where each id is among the known ones, or raise UnknownStatement naming the first few."""
    if len(known) == 0 and len(found):
        raise UnknownStatement("No statements are known.")
    position = np.searchsorted(known, found)
    is_known = known[np.minimum(position, len(known) - 1)] == found if len(found) else np.ones(0, dtype=bool)
    if not is_known.all():
        names = ", ".join(str(one) for one in found[~is_known][:5])
        raise UnknownStatement(f"{int((~is_known).sum())} statements are not in the list, among them: {names}.")
    return position


def _column_type(statements: int) -> type[np.uint16] | type[np.uint32]:
    """Return the narrowest type of whole numbers that holds a position among so many statements."""
    return np.uint16 if statements <= _NARROW else np.uint32
