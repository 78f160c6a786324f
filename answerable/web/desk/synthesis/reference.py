"""Stating who should be heard, group by group, and seeing it beside who was."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _

from answerable.consultations import rules
from answerable.consultations.actions import remove_reference, state_reference
from answerable.consultations.models import StatedReference
from answerable.consultations.queries import reference_groups, stated_reference
from answerable.consultations.states import ReferenceAxis
from answerable.engine.records import AxisBalance
from answerable.foundation.verdicts import Unacceptable, require
from answerable.synthesis.queries.reference_figures import reference_figures, representativeness_sentence
from answerable.web.crumbs import Crumb
from answerable.web.desk.acts import Problems, Tried, leads_to, tried
from answerable.web.desk.frame import Desk, consultation_desk
from answerable.web.desk.synthesis.board import require_board, shown_on_board
from answerable.web.desk.synthesis.reference_lines import read_lines, written_lines
from answerable.web.fields import Field, Form, form_of
from answerable.web.reader import language_of_page
from answerable.web.templatetags.answerable import share

# There are too many countries and languages for a field each.
_LISTED = frozenset({ReferenceAxis.COUNTRY, ReferenceAxis.LANGUAGE})


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
    typed = desk.request.POST

    def save() -> str:
        shares = _shares_typed(desk, axis)
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
    values: Mapping[str, str] = typed.dict() if came.is_tried("save") else _values_of(kept)
    title = _TITLES[ReferenceAxis(axis)]()
    context = {
        "form": _form(axis, values, came),
        "is_stated": kept is not None,
        "ways": [Crumb(_("Balance"), desk.address("balance"))],
    }
    return shown_on_board(desk, "desk/reference.html", here="balance", title=title, context=context, came=came)


_TITLES = {
    ReferenceAxis.SECTOR: lambda: _("Which sectors should be heard"),
    ReferenceAxis.STAKEHOLDER_GROUP: lambda: _("Which stakeholder groups should be heard"),
    ReferenceAxis.COUNTRY: lambda: _("Which countries should be heard"),
    ReferenceAxis.LANGUAGE: lambda: _("Which languages should be heard"),
}


def _shares_typed(desk: Desk, axis: str) -> Mapping[str, str | None]:
    """Return what was typed for each group. Raises Unacceptable for lines that cannot be understood."""
    typed = desk.request.POST
    if axis not in _LISTED:
        offered = reference_groups(axis, language=language_of_page())
        return {group: typed.get(f"share-{group}", "") for group in offered}
    read = read_lines(typed.get("lines", ""), axis=axis, language=language_of_page())
    if read.problems:
        raise Unacceptable({"lines": read.problems})
    return read.shares


def _values_of(kept: StatedReference | None) -> dict[str, str]:
    """Return a kept statement as the form shows it."""
    if kept is None:
        return {}
    lines = written_lines(kept.shares, axis=kept.axis, language=language_of_page()) if kept.axis in _LISTED else ""
    amounts = {group: amount for group, amount in kept.shares.items() if amount is not None}
    return {"source": kept.source, "lines": lines} | {f"share-{group}": f"{one:.10g}" for group, one in amounts.items()}


def _form(axis: str, values: Mapping[str, str], came: Tried) -> Form:
    hint = _("For example a register of partners or a census, with its year, so that anybody can look it up.")
    fields = [Field("source", _("Source of the figures"), value=values.get("source", ""), hint=hint, is_required=True)]
    problems = came.problems_of("save")
    if axis in _LISTED:
        hint = _(
            "One a line: its name or code, then its share or number, such as “%(example)s 20”. Where none has a "
            "number, all are only expected to be heard."
        )
        hint %= {"example": next(iter(reference_groups(axis, language=language_of_page()).values()))}
        label = _("Countries and areas") if axis == ReferenceAxis.COUNTRY else _("Languages")
        lines = values.get("lines", "")
        fields.append(Field("lines", label, kind="textarea", value=lines, hint=hint, rows=12, is_required=True))
        return form_of(fields, problems=_at_lines(problems))
    offered = reference_groups(axis, language=language_of_page())
    fields += [
        Field(f"share-{group}", label, value=values.get(f"share-{group}", "")) for group, label in offered.items()
    ]
    return form_of(fields, problems=problems)


def _at_lines(problems: Problems) -> Problems:
    """Return problems of groups at the list that names them."""
    found: dict[str, list[str]] = {}
    for name, said in problems.items():
        at = "lines" if name.startswith("share-") or not name else name
        found[at] = list(dict.fromkeys([*found.get(at, []), *said]))
    return found


def _listed(labels: Sequence[str]) -> str:
    return "; ".join(labels)
