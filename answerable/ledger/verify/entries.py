"""Whether each entry says what its bytes say."""

from django.utils.translation import gettext as _

from answerable.ledger import body as bodies
from answerable.ledger.checks import Problem
from answerable.ledger.errors import MalformedBody
from answerable.ledger.merkle import leaf_hash
from answerable.ledger.models import Entry

_COLUMNS = ("index", "kind", "subject_type", "subject_id", "recorded_at")


def entry_problems(entry: Entry) -> tuple[bytes, list[Problem]]:
    """Return the leaf hash that follows from an entry's body, and what contradicts that body."""
    content = bytes(entry.body)
    leaf = leaf_hash(content)
    try:
        problems = _column_problems(entry, said=bodies.decoded(content))
    except MalformedBody:
        message = _("Entry %(index)s: its body is not in the format of the record.") % {"index": entry.index}
        problems = [_problem(entry, "body", message=message)]
    if bytes(entry.leaf_hash) != leaf:
        message = _("Entry %(index)s: its body does not have the hash that is kept of it.") % {"index": entry.index}
        problems.append(_problem(entry, "leaf_hash", message=message))
    return leaf, problems


def _column_problems(entry: Entry, *, said: bodies.EntryBody) -> list[Problem]:
    problems = []
    for column in _COLUMNS:
        kept, true = getattr(entry, column), getattr(said, column)
        if kept != true:
            message = _("Entry %(index)s: %(column)s reads “%(kept)s”, and its body says “%(true)s”.")
            values = {"index": entry.index, "column": column, "kept": kept, "true": true}
            problems.append(_problem(entry, column, message=message % values))
    commitments = {name: value.hex() for name, value in said.commitments.items()}
    kept_commitments = entry.commitments if isinstance(entry.commitments, dict) else {}
    for name in sorted(commitments.keys() | kept_commitments.keys()):
        if commitments.get(name) != kept_commitments.get(name):
            message = _("Entry %(index)s: the commitment of “%(field)s” is not the one in its body.")
            problems.append(_problem(entry, name, message=message % {"index": entry.index, "field": name}))
    return problems


def _problem(entry: Entry, field: str, *, message: str) -> Problem:
    return Problem("entry", subject=str(entry.index), message=message, index=entry.index, field=field)
