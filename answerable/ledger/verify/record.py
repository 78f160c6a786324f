"""One pass over the record from its first entry to its last, a chunk at a time."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from django.db import connection
from django.utils.translation import gettext as _

from answerable.ledger import queries, triggers
from answerable.ledger.checks import Problem, registered_checks
from answerable.ledger.merkle import Frontier
from answerable.ledger.models import Entry
from answerable.ledger.verify.checkpoints import CheckpointCheck
from answerable.ledger.verify.entries import entry_problems
from answerable.ledger.verify.openings import OpeningCheck
from answerable.ledger.verify.tree import TreeCheck

CHUNK = 2_000


@dataclass(slots=True)
class Report:
    """
    What the verifier found.

    ``checkpoint_count`` is the number of signed statements, in the database, outside it and given by the caller, that
    the record was held against; ``notes`` are sentences that are no cause for alarm.
    """

    entry_count: int = 0
    root: bytes = b""
    opening_count: int = 0
    erased_count: int = 0
    checkpoint_count: int = 0
    problems: list[Problem] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def is_intact(self) -> bool:
        """Say whether nothing was found altered."""
        return not self.problems


def verify_record(*, against: str | None = None) -> Report:
    """
    Verify the whole record and what depends on it.

    Entries are numbered without gaps and say what their columns say; their hashes, the stored nodes and the head follow
    from their bodies; every checkpoint in the database, in the file outside and in ``against`` (signed notes as text,
    kept by somebody else) is signed and true of the record as it is; each opening opens its commitment, and a missing
    one was erased on the record; the database's guards are in force; every registered check passes. Nothing is changed.
    Entries written meanwhile are left to the next run, so the site may stay up. Time grows with the record, memory with
    the number of erased facts.
    """
    report = Report()
    checkpoints = CheckpointCheck(against=against)
    stored = TreeCheck.extent()
    # The head is read after all that it must cover, and nothing it covers ever changes.
    current = _head()
    size = max(stored[0], 0 if current is None else current.size)
    tree = TreeCheck(size=size, wanted=checkpoints.sizes(), extent=stored)
    openings = OpeningCheck()
    for chunk in _chunks(end=size):
        for entry in chunk:
            report.problems += tree.gap_before(entry.index)
            leaf, problems = entry_problems(entry)
            report.problems += problems
            tree.add(leaf)
        report.problems += openings.add(chunk)
        report.entry_count += len(chunk)
    report.problems += tree.finish(current)
    report.problems += openings.finish(after=size)
    report.problems += checkpoints.finish(size=size, roots=tree.roots)
    report.problems += _guard_problems()
    report.problems += _registered_problems()
    report.root, report.notes = tree.root(), checkpoints.notes
    report.opening_count, report.erased_count = openings.opening_count, openings.erased_count
    report.checkpoint_count = checkpoints.count
    return report


def _head() -> Frontier | None:
    try:
        return queries.head()
    except ValueError:
        return None


def _chunks(*, end: int) -> Iterator[list[Entry]]:
    start = 0
    while True:
        chunk = list(Entry.objects.filter(index__gte=start, index__lt=end).order_by("index")[:CHUNK])
        yield chunk
        if len(chunk) < CHUNK:
            return
        start = chunk[-1].index + 1


def _guard_problems() -> Iterator[Problem]:
    for name in triggers.missing(connection):
        message = _("The database's guard %(name)s is not in force.") % {"name": name}
        yield Problem("guard", subject=name, message=message)


def _registered_problems() -> Iterator[Problem]:
    for name, function in registered_checks().items():
        try:
            yield from function()
        except Exception as problem:  # noqa: BLE001  # Altered rows can break a check in any way; that is a finding.
            message = _("The check %(name)s could not be finished: %(problem)s") % {"name": name, "problem": problem}
            yield Problem("check", subject=name, message=message)
