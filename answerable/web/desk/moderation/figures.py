"""How moderators decided, month by month."""

from dataclasses import dataclass
from datetime import datetime

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from answerable.consultations import rules
from answerable.consultations.queries import monthly_figures
from answerable.consultations.states import ModerationMove, ReasonCode
from answerable.foundation.verdicts import require
from answerable.web.chain import place
from answerable.web.crumbs import Crumb
from answerable.web.desk.frame import Desk, consultation_desk, shown_at


@dataclass(frozen=True, slots=True)
class FigureRow:
    """One row of the table: a month, a decision, a reason, and how often."""

    month: datetime
    move: str
    reason: str
    count: int
    appealed: int
    overturned: int


@require_safe
@consultation_desk
def figures(desk: Desk) -> HttpResponse:
    """Show the decisions by month, kind and reason, with objections and reversals."""
    require(rules.may_moderate(desk.person, desk.consultation, at=desk.at))
    rows = [
        FigureRow(
            month=row.month,
            move=str(ModerationMove(row.move).label),
            reason=str(ReasonCode(row.reason_code).label),
            count=row.count,
            appealed=row.appealed,
            overturned=row.overturned,
        )
        for row in monthly_figures(desk.consultation)
    ]
    context = {
        "place": place("heard"),
        "rows": rows,
        "between": [Crumb(_("Moderation"), desk.address("moderation"))],
    }
    title = _("Decisions by month")
    return shown_at(desk, "desk/figures.html", here="moderation", title=title, context=context)
