"""List the pairs of stances that differ between two states of some people, without looking at their other pairs."""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from answerable.engine.opinion.stances import Stances

_ABSENT = 2

Ints = npt.NDArray[np.int64]


class ChangedPairs(NamedTuple):
    """
    Hold pairs of statements `row` <= `column` that a person's change touches, one entry for each person and pair.

    `amounts` int64 (4, pairs) is what that adds to N, S, T and U, see `covotes`.
    """

    row: Ints
    column: Ints
    amounts: Ints


class _Union(NamedTuple):
    """Hold every stance that people have in either state, in order: person, statement, both values or _ABSENT."""

    person: Ints
    statement: Ints
    then: Ints
    now: Ints
    starts: Ints


def changed_pairs(before: Stances, *, after: Stances, most: int) -> ChangedPairs | None:
    """
    Return what changes for the pairs of stances of the people before and after, or None for more than `most` pairs.

    Both hold whole rows of people, about the same statements; who is in one of them only has no stance in the other.
    The cost grows with changes times the length of the rows they are in.
    """
    held = _union(before, after=after)
    changed = np.flatnonzero(held.then != held.now)
    first, last = held.starts[held.person[changed]], held.starts[held.person[changed] + 1]
    counts = last - first
    ends = np.cumsum(counts)
    if len(ends) and ends[-1] > most:
        return None
    one = np.repeat(changed, counts)
    other = np.arange(len(one)) + np.repeat(first - ends + counts, counts)
    # A pair of two changes is met from both sides.
    is_kept = (held.then[other] == held.now[other]) | (other >= one)
    low, high = np.minimum(one, other)[is_kept], np.maximum(one, other)[is_kept]
    amounts = _of_pairs(held.now[low], held.now[high]) - _of_pairs(held.then[low], held.then[high])
    return ChangedPairs(held.statement[low], held.statement[high], amounts)


def _union(before: Stances, *, after: Stances) -> _Union:
    """Return the stances of both states side by side."""
    people, number = np.unique(np.concatenate([before.participants, after.participants]), return_inverse=True)
    columns = max(len(before.statements), 1)
    keys = []
    for one, numbers in ((before, number[: len(before.participants)]), (after, number[len(before.participants) :])):
        keys.append(np.repeat(numbers, np.diff(one.indptr)) * columns + one.statement)
    both = np.concatenate(keys)
    both.sort(kind="stable")
    both = both[np.append(both[1:] != both[:-1], np.ones(min(len(both), 1), dtype=bool))]
    then, now = (np.full(len(both), _ABSENT, dtype=np.int64) for _ in range(2))
    then[np.searchsorted(both, keys[0])] = before.value
    now[np.searchsorted(both, keys[1])] = after.value
    person, statement = np.divmod(both, columns)
    return _Union(person, statement, then, now, np.searchsorted(person, np.arange(len(people) + 1)))


def _of_pairs(low: Ints, high: Ints) -> Ints:
    """Return int64 (4, pairs): whether both are there, their product, the first and the second value, else 0."""
    is_pair = ((low != _ABSENT) & (high != _ABSENT)).astype(np.int64)
    return np.stack([is_pair, low * high * is_pair, low * is_pair, high * is_pair])
