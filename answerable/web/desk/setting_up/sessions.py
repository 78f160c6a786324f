"""The sessions of a consultation: added, put in order, removed."""

from collections.abc import Sequence

from django.http import HttpResponse
from django.utils.translation import gettext as _

from answerable.consultations import rules
from answerable.consultations.actions import add_session, remove_session, reorder_sessions
from answerable.consultations.models import ConsultationSession
from answerable.consultations.queries import sessions_of
from answerable.foundation.verdicts import Unacceptable, require
from answerable.web.chain import place
from answerable.web.desk.acts import leads_to, moved, tried
from answerable.web.desk.frame import Desk, consultation_desk, shown_at
from answerable.web.desk.typed import texts_of
from answerable.web.fields import Field, form_of
from answerable.web.reader import language_of_page


@consultation_desk
def sessions(desk: Desk) -> HttpResponse:
    """Show the sessions in order; add, move or remove one."""
    row, typed = desk.consultation, desk.request.POST
    require(rules.may_edit_consultation(desk.person, row, at=desk.at))
    listed = sessions_of(row, language=language_of_page())
    named = typed.get("number", "")

    def add() -> str:
        add_session(row, by=desk.person, fields=texts_of(typed, "title", "lead", "background"), at=desk.at)
        return _("The session is added.")

    def remove() -> str:
        remove_session(_numbered([each.session for each in listed], named), by=desk.person, at=desk.at)
        return _("The session is removed.")

    def reorder(*, up: bool) -> str:
        numbers = moved([str(each.session.number) for each in listed], named, up=up)
        reorder_sessions(row, [int(number) for number in numbers], by=desk.person, at=desk.at)
        return _("The sessions are in their new order.")

    acts = {"add": add, "remove": remove, "up": lambda: reorder(up=True), "down": lambda: reorder(up=False)}
    came = tried(desk.request, acts)
    if came.is_done:
        return leads_to(desk.request, desk.address("sessions"), said=came.said)
    language = row.default_language
    kept = texts_of(typed, "title", "lead", "background")
    fields = [
        Field("title", _("Title"), value=kept["title"], language=language, is_required=True),
        Field("lead", _("Lead"), value=kept["lead"], language=language, hint=_("One sentence below the title.")),
        Field("background", _("Background"), kind="textarea", value=kept["background"], language=language, rows=8),
    ]
    context = {
        "place": place("heard"),
        "sessions": listed,
        "form": form_of(fields, problems=came.problems_of("add")),
        "refusal": form_of([], problems=came.problems_of("remove", "up", "down")),
    }
    return shown_at(
        desk, "desk/sessions.html", here="sessions", title=_("Sessions"), context=context, status=came.status
    )


def _numbered(rows: Sequence[ConsultationSession], number: str) -> ConsultationSession:
    for row in rows:
        if str(row.number) == number:
            return row
    raise Unacceptable({"": [_("This session is no longer there.")]})
