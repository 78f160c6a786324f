"""Reads about persons and organisations."""

from datetime import date, datetime

from django.db.models import QuerySet

from answerable.people.models import Consent, Delegation, Organisation, Person, RoleGrant
from answerable.reference.queries.kept_queries import KeptQuery, within


def person_by_email(email: str) -> Person | None:
    """Return the person with that e-mail address, whatever its case, or None."""
    return Person.objects.filter(email=email.strip().lower()).first()


def organisations_of_delegate(person: Person | None, day: date) -> QuerySet[Organisation]:
    """Return the organisations that a person may speak for on a day, in order of name."""
    if person is None or not person.pk:
        return Organisation.objects.none()
    held = Delegation.objects.in_force(day).filter(person=person).values("organisation_id")
    return Organisation.objects.filter(pk__in=held).order_by("name")


def is_delegate(person: Person, organisation: Organisation, day: date) -> bool:
    """Say whether a person may speak for an organisation on a day."""
    return Delegation.objects.in_force(day).filter(person=person, organisation=organisation).exists()


def delegates_of(organisation: Organisation, day: date) -> QuerySet[Delegation]:
    """Return the delegations of an organisation that hold on a day, leads first."""
    rows = Delegation.objects.in_force(day).filter(organisation=organisation).select_related("person")
    return rows.order_by("-is_lead", "person__name", "pk")


def grants_of_scope(consultation_id: str, at: datetime) -> QuerySet[RoleGrant]:
    """Return the role grants in force over a consultation, or over the site when the id is empty."""
    rows = RoleGrant.objects.in_force(at).filter(scope_id=consultation_id).select_related("person", "granted_by")
    return rows.order_by("role", "person__name", "pk")


def organisation_page(slug: str) -> Organisation | None:
    """Return an organisation with its sector, type and country, or None."""
    return Organisation.objects.select_related("sector", "entity_type", "country").filter(slug=slug).first()


def organisations_matching(words: str, *, limit: int = 10) -> list[Organisation]:
    """Return organisations whose name holds all the words, whatever their case; nothing when there are no words."""
    wanted = words.split()
    return _named.all(*(within(word) for word in wanted), limit=limit) if wanted else []


def _holding(*words: str, limit: int) -> QuerySet[Organisation]:
    rows = Organisation.objects.order_by("name", "pk")
    for word in words:
        rows = rows.filter(name__icontains=word)
    return rows[:limit]


_named = KeptQuery(_holding)


def consents_of(person: Person) -> list[Consent]:
    """Return what a person ever agreed to, the newest first."""
    return list(Consent.objects.filter(person=person).order_by("-given_at", "-pk"))
