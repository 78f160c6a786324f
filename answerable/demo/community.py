"""The invented people and organisations of the demonstration."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from answerable.demo import words
from answerable.people.actions import add_organisation, grant_role, name_delegate
from answerable.people.models import Organisation, Person
from answerable.people.states import RoleName

PARTICIPANT, MODERATOR, RAPPORTEUR, CONVENER = (
    f"{role}@demo.example" for role in ("participant", "moderator", "rapporteur", "convener")
)
_MODERATOR_KEY = "ratna-siswoyo"
_STAFF = {
    PARTICIPANT: "Participant of the demonstration",
    MODERATOR: "Ratna Siswoyo",
    RAPPORTEUR: "Rapporteur of the demonstration",
    CONVENER: "Convener of the demonstration",
}
_NO_PASSWORD = "!"  # noqa: S105  # Django's mark for an account that no password opens


@dataclass(frozen=True)
class Community:
    """Persons and organisations by their key in the content, and the four who can be signed in as by address."""

    persons: dict[str, Person]
    organisations: dict[str, Organisation]
    staff: dict[str, Person]


def make_community(*, opened_at: datetime) -> Community:
    """Keep everybody the content names, with who may speak for whom, a month before the opening."""
    at = opened_at - timedelta(days=30)
    staff = {email: _staff_member(email, name, at=at) for email, name in _STAFF.items()}
    persons = {item["key"]: _person(item, at=at) for item in words.people() if item["key"] != _MODERATOR_KEY}
    persons[_MODERATOR_KEY] = staff[MODERATOR]
    organisations = {item["key"]: _organisation(item, at=at) for item in words.organisations()}
    for item in words.consultation()["convener"]:
        organisations.setdefault(item["key"], _organisation(item, at=at))
    for item in words.organisations():
        for number, key in enumerate(item.get("delegates", [])):
            name_delegate(organisations[item["key"]], persons[key], by=None, at=at, is_lead=number == 0)
    return Community(persons, organisations, staff)


def give_site_role(community: Community, *, at: datetime) -> None:
    """Make the convener an administrator of the site."""
    grant_role(community.staff[CONVENER], RoleName.ADMINISTRATOR, by=None, at=at)


def give_consultation_roles(community: Community, *, consultation_id: str, at: datetime) -> None:
    """Give the moderator and the rapporteur their roles over the consultation."""
    for email, role in ((MODERATOR, RoleName.MODERATOR), (RAPPORTEUR, RoleName.RAPPORTEUR)):
        grant_role(community.staff[email], role, by=None, at=at, consultation_id=consultation_id)


def _staff_member(email: str, name: str, *, at: datetime) -> Person:
    return Person.objects.create(email=email, name=name, joined_at=at, password=_NO_PASSWORD)


def _person(item: dict[str, Any], *, at: datetime) -> Person:
    is_pseudonym = item.get("pseudonym", False)
    return Person.objects.create(
        email=f"{item['key']}@demo.example",
        name="" if is_pseudonym else item["name"],
        pseudonym=item["name"] if is_pseudonym else "",
        country_id=item.get("country"),
        joined_at=at,
        password=_NO_PASSWORD,
    )


def _organisation(item: dict[str, Any], *, at: datetime) -> Organisation:
    names = item["name"] if isinstance(item["name"], dict) else item.get("names", {})
    return add_organisation(
        names.get("en", "") if isinstance(item["name"], dict) else item["name"],
        by=None,
        at=at,
        names=names,
        name_language=item.get("name_language", "en"),
        entity_type_id=item.get("entity_type"),
        sector_id=item.get("sector"),
        country_id=item.get("country"),
    )
