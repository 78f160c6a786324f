"""Runs of the engine: asked for, followed, looked at afterwards."""

from dataclasses import asdict, dataclass
from functools import partial
from urllib.parse import urlencode

from django.http import Http404, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from answerable.synthesis.actions.runs import is_silent, request_run
from answerable.synthesis.models import SynthesisRun
from answerable.synthesis.queries.newcomers import newcomers
from answerable.synthesis.queries.runs import counts_of, run_page, runs_of
from answerable.synthesis.states import RunKind, RunState
from answerable.web.crumbs import Crumb
from answerable.web.desk.acts import leads_to, tried
from answerable.web.desk.frame import Desk, consultation_desk
from answerable.web.desk.intake.progress import refresh_unless_live
from answerable.web.desk.synthesis.board import require_board, shown_on_board
from answerable.web.fields import form_of

_STAGES = {
    "reading": gettext_lazy("Reading the contributions"),
    "languages": gettext_lazy("Telling the languages"),
    "statements": gettext_lazy("Cutting texts into sentences"),
    "balance": gettext_lazy("Counting who spoke"),
    "duplicates": gettext_lazy("Finding what is alike"),
    "themes": gettext_lazy("Finding the themes"),
    "adding": gettext_lazy("Finding the nearest theme of each new one"),
    "opinions": gettext_lazy("Finding where readers agree and part"),
    "writing": gettext_lazy("Writing around what people decided"),
}
_WORKING = frozenset({RunState.WAITING, RunState.RUNNING})


@dataclass(frozen=True, slots=True)
class RunStanding:
    """Where a run stands: whether it goes on, in words, and how much of the present stage is done."""

    is_working: bool
    label: str
    done: int
    total: int


@consultation_desk
def runs(desk: Desk) -> HttpResponse:
    """Show the runs, and ask for one."""
    require_board(desk)
    asked: list[SynthesisRun] = []

    def ask(kind: RunKind) -> str:
        asked.append(request_run(desk.consultation, by=desk.person, at=desk.at, kind=kind))
        return _("The run is asked for. Everything that people decided stays.")

    acts = {"start": partial(ask, RunKind.WHOLE), "add": partial(ask, RunKind.ADDED)}
    came = tried(desk.request, acts)
    if came.is_done:
        return leads_to(desk.request, desk.address("run", number=asked[0].number), said=came.said)
    rows = list(runs_of(desk.consultation)[:50])
    context = {
        "runs": rows,
        "is_working": bool(rows) and rows[0].state in _WORKING,
        "newcomers": newcomers(desk.consultation),
        "refusal": form_of([], problems=came.problems),
    }
    return shown_on_board(desk, "desk/runs.html", here="runs", title=_("Runs"), context=context, came=came)


@require_safe
@consultation_desk
def run(desk: Desk, number: int) -> HttpResponse:
    """Show one run; while it works, the page loads itself again."""
    row = _run(desk, number)
    standing = standing_of(row)
    context = {
        "run": row,
        "standing": standing,
        "is_silent": standing.is_working and is_silent(row, desk.at),
        "timings": [(str(_STAGES.get(stage, stage)), seconds) for stage, seconds in row.timings.items() if seconds],
        "counts": counts_of(row) if row.state == RunState.DONE else None,
        "is_live": "live" in desk.request.GET,
        "live_address": f"{desk.request.path}?{urlencode({'live': 1})}",
        "ways": [Crumb(_("Runs"), desk.address("runs"))],
    }
    title = _("Run %(number)s") % {"number": number}
    response = shown_on_board(desk, "desk/run.html", here="runs", title=title, context=context)
    return refresh_unless_live(response, desk.request, is_working=standing.is_working)


@require_safe
@consultation_desk
def state(desk: Desk, number: int) -> HttpResponse:
    """Tell a script how far a run is."""
    return JsonResponse(asdict(standing_of(_run(desk, number))))


def standing_of(row: SynthesisRun) -> RunStanding:
    """Return where a run stands."""
    label = str(_STAGES.get(row.stage, "")) if row.state == RunState.RUNNING else ""
    return RunStanding(row.state in _WORKING, label or str(RunState(row.state).label), row.done, row.total)


def _run(desk: Desk, number: int) -> SynthesisRun:
    require_board(desk)
    row = run_page(desk.consultation, number=number)
    if row is None:
        raise Http404
    return row
