"""What every page of the rapporteur's desk shows on top: the coverage meter and the tabs of the work."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from answerable.consultations.models import Contribution
from answerable.foundation.verdicts import Denied, require
from answerable.synthesis import rules
from answerable.synthesis.queries.coverage import Coverage, coverage_by_session
from answerable.synthesis.states import DispositionKind, SetAsideReason
from answerable.web.chain import place
from answerable.web.consultations.entries import author_of, axes_of
from answerable.web.crumbs import Crumb
from answerable.web.desk.acts import Tried
from answerable.web.desk.frame import Desk, shown_at
from answerable.web.desk.navigation import synthesis_tabs


@dataclass(frozen=True, slots=True)
class WeighedRow:
    """A contribution in a list of the rapporteur's: who said it, what became of it in words, and the kind of that."""

    contribution: Contribution
    author: str
    axes: str
    became: str
    treatment: str
    is_added: bool = False

    @property
    def code(self) -> str:
        """The receipt code."""
        return self.contribution.receipt_code


def weighed_row(contribution: Contribution, *, is_waiting: bool = False) -> WeighedRow:
    """Return a contribution as a row; asks nothing when its disposition is loaded, or is known not to be there."""
    disposition = None if is_waiting else getattr(contribution, "disposition", None)
    became = _("No place yet")
    if disposition is not None and disposition.kind == DispositionKind.SET_ASIDE:
        became = _("Set aside: %(reason)s") % {
            "reason": disposition.reason or SetAsideReason(disposition.reason_code).label
        }
    elif disposition is not None:
        sentence = (
            _("Cited in “%(title)s”") if disposition.kind == DispositionKind.CITED else _("Merged into “%(title)s”")
        )
        became = sentence % {"title": disposition.finding.title}
    return WeighedRow(
        contribution,
        author_of(contribution),
        axes_of(contribution),
        became,
        disposition.kind if disposition else "",
        is_added=getattr(contribution, "is_attached", False),
    )


def require_board(desk: Desk) -> None:
    """Raise NotAllowed for whoever may not see the rapporteur's desk."""
    require(rules.may_see_desk(desk.person, desk.consultation, at=desk.at))


def sum_of(by_session: Mapping[int, Coverage]) -> Coverage:
    """Return the coverage of all sessions together."""
    return Coverage(
        total=sum(each.total for each in by_session.values()),
        cited=sum(each.cited for each in by_session.values()),
        merged=sum(each.merged for each in by_session.values()),
        set_aside=sum(each.set_aside for each in by_session.values()),
    )


def _coverage(desk: Desk, by_session: Mapping[int, Coverage] | None) -> Coverage:
    """Return the coverage as the meter shows it; asked only by pages that show it."""
    return sum_of(by_session if by_session is not None else coverage_by_session(desk.consultation))


def shown_on_board(
    desk: Desk,
    template: str,
    *,
    here: str,
    title: str,
    context: Mapping[str, Any],
    came: Tried | None = None,
    by_session: Mapping[int, Coverage] | None = None,
) -> HttpResponse:
    """Show a page of the rapporteur's desk; ``by_session`` is the coverage when the view has asked for it already."""
    may = rules.may_synthesise(desk.person, desk.consultation, at=desk.at)
    between = [] if here == "workbench" else [Crumb(_("Synthesis"), desk.address("workbench"))]
    frame = {
        "place": place("answered"),
        "coverage": SimpleLazyObject(lambda: _coverage(desk, by_session)),
        "may_weigh": bool(may),
        "why_not": may.reason if isinstance(may, Denied) else "",
        "steps": synthesis_tabs(desk.consultation, here=here),
        "between": [*between, *context.get("ways", ())],
    }
    status = came.status if came else 200
    return shown_at(desk, template, here=here, title=title, context={**frame, **context}, status=status)
