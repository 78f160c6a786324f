"""Stating who should be heard, group by group, and seeing it beside who was."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _

from answerable.consultations import rules
from answerable.consultations.actions import remove_reference, state_reference
from answerable.consultations.queries import stated_reference
from answerable.consultations.states import ReferenceAxis
from answerable.engine.records import AxisBalance
from answerable.foundation.verdicts import require
from answerable.reference.queries import sector_choices, stakeholder_group_choices
from answerable.synthesis.queries.reference_figures import reference_figures, representativeness_sentence
from answerable.web.crumbs import Crumb
from answerable.web.desk.acts import Tried, leads_to, tried
from answerable.web.desk.frame import Desk, consultation_desk
from answerable.web.desk.synthesis.board import require_board, shown_on_board
from answerable.web.fields import Field, Form, form_of
from answerable.web.reader import language_of_page
from answerable.web.templatetags.answerable import share

_OFFERED = {ReferenceAxis.SECTOR: sector_choices, ReferenceAxis.STAKEHOLDER_GROUP: stakeholder_group_choices}


@dataclass(frozen=True, slots=True)
class AgainstReference:
    """What an axis comes to beside its reference; ``figures`` are empty where none is stated."""

    address: str
    figures: Mapping[str, Any]
    sentence: str
    missing: str
    others: str


def against_reference(desk: Desk, axis: AxisBalance) -> AgainstReference | None:
    """Return how an axis compares with what was stated; None for an axis of which nothing can be stated."""
    if axis.axis not in ReferenceAxis:
        return None
    may = rules.may_edit_consultation(desk.person, desk.consultation, at=desk.at)
    address = desk.address("reference", axis=axis.axis) if may else ""
    if axis.reference is None:
        return AgainstReference(address, {}, "", "", "")
    counts = {each.value: each.contributions for each in axis.shares}
    figures = reference_figures(axis.reference, counts=counts, language=language_of_page())
    found = figures["representativeness"] or {"share": None, "low": None, "high": None}
    shown = {name: "" if value is None else share(value) for name, value in found.items()}
    return AgainstReference(
        address=address,
        figures=figures,
        sentence=representativeness_sentence(figures, **shown),
        missing=_listed(figures["missing"]),
        others=_listed(figures["others"]),
    )


@consultation_desk
def reference(desk: Desk, axis: str) -> HttpResponse:
    """Show what was stated about one axis; keep a new statement or take it back."""
    require_board(desk)
    if axis not in ReferenceAxis:
        raise Http404
    require(rules.may_edit_consultation(desk.person, desk.consultation, at=desk.at))
    offered = dict(_OFFERED[ReferenceAxis(axis)](language_of_page()))
    typed = desk.request.POST

    def save() -> str:
        shares = {group: typed.get(f"share-{group}", "") for group in offered}
        state_reference(
            desk.consultation, by=desk.person, axis=axis, source=typed.get("source", ""), shares=shares, at=desk.at
        )
        return _("The reference is saved. The balance is held against it from now on.")

    def remove() -> str:
        remove_reference(desk.consultation, by=desk.person, axis=axis, at=desk.at)
        return _("The reference is removed.")

    came = tried(desk.request, {"save": save, "remove": remove})
    if came.is_done:
        return leads_to(desk.request, desk.address("balance"), said=came.said)
    kept = stated_reference(desk.consultation, axis=axis)
    values: Mapping[str, str] = typed.dict() if came.is_tried("save") else {}
    if kept is not None and not came.is_tried("save"):
        values = {"source": kept.source, **{f"share-{group}": f"{each:.10g}" for group, each in kept.shares.items()}}
    title = _TITLES[ReferenceAxis(axis)]()
    context = {
        "form": _form(offered, values, came),
        "is_stated": kept is not None,
        "ways": [Crumb(_("Balance"), desk.address("balance"))],
    }
    return shown_on_board(desk, "desk/reference.html", here="balance", title=title, context=context, came=came)


_TITLES = {
    ReferenceAxis.SECTOR: lambda: _("Which sectors should be heard"),
    ReferenceAxis.STAKEHOLDER_GROUP: lambda: _("Which stakeholder groups should be heard"),
}


def _form(offered: Mapping[str, str], values: Mapping[str, str], came: Tried) -> Form:
    hint = _("For example a register of partners or a census, with its year, so that anybody can look it up.")
    fields = [Field("source", _("Source of the figures"), value=values.get("source", ""), hint=hint, is_required=True)]
    fields += [
        Field(f"share-{group}", label, value=values.get(f"share-{group}", "")) for group, label in offered.items()
    ]
    return form_of(fields, problems=came.problems_of("save"))


def _listed(labels: Sequence[str]) -> str:
    return "; ".join(labels)
