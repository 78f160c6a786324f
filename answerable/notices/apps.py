"""Where Django finds this room, and how it forgets a person."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.apps import AppConfig

if TYPE_CHECKING:
    from answerable.people.models import Person


class NoticesConfig(AppConfig):
    """The room "notices"."""

    name = "answerable.notices"
    label = "notices"

    def ready(self) -> None:
        """Register how this room forgets a person."""
        from answerable.people.erasure import register_eraser

        register_eraser("notices.Notice", _erase_notices)
        register_eraser("notices.NoticePreference", _erase_preference)


def _erase_notices(person: "Person", _at: datetime) -> int:
    from answerable.notices.models import Notice

    return int(Notice.objects.filter(person=person).delete()[0])


def _erase_preference(person: "Person", _at: datetime) -> int:
    from answerable.notices.models import NoticePreference

    return int(NoticePreference.objects.filter(person=person).delete()[0])
