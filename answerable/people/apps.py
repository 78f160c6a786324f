"""Where Django finds this room, and how it forgets a person."""

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from django.apps import AppConfig

if TYPE_CHECKING:
    from answerable.people.models import Person


class PeopleConfig(AppConfig):
    """The room "people"."""

    name = "answerable.people"
    label = "people"

    def ready(self) -> None:
        """Register how this room forgets a person."""
        from answerable.people.erasure import register_eraser

        register_eraser("people.Person", _erase_account)
        for model in ("Delegation", "RoleGrant", "Consent", "SignInLink"):
            register_eraser(f"people.{model}", _deleter(model))


def _erase_account(person: "Person", _at: datetime) -> int:
    for field in ("name", "pseudonym", "language", "time_zone"):
        setattr(person, field, "")
    person.email = person.country = person.sector = person.stakeholder_group = None
    person.is_active = False
    person.save()
    return 1


def _deleter(model: str) -> "Callable[[Person, datetime], int]":
    def erase(person: "Person", _at: datetime) -> int:
        from django.apps import apps

        deleted, _by_model = apps.get_model("people", model).objects.filter(person=person).delete()
        return int(deleted)

    return erase
