"""Files that were brought in: the list with a new upload, and one file from its check to its loading."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from answerable.consultations import rules
from answerable.consultations.actions import set_mapping, start_import
from answerable.consultations.actions.intake.mapping import FIXED
from answerable.consultations.models import ConsultationSession, ImportBatch
from answerable.consultations.queries import SessionInWords, sessions_of
from answerable.consultations.queries.waiting import imports_of
from answerable.consultations.states import ImportState
from answerable.foundation.background import enqueue
from answerable.foundation.verdicts import Unacceptable, require
from answerable.web.chain import place
from answerable.web.crumbs import Crumb
from answerable.web.desk.acts import leads_to, tried
from answerable.web.desk.frame import Desk, consultation_desk, shown_at
from answerable.web.desk.intake.progress import batch_of, refresh_unless_live, standing_of
from answerable.web.fields import Field, choices_of, form_of
from answerable.web.reader import language_of_page

PROBLEMS_SHOWN = 100


@dataclass(frozen=True, slots=True)
class RowProblem:
    """One thing that is wrong in a file: where, what, and what would be right."""

    row: int
    column: str
    wrong: str
    right: str


@consultation_desk
def imports(desk: Desk) -> HttpResponse:
    """Show the files that were brought in, and take in another."""
    require(rules.may_import(desk.person, desk.consultation, at=desk.at))
    sessions = sessions_of(desk.consultation, language=language_of_page())
    begun: list[ImportBatch] = []

    def upload() -> str:
        file = desk.request.FILES.get("file")
        if file is None:
            raise Unacceptable({"file": [_("Choose a CSV or XLSX file.")]})
        session = _session_chosen(sessions, desk.request.POST.get("session", ""))
        begun.append(start_import(desk.consultation, session, file, by=desk.person, at=desk.at))
        return _("The file is here. Say which column holds what.")

    came = tried(desk.request, {"upload": upload})
    if came.is_done:
        return leads_to(desk.request, desk.address("columns", batch_id=begun[0].public_id), said=came.said)
    pairs = [(str(each.session.number), _session_label(each)) for each in sessions]
    chosen = desk.request.POST.get("session", "")
    fields = [
        Field(
            "file",
            _("File"),
            kind="file",
            is_required=True,
            hint=_("CSV or XLSX with one row of headings and one contribution a row."),
        ),
        Field(
            "session",
            _("Session"),
            kind="select",
            choices=choices_of(pairs, chosen=chosen, empty=_("A column of the file names it")),
            is_required=True,
        ),
    ]
    context = {
        "place": place("heard"),
        "batches": imports_of(desk.consultation),
        "form": form_of(fields, problems=came.problems),
    }
    title = _("Bring in a file")
    return shown_at(desk, "desk/imports.html", here="imports", title=title, context=context, status=came.status)


@consultation_desk
def batch(desk: Desk, batch_id: str) -> HttpResponse:
    """Show where one file stands; check it again or load it."""
    row = batch_of(desk, batch_id)
    address = desk.address("import", batch_id=batch_id)

    def check() -> str:
        # Setting the same columns again puts the file back to where its check begins.
        columns = {name: said for name, said in row.mapping.items() if not name.startswith(FIXED)}
        fixed = {name.removeprefix(FIXED): said for name, said in row.mapping.items() if name.startswith(FIXED)}
        set_mapping(row, by=desk.person, mapping=columns, fixed=fixed, at=desk.at)
        enqueue("consultations.check_import_task", batch_id=row.pk)
        return _("The file is being checked.")

    def load() -> str:
        if row.state != ImportState.CHECKED:
            raise Unacceptable({"": [_("Only a file that was checked and has nothing to mend can be loaded.")]})
        enqueue("consultations.load_import_task", batch_id=row.pk)
        return _("The file is being loaded.")

    came = tried(desk.request, {"check": check, "load": load})
    if came.is_done:
        return HttpResponseRedirect(f"{address}?asked={came.act}&of={row.state}")
    standing = standing_of(row, asked_at=desk.request.GET.get("of", ""))
    context = {
        "place": place("heard"),
        "batch": row,
        "standing": standing,
        "new_count": max(row.rows_total - row.rows_known, 0),
        "problems": _problems(row),
        "problem_limit": PROBLEMS_SHOWN,
        "refusal": form_of([], problems=came.problems),
        "is_live": "live" in desk.request.GET,
        "live_address": f"{address}?{_query(desk, live='1')}",
        "between": [Crumb(_("Bring in a file"), desk.address("imports"))],
    }
    response = shown_at(
        desk, "desk/import.html", here="imports", title=row.file_name, context=context, status=came.status
    )
    return refresh_unless_live(response, desk.request, is_working=standing.is_working)


def _session_chosen(sessions: Sequence[SessionInWords], number: str) -> ConsultationSession | None:
    if not number:
        return None
    for each in sessions:
        if str(each.session.number) == number:
            return each.session
    raise Unacceptable({"session": [_("This session is no longer there.")]})


def _session_label(each: SessionInWords) -> str:
    title = each.text.title if each.text else ""
    return _("Session %(number)s: %(title)s") % {"number": each.session.number, "title": title}


def _problems(row: ImportBatch) -> list[RowProblem]:
    kept: Sequence[Mapping[str, str]] = row.problems[:PROBLEMS_SHOWN]
    return [RowProblem(int(each["row"]), each["column"], each["wrong"], each["right"]) for each in kept]


def _query(desk: Desk, **more: str) -> str:
    query = desk.request.GET.copy()
    query.update(more)
    return query.urlencode()
