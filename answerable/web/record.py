"""The public record: its newest entries, its signed checkpoint, and how to check both."""

from dataclasses import dataclass

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from answerable.ledger.models import Entry
from answerable.ledger.queries import head, latest_entries, newest_checkpoint, verifier_key
from answerable.web.crumbs import Crumb, way_to
from answerable.web.record_words import said_of_kind

_LENGTH = 30


@dataclass(frozen=True, slots=True)
class RecordLine:
    """One entry in words, with the page of what it is about where there is one."""

    entry: Entry
    said: str
    address: str


@require_safe
def record(request: HttpRequest) -> HttpResponse:
    """Show the head of the record, the newest checkpoint and the latest entries."""
    before = request.GET.get("before", "")
    before_index = int(before) if before.isascii() and before.isdigit() else None
    rows = latest_entries(before_index=before_index, limit=_LENGTH)
    top = head()
    checkpoint = newest_checkpoint()
    context = {
        "area": "",
        "crumbs": way_to(Crumb(_("Public record"))),
        "size": top.size,
        "root": _grouped(top.root().hex()) if top.size else "",
        "checkpoint": checkpoint,
        "key": verifier_key(),
        "origin": settings.LEDGER_ORIGIN,
        "lines": [RecordLine(row, said_of_kind(row.kind), _address_of(row)) for row in rows],
        "older": rows[-1].index if rows and rows[-1].index > 0 else None,
        "is_newest": before_index is None,
    }
    return render(request, "record.html", context)


@require_safe
def checkpoint(_request: HttpRequest) -> HttpResponse:
    """Send the newest signed checkpoint as text, in the C2SP format."""
    newest = newest_checkpoint()
    if newest is None:
        raise Http404
    return HttpResponse(newest.note, content_type="text/plain; charset=utf-8")


@require_safe
def public_key(_request: HttpRequest) -> HttpResponse:
    """Send the public key that checkpoints are signed with, as text."""
    key = verifier_key()
    if not key:
        raise Http404
    return HttpResponse(f"{key}\n", content_type="text/plain; charset=utf-8")


def _address_of(entry: Entry) -> str:
    if entry.subject_type in {"contribution", "reply"}:
        return reverse("receipt", kwargs={"code": entry.subject_id})
    return ""


def _grouped(digits: str) -> str:
    return " ".join(digits[start : start + 4] for start in range(0, len(digits), 4))
