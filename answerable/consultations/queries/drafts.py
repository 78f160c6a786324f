"""Reads of what people have begun to write."""

from answerable.consultations.models import ConsultationSession, Draft
from answerable.people.models import Person
from answerable.reference.queries.kept_queries import KeptQuery


def drafts_of(person: Person) -> list[Draft]:
    """Return a person's drafts with session and consultation, the latest saved first; one query."""
    rows = Draft.objects.filter(person=person).select_related("session__consultation")
    return list(rows.order_by("-saved_at", "-pk"))


def saved_draft(person: Person, session: ConsultationSession) -> Draft | None:
    """Return what a person has begun to write to a session, or None; one query."""
    return _draft.first(person.pk, session.pk)


_draft = KeptQuery(lambda person, session: Draft.objects.filter(person=person, session=session))
