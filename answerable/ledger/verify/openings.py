"""Whether every opening opens its commitment, and every missing one was erased on the record."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _

from answerable.ledger import body as bodies
from answerable.ledger.checks import Problem
from answerable.ledger.commitments import opens
from answerable.ledger.errors import MalformedBody
from answerable.ledger.log_types import OPENING_ERASED
from answerable.ledger.models import Entry, Opening
from answerable.ledger.queries import iterate_facts

Place = tuple[int, str]
_ASKED_AT_ONCE = 500


class OpeningCheck:
    """Compares openings with commitments chunk by chunk, and settles at the end which absences are explained."""

    def __init__(self) -> None:
        """Begin before the first entry."""
        self.opening_count = 0
        self.erased_count = 0
        self._missing: set[Place] = set()
        self._erased: set[Place] = set()

    def add(self, chunk: Sequence[Entry]) -> Iterator[Problem]:
        """Yield what is wrong with the openings of consecutive entries."""
        if not chunk:
            return
        rows = Opening.objects.filter(entry_id__gte=chunk[0].index, entry_id__lte=chunk[-1].index)
        found: dict[int, dict[str, Opening]] = defaultdict(dict)
        for opening in rows.iterator(chunk_size=2_000):
            found[opening.entry_id][opening.field] = opening
        for entry in chunk:
            yield from self._entry_problems(entry, openings=found[entry.index])

    def finish(self, *, after: int) -> Iterator[Problem]:
        """Yield absences without an erasure and erasures that were undone; ``after`` is where the walk ended."""
        for late in iterate_facts(OPENING_ERASED, from_index=after):
            self._erased |= _places(str(late.facts.get("erased", "")))
        for index, name in sorted(self._missing - self._erased):
            message = _("Entry %(index)s: the fact “%(field)s” is gone, and no entry says that it was erased.")
            yield _problem(index, name, message=message)
        for index, name in sorted(self._still_there()):
            message = _("Entry %(index)s: the fact “%(field)s” was erased, and is back.")
            yield _problem(index, name, message=message)
        self.erased_count = len(self._missing & self._erased)

    def _entry_problems(self, entry: Entry, *, openings: dict[str, Opening]) -> Iterator[Problem]:
        commitments = _commitments(entry)
        for name in sorted(openings.keys() - commitments.keys()):
            message = _("Entry %(index)s: a fact “%(field)s” was added that the entry does not have.")
            yield _problem(entry.index, name, message=message)
        for name, expected in commitments.items():
            opening = openings.get(name)
            if opening is None:
                self._missing.add((entry.index, name))
            elif opens(expected, name=name, nonce=bytes(opening.nonce), encoded=opening.value):
                self.opening_count += 1
                if entry.kind == OPENING_ERASED and name == "erased":
                    self._erased |= _places(opening.value.removeprefix("s:"))
            else:
                message = _("Entry %(index)s: the fact “%(field)s” is not the one that was recorded.")
                yield _problem(entry.index, name, message=message)

    def _still_there(self) -> Iterator[Place]:
        indexes = sorted({index for index, _name in self._erased})
        for start in range(0, len(indexes), _ASKED_AT_ONCE):
            asked = indexes[start : start + _ASKED_AT_ONCE]
            for place in Opening.objects.filter(entry_id__in=asked).values_list("entry_id", "field"):
                if place in self._erased:
                    yield place


def _commitments(entry: Entry) -> dict[str, bytes]:
    try:
        return dict(bodies.decoded(bytes(entry.body)).commitments)
    except MalformedBody:
        return {}


def _places(erased: str) -> set[Place]:
    parts = (pair.partition("/") for pair in erased.split())
    return {(int(index), name) for index, _slash, name in parts if index.isascii() and index.isdigit()}


def _problem(index: int, name: str, *, message: str) -> Problem:
    text = message % {"index": index, "field": name}
    return Problem("opening", subject=str(index), message=text, index=index, field=name)
