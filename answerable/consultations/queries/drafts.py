"""Reads of what people have begun to write."""

from answerable.consultations.models import Draft
from answerable.people.models import Person


def drafts_of(person: Person) -> list[Draft]:
    """Return a person's drafts with session and consultation, the latest saved first; one query."""
    rows = Draft.objects.filter(person=person).select_related("session__consultation")
    return list(rows.order_by("-saved_at", "-pk"))
