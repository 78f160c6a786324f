"""Reads about notices."""

from datetime import datetime, timedelta

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from answerable.notices.kinds import all_kinds
from answerable.notices.models import Notice, NoticePreference
from answerable.notices.states import Frequency
from answerable.people.models import Person
from answerable.reference.queries.kept_queries import KeptQuery

_WAITS = {Frequency.AT_ONCE: timedelta(0), Frequency.DAILY: timedelta(days=1), Frequency.WEEKLY: timedelta(days=7)}


def notices_of(person: Person, *, before: tuple[datetime, int] | None = None, limit: int = 20) -> list[Notice]:
    """Return a person's notices, newest first, from after a place ``(sent_at, id)`` in that order."""
    rows = Notice.objects.filter(person=person)
    if before is not None:
        rows = rows.filter(Q(sent_at__lt=before[0]) | Q(sent_at=before[0], pk__lt=before[1]))
    return list(rows.order_by("-sent_at", "-pk")[:limit])


def unread_count(person: Person) -> int:
    """Return how many of a person's notices are unread."""
    counted = _unread.first(person.pk)
    return counted[0] if counted else 0


def frequency_of(person: Person) -> Frequency:
    """Return how often a person wants mail."""
    chosen = NoticePreference.objects.filter(person=person).values_list("frequency", flat=True).first()
    return Frequency(chosen) if chosen else Frequency.AT_ONCE


def notices_due_by_mail(at: datetime) -> QuerySet[Notice]:
    """Return the unmailed notices whose person wants them by now, in order of person and time; urgent kinds always."""
    due = Q(person__notice_preference__isnull=True)
    for frequency, wait in _WAITS.items():
        last_mail = Notice.objects.filter(person=OuterRef("person"), mailed_at__gt=at - wait)
        chosen = Q(person__notice_preference__frequency=frequency)
        due |= chosen & Q(~Exists(last_mail)) if wait else chosen
    urgent = [kind.name for kind in all_kinds() if kind.is_urgent]
    rows = Notice.objects.filter(mailed_at=None, person__email__isnull=False, person__is_active=True)
    return rows.filter(due | Q(kind__in=urgent)).select_related("person").order_by("person_id", "sent_at", "pk")


_unread = KeptQuery(
    lambda person: (
        Notice.objects.filter(person=person, read_at=None)
        .order_by()
        .values("person")
        .annotate(count=Count("pk"))
        .values_list("count")
    )
)
