"""Where Django finds this room, and how it forgets the addresses that signing in keeps."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.apps import AppConfig

if TYPE_CHECKING:
    from answerable.people.models import Person


class WebConfig(AppConfig):
    """The room "web"."""

    name = "answerable.web"
    label = "web"

    def ready(self) -> None:
        """Register how the addresses of the sign-in package are forgotten."""
        from answerable.people.erasure import register_eraser

        register_eraser("account.EmailAddress", _erase_addresses)


def _erase_addresses(person: "Person", _at: datetime) -> int:
    from allauth.account.models import EmailAddress

    deleted, _by_model = EmailAddress.objects.filter(user_id=person.pk).delete()
    return int(deleted)
