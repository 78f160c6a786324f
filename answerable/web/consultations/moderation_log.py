"""The public log of moderation: what was decided, for which reason, and how often."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from answerable.consultations import queries
from answerable.consultations.models import ModerationAct
from answerable.consultations.queries import MonthlyFigure
from answerable.consultations.states import ModerationMove, ReasonCode
from answerable.web.chain import place
from answerable.web.consultations.shown import named_consultation
from answerable.web.crumbs import Crumb, crumb_of_consultation, way_to


@dataclass(frozen=True, slots=True)
class LogRow:
    """One decision: over which text, why, and what came of an objection; no names."""

    act: ModerationAct
    code: str
    address: str
    appeal: str


@dataclass(frozen=True, slots=True)
class FigureRow:
    """One month's figure in words."""

    figure: MonthlyFigure
    move: str
    reason: str


@require_safe
def moderation(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the decisions of a consultation's moderators, newest first, and their figures by month."""
    page = named_consultation(request, slug)
    listed = queries.moderation_log(page.consultation, cursor=request.GET.get("cursor", ""))
    context = {
        "area": "consultations",
        "crumbs": way_to(crumb_of_consultation(page.consultation, page.text), Crumb(_("Moderation log"))),
        "page": page,
        "place": place("heard", _("Nothing is hidden without a published reason.")),
        "listed": listed,
        "rows": [_row(act) for act in listed.items],
        "figures": [_figure(each) for each in queries.monthly_figures(page.consultation)],
    }
    return render(request, "consultations/moderation.html", context)


def _row(act: ModerationAct) -> LogRow:
    post = act.contribution or act.reply
    code = post.receipt_code if post else ""
    appeal = getattr(act, "appeal", None)
    return LogRow(act, code, reverse("receipt", kwargs={"code": code}), appeal.get_outcome_display() if appeal else "")


def _figure(figure: MonthlyFigure) -> FigureRow:
    return FigureRow(figure, str(ModerationMove(figure.move).label), str(ReasonCode(figure.reason_code).label))
