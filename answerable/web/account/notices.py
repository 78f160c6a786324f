"""What the reader was told, and how often they want it by e-mail."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from answerable.notices import wording
from answerable.notices.actions import choose_frequency, mark_read
from answerable.notices.models import Notice
from answerable.notices.queries import frequency_of, notices_of
from answerable.notices.states import Frequency
from answerable.people.models import Person
from answerable.web.account.sections import account_frame
from answerable.web.fields import Field, choices_of, form_of
from answerable.web.reader import moment_of, signed_in

_LENGTH = 20


@dataclass(frozen=True, slots=True)
class NoticeLine:
    """One notice in words; new ones are marked."""

    notice: Notice
    subject: str
    body: str
    is_new: bool


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def notices(request: HttpRequest, person: Person) -> HttpResponse:
    """Show the reader's notices and mark them as read; keep how often they want mail."""
    if request.method == "POST":
        return _chosen(request, person)
    rows = notices_of(person, before=_place(request), limit=_LENGTH + 1)
    shown = rows[:_LENGTH]
    field = Field(
        "frequency",
        _("How often we write to you"),
        "radios",
        choices=choices_of([(value, str(label)) for value, label in Frequency.choices], chosen=frequency_of(person)),
        is_required=True,
    )
    context = account_frame("notices", _("Notices")) | {
        "lines": _lines(shown),
        "form": form_of([field]),
        "older": f"{shown[-1].sent_at.isoformat()}_{shown[-1].public_id}" if len(rows) > _LENGTH else "",
    }
    response = render(request, "account/notices.html", context)
    mark_read(person, at=moment_of(request))
    return response


def _chosen(request: HttpRequest, person: Person) -> HttpResponse:
    frequency = request.POST.get("frequency", "")
    if frequency in Frequency.values:
        choose_frequency(person, Frequency(frequency))
        messages.success(request, _("We write to you as often as you chose."))
    return HttpResponseRedirect(reverse("notices"))


def _lines(rows: Sequence[Notice]) -> list[NoticeLine]:
    language = get_language() or ""
    return [
        NoticeLine(
            row,
            wording.subject_of(row.kind, row.facts, language),
            wording.body_of(row.kind, row.facts, language),
            row.read_at is None,
        )
        for row in rows
    ]


def _place(request: HttpRequest) -> tuple[datetime, int] | None:
    """Return the place after which to read on; None for the start, and for an unreadable place."""
    moment, _mark, public_id = request.GET.get("before", "").rpartition("_")
    try:
        at = datetime.fromisoformat(moment)
    except ValueError:
        return None
    row = Notice.objects.filter(public_id=public_id).values_list("pk", flat=True).first()
    return (at, row) if row and at.tzinfo else None
