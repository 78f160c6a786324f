"""Walking tables and record side by side, a bounded number of rows at a time."""

from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

from django.db.models import Model, QuerySet

from answerable.ledger.checks import Problem
from answerable.ledger.queries import EntryFacts, iterate_facts

CHUNK = 500
Row = TypeVar("Row", bound=Model)


def chunks_of(rows: QuerySet[Row], *, size: int = CHUNK) -> Iterator[list[Row]]:
    """Yield all rows in order of id, up to ``size`` at a time, each time from where the last ended."""
    last = 0
    while chunk := list(rows.filter(pk__gt=last).order_by("pk")[:size]):
        yield chunk
        last = chunk[-1].pk


def entries_without_act(
    kind: str, *, subject: str, found: Callable[[Sequence[EntryFacts]], set[str]]
) -> Iterator[Problem]:
    """
    Yield a problem for each entry of a kind whose act is not there.

    ``found`` is given entries and returns the subject ids, among theirs, that have their act.
    """
    waiting: list[EntryFacts] = []
    for entry in iterate_facts(kind):
        waiting.append(entry)
        if len(waiting) == CHUNK:
            yield from _missing(waiting, found(waiting), subject)
            waiting = []
    if waiting:
        yield from _missing(waiting, found(waiting), subject)


def _missing(entries: Sequence[EntryFacts], there: set[str], subject: str) -> Iterator[Problem]:
    for entry in entries:
        if entry.subject_id not in there:
            message = f"Entry {entry.index} ({entry.kind}) tells of a {subject} that is not there."
            yield Problem("missing-act", entry.subject_id, message, index=entry.index)


def differing(entry: EntryFacts, *, field: str, live: object, subject: str) -> Iterator[Problem]:
    """Yield a problem when a live value is not what an entry says of it; an erased fact says nothing."""
    if field not in entry.erased and entry.facts.get(field) != live:
        message = f"The {field} of {subject} is not what entry {entry.index} says."
        yield Problem("altered-act", entry.subject_id, message, index=entry.index, field=field)
