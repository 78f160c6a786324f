"""Whether what was signed is still true, and everyone holds the same signatures."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext as _

from answerable.ledger import keys, outside
from answerable.ledger.checks import Problem
from answerable.ledger.errors import BadSignature, MalformedNote
from answerable.ledger.models import Checkpoint
from answerable.ledger.notes import CheckpointText, VerifierKey, opened_checkpoint

_DATABASE, _FILE, _GIVEN = "database", "file", "given"


@dataclass(frozen=True, slots=True)
class _Claim:
    source: str
    note: str
    states: CheckpointText


class CheckpointCheck:
    """Gathers every signed statement about the record, then holds the record against each."""

    def __init__(self, *, against: str | None) -> None:
        """Read all checkpoints; signatures are checked at once."""
        self.notes: list[str] = []
        self._problems: list[Problem] = []
        self._claims: list[_Claim] = []
        # The file first: what is in it is in the database already, and not the other way round.
        kept = outside.kept_notes(settings.LEDGER_CHECKPOINT_FILE)
        rows = list(Checkpoint.objects.order_by("size"))
        given = outside.split_notes(against or "")
        key = _known_key(self._problems, is_needed=bool(rows or kept or given))
        if key is not None:
            self._gather(_DATABASE, [row.note for row in rows], key=key)
            self._gather(_FILE, kept, key=key)
            self._gather(_GIVEN, given, key=key)
        self._problems += _row_problems(rows, claims=self._claims)
        self._problems += self._exchange_problems(rows, kept=kept)
        newest_outside = self._newest_outside()
        self._pending_count = sum(row.size > newest_outside for row in rows)

    @property
    def count(self) -> int:
        """Return how many different signed statements were gathered."""
        return len({claim.note for claim in self._claims})

    def sizes(self) -> Collection[int]:
        """Return the sizes at which the root must be known."""
        return {claim.states.size for claim in self._claims}

    def finish(self, *, size: int, roots: Mapping[int, bytes]) -> Iterator[Problem]:
        """Yield every statement that is not true of the record of ``size`` entries with these roots."""
        yield from self._problems
        for claim in self._claims:
            if claim.states.size > size:
                message = _("The record has %(size)s entries, and the checkpoint of %(signed)s (%(source)s) had more.")
            elif roots.get(claim.states.size) != claim.states.root:
                message = _("The first %(signed)s entries are not those that were signed (%(source)s).")
            else:
                continue
            values = {"size": size, "signed": claim.states.size, "source": _source_name(claim.source)}
            yield Problem("checkpoint", subject=claim.source, message=message % values, index=claim.states.size)
        if not any(claim.source != _DATABASE for claim in self._claims):
            self.notes.append(
                _("No checkpoint outside the database was at hand; only a copy elsewhere shows a rewriting of it all.")
            )
        if self._pending_count:
            message = _("Checkpoints in the database that the file outside does not have yet: %(count)s.")
            self.notes.append(message % {"count": self._pending_count})

    def _gather(self, source: str, notes: list[str], *, key: VerifierKey) -> None:
        for note in notes:
            try:
                self._claims.append(_Claim(source, note=note, states=opened_checkpoint(note, key=key)))
            except (BadSignature, MalformedNote) as problem:
                if source == _FILE and self._is_torn(note):
                    continue
                message = _("A checkpoint (%(source)s) is not signed with the key of this record: %(problem)s")
                values = {"source": _source_name(source), "problem": problem}
                self._problems.append(Problem("signature", subject=source, message=message % values))

    def _is_torn(self, note: str) -> bool:
        """Say whether a power cut could have left this start of a checkpoint that is known as a whole."""
        return any(claim.note.startswith(note.rstrip("\n")) for claim in self._claims)

    def _newest_outside(self) -> int:
        return max((claim.states.size for claim in self._claims if claim.source == _FILE), default=-1)

    def _exchange_problems(self, rows: list[Checkpoint], *, kept: list[str]) -> Iterator[Problem]:
        known, outside_notes = {row.note for row in rows}, set(kept)
        for claim in self._claims:
            if claim.source == _FILE and claim.note not in known:
                message = _("The checkpoint of %(signed)s entries in the file is not in the database.")
                values = {"signed": claim.states.size}
                yield Problem("checkpoint", subject=_FILE, message=message % values, index=claim.states.size)
        newest_outside = self._newest_outside()
        # What is newer than the file may be on its way there, and the next signing brings it.
        for row in rows:
            if row.note not in outside_notes and row.size < newest_outside:
                message = _("The checkpoint of %(signed)s entries is not in the file outside the database.")
                values = {"signed": row.size}
                yield Problem("checkpoint", subject=_DATABASE, message=message % values, index=row.size)


def _row_problems(rows: list[Checkpoint], *, claims: list[_Claim]) -> Iterator[Problem]:
    stated = {claim.note: claim.states for claim in claims}
    for row in rows:
        states = stated.get(row.note)
        if states is not None and (states.size, states.root) != (row.size, bytes(row.root)):
            message = _("The checkpoint kept for %(size)s entries says something else in its signed text.")
            yield Problem("checkpoint", subject=_DATABASE, message=message % {"size": row.size}, index=row.size)


def _known_key(problems: list[Problem], *, is_needed: bool) -> VerifierKey | None:
    try:
        key = keys.kept_verifier_key(settings.LEDGER_KEY_FILE)
    except MalformedNote as problem:
        message = _("The key of the record cannot be read: %(problem)s") % {"problem": problem}
        problems.append(Problem("key", subject="key", message=message))
        return None
    if key is None and is_needed:
        message = _("The key of the record is missing, so that no signature can be checked.")
        problems.append(Problem("key", subject="key", message=message))
    return key


def _source_name(source: str) -> str:
    return {
        _DATABASE: _("in the database"),
        _FILE: _("in the file outside the database"),
        _GIVEN: _("as given"),
    }[source]
