"""Who acted, when, and how the words are shown, against the entry of the act."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from answerable.consultations.states import PostState
from answerable.foundation.rich_text import html_of
from answerable.ledger.checks import Problem
from answerable.ledger.commitments import ACTOR
from answerable.ledger.queries import EntryFacts
from answerable.people.models import Person

# What entries name where nobody was signed in, and what is left where a person was erased.
_NOBODY = {None, "operator"}


def actor_problems(entry: EntryFacts, *, who: Person | None, subject: str) -> Iterator[Problem]:
    """Compare who acted with the actor of an entry; once a person is erased, neither may be there any more."""
    recorded = entry.facts.get(ACTOR)
    if (who is None and recorded in _NOBODY) or (who is not None and who.public_id == recorded):
        return
    message = f"Who stands behind {subject} is not whom entry {entry.index} names."
    yield Problem("altered-act", entry.subject_id, message, index=entry.index, field=ACTOR)


def staff_problems(entry: EntryFacts, *, who: Person | None, subject: str) -> Iterator[Problem]:
    """Compare who decided with the actor of an entry; of somebody who was erased since, the entry names nobody."""
    if ACTOR not in entry.erased:
        yield from actor_problems(entry, who=who, subject=subject)


def moment_problems(entry: EntryFacts, *, field: str, live: datetime | None, subject: str) -> Iterator[Problem]:
    """Compare a moment that is shown with that of an entry."""
    if live != entry.recorded_at:
        message = f"The {field} of {subject} is not the moment of entry {entry.index}."
        yield Problem("altered-act", entry.subject_id, message, index=entry.index, field=field)


def publication_problems(entries: Sequence[EntryFacts], *, live: datetime | None, subject: str) -> Iterator[Problem]:
    """Compare since when a text is public with the first entry that says that it is."""
    first = next((entry for entry in entries if entry.facts.get("state") == PostState.PUBLIC), None)
    if first is not None:
        yield from moment_problems(first, field="published_at", live=live, subject=subject)
    elif live is not None:
        message = f"{subject} says when it became public, and no entry says that it did."
        yield Problem("missing-entry", subject, message, field="published_at")


def shown_problems(text: str, *, html: str, code: str, subject: str) -> Iterator[Problem]:
    """Compare what pages show with what the words give: the record knows the words, and readers see the other."""
    if html != html_of(text):
        message = f"What pages show of {subject} is not what its words give."
        yield Problem("altered-act", code, message, field="html")
