"""How far the work on a file is, for a page that refreshes by itself, and the file of what is wrong."""

import csv
from dataclasses import asdict, dataclass

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from answerable.consultations import rules
from answerable.consultations.models import ImportBatch
from answerable.consultations.queries.waiting import import_batch
from answerable.consultations.states import ImportState
from answerable.foundation.csv_cells import safe_cell
from answerable.foundation.verdicts import require
from answerable.web.desk.frame import Desk, consultation_desk

REFRESH_SECONDS = 4
_WORKING = frozenset({ImportState.CHECKING, ImportState.LOADING})


@dataclass(frozen=True, slots=True)
class Standing:
    """Where slow work stands: whether it goes on, in words, and how much of it is done."""

    is_working: bool
    label: str
    done: int
    total: int


@require_safe
@consultation_desk
def state(desk: Desk, batch_id: str) -> HttpResponse:
    """Tell a script how far a file is."""
    row = batch_of(desk, batch_id)
    return JsonResponse(asdict(standing_of(row, asked_at=desk.request.GET.get("of", ""))))


@require_safe
@consultation_desk
def problems(desk: Desk, batch_id: str) -> HttpResponse:
    """Send what is wrong with a file as a table of its own."""
    row = batch_of(desk, batch_id)
    response = HttpResponse(
        content_type="text/csv; charset=utf-8",
        headers={
            "Content-Disposition": f'attachment; filename="problems-{row.public_id}.csv"',
        },
    )
    response.write("\ufeff")
    writer = csv.writer(response)
    writer.writerow([_("row"), _("column"), _("what is wrong"), _("what would be right")])
    for each in row.problems:
        writer.writerow([safe_cell(each[name]) for name in ("row", "column", "wrong", "right")])
    return response


def standing_of(row: ImportBatch, *, asked_at: str) -> Standing:
    """Return where a file stands; ``asked_at`` is its state when work was asked for, which goes on until it changes."""
    is_waiting = bool(asked_at) and row.state == asked_at
    label = _("Waiting for the worker to begin") if is_waiting else str(ImportState(row.state).label)
    return Standing(is_waiting or row.state in _WORKING, label, row.rows_done, row.rows_total)


def refresh_unless_live(response: HttpResponse, request: HttpRequest, *, is_working: bool) -> HttpResponse:
    """Have a browser load a page of unfinished work again; a script that follows it asks for ``live`` instead."""
    if is_working and "live" not in request.GET:
        response["Refresh"] = str(REFRESH_SECONDS)
    return response


def batch_of(desk: Desk, batch_id: str) -> ImportBatch:
    """Return a file of this consultation; raises NotAllowed, Http404."""
    require(rules.may_import(desk.person, desk.consultation, at=desk.at))
    row = import_batch(desk.consultation, batch_id)
    if row is None:
        raise Http404
    return row
