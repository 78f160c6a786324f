"""One contribution after the other, side by side with its queue, the themes and the findings."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _

from answerable.consultations.models import Contribution
from answerable.synthesis.models import Finding
from answerable.synthesis.queries.choices import findings_to_choose, weighed_contribution
from answerable.synthesis.queries.coverage import coverage_by_session
from answerable.synthesis.queries.themes import ThemeNode, themes_tree
from answerable.web.desk.acts import Tried, leads_to, tried
from answerable.web.desk.frame import Desk, consultation_desk
from answerable.web.desk.synthesis.board import require_board, shown_on_board, weighed_row
from answerable.web.desk.synthesis.chosen import chosen_contribution
from answerable.web.desk.synthesis.listing import Listed, listed_at, query_of
from answerable.web.desk.synthesis.placing import place_form, placed
from answerable.web.desk.synthesis.quoting import quote_form, quoted
from answerable.web.fields import form_of

QUEUE_LENGTH = 15


@consultation_desk
def workbench(desk: Desk) -> HttpResponse:
    """Show a queue and one contribution of it; place it under a theme, give it its place, quote from it."""
    require_board(desk)
    sessions = list(desk.consultation.sessions.all())
    nodes = themes_tree(desk.consultation)
    findings = list(findings_to_choose(desk.consultation))
    listed = listed_at(desk, sessions, limit=QUEUE_LENGTH, nodes=nodes)
    chosen = _chosen(desk, listed)
    acts = {}
    if chosen is not None:
        acts = {
            "place": lambda: placed(desk, chosen, nodes=nodes, findings=findings),
            "quote": lambda: quoted(desk, chosen, findings=findings),
        }
    came = tried(desk.request, acts)
    if came.is_done:
        code = _next_code(listed, chosen) if came.act == "place" else desk.request.GET.get("c", "")
        return leads_to(desk.request, desk.address("workbench") + query_of(desk, c=code), said=came.said)
    by_session = coverage_by_session(desk.consultation)
    context: Mapping[str, Any] = {
        "sessions": sessions,
        "listed": listed,
        "queue": [
            (weighed_row(row, is_waiting=listed.is_waiting), query_of(desk, c=row.receipt_code))
            for row in listed.contributions
        ],
        "more": query_of(desk, cursor=listed.next_cursor, c="") if listed.next_cursor else "",
        "nodes": nodes,
        "findings": findings,
        "refusal": form_of([], problems=came.problems if chosen is None else {}),
        **_table(desk, listed, chosen, nodes=nodes, findings=findings, came=came),
    }
    return shown_on_board(
        desk,
        "desk/workbench.html",
        here="workbench",
        title=_("Rapporteur’s desk"),
        context=context,
        came=came,
        by_session=by_session,
    )


def _chosen(desk: Desk, listed: Listed) -> Contribution | None:
    """Return the contribution the address names, else the first of the queue."""
    code = desk.request.GET.get("c", "")
    for row in listed.contributions:
        if row.receipt_code == code:
            return row
    found = weighed_contribution(desk.consultation, code) if code else None
    return found or next(iter(listed.contributions), None)


def _next_code(listed: Listed, chosen: Contribution | None) -> str:
    """Return the code of the contribution after the chosen one in the queue; empty at its end."""
    codes = [row.receipt_code for row in listed.contributions]
    here = codes.index(chosen.receipt_code) if chosen and chosen.receipt_code in codes else -1
    return codes[here + 1] if 0 <= here < len(codes) - 1 else ""


def _table(
    desk: Desk,
    listed: Listed,
    chosen: Contribution | None,
    *,
    nodes: Sequence[ThemeNode],
    findings: Sequence[Finding],
    came: Tried,
) -> Mapping[str, Any]:
    """Return the contribution on the table with all that helps to place it and to quote from it."""
    if chosen is None:
        return {"chosen": None}
    is_waiting = listed.is_waiting and any(row.pk == chosen.pk for row in listed.contributions)
    shown = chosen_contribution(chosen, is_waiting=is_waiting)
    wrong = came.problems_of("place")
    treatment = shown.row.treatment
    return {
        "chosen": shown,
        "session_findings": [row for row in findings if row.session_id == chosen.session_id],
        "own_nodes": [node for node in nodes if node.theme.session_id == chosen.session_id],
        "place_form": place_form(desk, chosen, treatment=treatment, nodes=nodes, findings=findings, problems=wrong),
        "quote_form": quote_form(desk, chosen, findings=findings, problems=came.problems_of("quote")),
    }
