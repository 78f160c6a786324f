"""Telling people things."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from itertools import groupby

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from answerable.notices import queries, wording
from answerable.notices.kinds import kind_named
from answerable.notices.models import Notice, NoticePreference
from answerable.notices.states import Frequency
from answerable.people.models import Person

_BATCH = 500


def send_notice(
    kind: str, *, to: Person, facts: Mapping[str, str | int], address: str = "", about: str = "", at: datetime
) -> Notice:
    """
    Tell one person one thing: it stands in their account at once, and the worker mails it as often as they want mail.

    Raises KeyError for a kind that no stage declared.
    """
    kind_named(kind)
    return Notice.objects.create(person=to, kind=kind, facts=dict(facts), address=address, about=about, sent_at=at)


def send_notices(kind: str, to: Iterable[tuple[Person, Mapping[str, str | int], str, str]], *, at: datetime) -> int:
    """
    Tell many people one kind of thing; each item is ``(person, facts, address, about)``.

    A person who was already told of the same ``about`` is passed over, so a repeated call tells nobody twice.
    Returns how many were told.
    """
    kind_named(kind)
    items = list(to)
    with transaction.atomic():
        told = set(
            Notice.objects.select_for_update()
            .filter(kind=kind, about__in={about for *_rest, about in items})
            .values_list("person_id", "about")
        )
        rows = [
            Notice(person=person, kind=kind, facts=dict(facts), address=address, about=about, sent_at=at)
            for person, facts, address, about in items
            if (person.pk, about) not in told
        ]
        Notice.objects.bulk_create(rows, batch_size=_BATCH)
    return len(rows)


def mark_read(person: Person, *, at: datetime) -> int:
    """Keep that a person has seen all their notices; returns how many were new."""
    return Notice.objects.filter(person=person, read_at=None).update(read_at=at)


def choose_frequency(person: Person, frequency: Frequency) -> None:
    """Keep how often a person wants mail."""
    NoticePreference.objects.update_or_create(person=person, defaults={"frequency": frequency})


def mail_due_notices(*, at: datetime) -> int:
    """
    Mail the notices that are due, one letter a person; returns how many letters went out.

    A notice is marked as mailed before its letter is handed over, so that a crash sends too little rather than twice.
    """
    letters = 0
    with get_connection() as connection:
        for _person, group in groupby(queries.notices_due_by_mail(at), key=lambda notice: notice.person_id):
            notices = list(group)
            claimed = Notice.objects.filter(pk__in=[n.pk for n in notices], mailed_at=None).update(mailed_at=at)
            if claimed:
                _letter(notices, connection).send()
                letters += 1
    return letters


def _letter(notices: list[Notice], connection: BaseEmailBackend) -> EmailMessage:
    person = notices[0].person
    subjects = [wording.subject_of(n.kind, n.facts, person.language) for n in notices]
    with translation.override(person.language or settings.LANGUAGE_CODE):
        if len(notices) == 1:
            subject = subjects[0]
        else:
            subject = _("%(count)s things happened on Answerable") % {"count": len(notices)}
        ending = _("You can choose how often we write to you: %(address)s") % {
            "address": f"{settings.SITE_ADDRESS}/account/notices/"
        }
    parts = [
        "\n".join(filter(None, [title, wording.body_of(n.kind, n.facts, person.language), _absolute(n.address)]))
        for title, n in zip(subjects, notices, strict=True)
    ]
    return EmailMessage(subject, "\n\n".join([*parts, ending]), to=[person.email or ""], connection=connection)


def _absolute(address: str) -> str:
    return f"{settings.SITE_ADDRESS}{address}" if address else ""
