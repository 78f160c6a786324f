"""Saying which column of a file holds what."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from django.http import HttpResponse, HttpResponseRedirect, QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from answerable.consultations.actions import set_mapping
from answerable.consultations.actions.intake.mapping import FIELDS, FIXABLE, FIXED
from answerable.consultations.models import ImportBatch
from answerable.consultations.states import ContributionKind
from answerable.engine.tables import ReadingError, read_table
from answerable.foundation.background import enqueue
from answerable.reference.queries import (
    country_choices,
    language_choices,
    sector_choices,
    stakeholder_group_choices,
)
from answerable.web.chain import place
from answerable.web.crumbs import Crumb
from answerable.web.desk.acts import Problems, tried
from answerable.web.desk.frame import Desk, consultation_desk, shown_at
from answerable.web.desk.intake.progress import batch_of
from answerable.web.desk.typed import RowField
from answerable.web.fields import Field, Form, choices_of, form_of
from answerable.web.reader import language_of_page

SAMPLE_ROWS = 5
_LABELS = {
    "text": gettext_lazy("Text of the contribution"),
    "id": gettext_lazy("Number or name of the row"),
    "session": gettext_lazy("Session"),
    "question": gettext_lazy("Guiding question"),
    "kind": gettext_lazy("Kind of contribution"),
    "language": gettext_lazy("Language"),
    "author": gettext_lazy("Name of the author"),
    "organisation": gettext_lazy("Organisation"),
    "sector": gettext_lazy("Sector"),
    "stakeholder_group": gettext_lazy("Stakeholder group"),
    "country": gettext_lazy("Country"),
    "submitted_on": gettext_lazy("Date"),
}


@dataclass(frozen=True, slots=True)
class MappedField:
    """One of our fields: the column it is read from, or the value all rows get."""

    label: str
    column: Field
    fixed: Field | None


@dataclass(frozen=True, slots=True)
class Sample:
    """The headings of a file and its first rows."""

    headings: Sequence[str]
    rows: Sequence[Sequence[str]]


@consultation_desk
def columns(desk: Desk, batch_id: str) -> HttpResponse:
    """Map the columns of a file and have it checked."""
    row = batch_of(desk, batch_id)
    typed = desk.request.POST

    def check() -> str:
        mapping = {name: typed.get(f"column-{name}", "") for name in FIELDS}
        fixed = {name: typed.get(f"fixed-{name}", "") for name in FIXABLE}
        set_mapping(row, by=desk.person, mapping=mapping, fixed=fixed, at=desk.at)
        enqueue("consultations.check_import_task", batch_id=row.pk)
        return _("The file is being checked.")

    came = tried(desk.request, {"check": check})
    if came.is_done:
        return HttpResponseRedirect(f"{desk.address('import', batch_id=batch_id)}?asked=check&of={row.state}")
    form = _form(row, typed if came.is_tried("check") else None, came.problems)
    context = {
        "place": place("heard"),
        "batch": row,
        "form": form,
        "mapped": _mapped(form),
        "sample": sample_of(row),
        "between": [
            Crumb(_("Bring in a file"), desk.address("imports")),
            Crumb(row.file_name, desk.address("import", batch_id=batch_id)),
        ],
    }
    title = _("Which column holds what?")
    return shown_at(desk, "desk/columns.html", here="imports", title=title, context=context, status=came.status)


def sample_of(row: ImportBatch) -> Sample:
    """Return the headings and first rows of a file; no rows when it cannot be read any more."""
    try:
        table = read_table(Path(row.file.path))
    except ReadingError:
        return Sample(row.columns, [])
    return Sample(table.columns, table.rows[:SAMPLE_ROWS])


def _form(row: ImportBatch, typed: QueryDict | None, problems: Problems) -> Form:
    fields: list[Field] = []
    headings = [(heading, heading) for heading in row.columns]
    for name in FIELDS:
        column = f"column-{name}"
        chosen = typed.get(column, "") if typed is not None else row.mapping.get(name, "")
        choices = choices_of(headings, chosen=chosen, empty=_("Not in the file"))
        fields.append(RowField(column, str(_LABELS[name]), kind="select", choices=choices, is_required=True, row="map"))
        if name in FIXABLE:
            value = typed.get(f"fixed-{name}", "") if typed is not None else row.mapping.get(f"{FIXED}{name}", "")
            fields.append(_fixed_field(name, value))
    return form_of(fields, problems={f"column-{name}" if name else "": said for name, said in problems.items()})


def _fixed_field(name: str, value: str) -> Field:
    """Return the field for one value of all rows: a choice where there are choices, else a text."""
    label = _("%(field)s: the same for all rows") % {"field": _LABELS[name]}
    offered = _offered(name)
    if not offered:
        return RowField(f"fixed-{name}", label, value=value, row="map")
    choices = choices_of(offered, chosen=value, empty=_("Nothing"))
    return RowField(f"fixed-{name}", label, kind="select", choices=choices, row="map")


def _offered(name: str) -> Sequence[tuple[str, str]]:
    language = language_of_page()
    offered: Mapping[str, Sequence[tuple[str, str]]] = {
        "kind": [(str(key), str(label)) for key, label in ContributionKind.choices],
        "language": language_choices(language),
        "sector": sector_choices(language),
        "stakeholder_group": stakeholder_group_choices(language),
        "country": country_choices(language),
    }
    return offered.get(name, ())


def _mapped(form: Form) -> list[MappedField]:
    return [
        MappedField(str(_LABELS[name]), form.fields[f"column-{name}"], form.fields.get(f"fixed-{name}"))
        for name in FIELDS
    ]
