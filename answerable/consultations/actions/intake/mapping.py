"""Which column of a file holds what: guessed, remembered from the last file, corrected by the person who brings it."""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from answerable.consultations import rules
from answerable.consultations.models import Consultation, ImportBatch
from answerable.consultations.states import ImportState
from answerable.consultations.validators import raise_if_any
from answerable.engine.columns import map_columns
from answerable.engine.tables import ReadingError, Table
from answerable.engine.writing_systems import fold
from answerable.foundation.verdicts import require
from answerable.people.models import Person

FIELDS = (
    "text",
    "id",
    "session",
    "question",
    "kind",
    "language",
    "author",
    "organisation",
    "sector",
    "stakeholder_group",
    "country",
    "submitted_on",
)
FIXABLE = frozenset(
    {"session", "question", "kind", "language", "sector", "stakeholder_group", "country", "organisation"}
)
FIXED = "="
_OPEN_STATES = frozenset({ImportState.UPLOADED, ImportState.CHECKED, ImportState.REJECTED, ImportState.FAILED})
_NOT_LETTERS = re.compile(r"[\W_]+")
# Headings beyond those that the engine knows, without case, spaces and marks.
_HEADINGS = {
    "session": ("session", "sessionnumber", "sessionno", "séance", "sesión", "сессия", "جلسة", "الجلسة", "场次"),
    "question": ("question", "questionnumber", "questionno", "questions", "pregunta", "вопрос", "السؤال", "问题"),
    "kind": ("kind", "type", "category", "catégorie", "tipo", "categoría", "тип", "вид", "النوع", "类型"),
    "submitted_on": ("submittedon", "submitted", "date", "submissiondate", "fecha", "дата", "التاريخ", "日期"),
}


def set_mapping(
    batch: ImportBatch, *, by: Person, mapping: Mapping[str, str], at: datetime, fixed: Mapping[str, str] | None = None
) -> None:
    """
    Say which column each of our fields is read from; ``fixed`` gives a field one value for all rows instead.

    The file is to be checked again afterwards. Raises NotAllowed, and Unacceptable with every field that is wrong.
    """
    require(rules.may_import(by, batch.consultation, at=at))
    columns = {field: heading for field, heading in mapping.items() if heading}
    values = {field: value.strip() for field, value in (fixed or {}).items() if value.strip() and field not in columns}
    problems = {
        field: [_("There is no column “%(heading)s” in this file.") % {"heading": heading}]
        for field, heading in columns.items()
        if heading not in batch.columns
    }
    problems |= {field: [_("This is not a field that can be set here.")] for field in _misplaced(columns, values)}
    if "text" not in columns:
        problems["text"] = [_("Choose the column that holds the text of the contributions.")]
    if batch.state not in _OPEN_STATES:
        problems[""] = [_("This file is being worked on or is already loaded.")]
    raise_if_any(problems)
    batch.mapping = {**columns, **{f"{FIXED}{field}": value for field, value in values.items()}}
    batch.state, batch.problems, batch.problem_count = ImportState.UPLOADED, [], 0
    batch.rows_done = batch.rows_known = 0
    batch.save(update_fields=["mapping", "state", "problems", "problem_count", "rows_done", "rows_known"])


def offered_mapping(table: Table, consultation: Consultation) -> tuple[dict[str, str], list[str]]:
    """
    Return a mapping to begin with and sentences on how it was found.

    What was chosen for the last file of this consultation goes first, then what the headings and cells look like.
    """
    remembered = _remembered(table.columns, consultation)
    notes = [_("The columns are read as in the last file of this consultation.")] if remembered else []
    chosen = {field: heading for field, heading in remembered.items() if not field.startswith(FIXED)}
    known = {"text", "id", "question", "language", "author", "organisation", "sector", "stakeholder_group", "country"}
    try:
        guessed, _sentences = map_columns(table, chosen={f: h for f, h in chosen.items() if f in known})
        found = {field: heading for field, heading in vars(guessed).items() if heading}
    except ReadingError:
        found = {}
    return _guessed_further(table.columns, {**found, **remembered}), notes


def _remembered(columns: Sequence[str], consultation: Consultation) -> dict[str, str]:
    """Return the last mapping used in a consultation when all of its columns are here, else nothing."""
    last = ImportBatch.objects.filter(consultation=consultation, state=ImportState.DONE).first()
    mapping: dict[str, str] = dict(last.mapping) if last else {}
    headings = {heading for field, heading in mapping.items() if not field.startswith(FIXED)}
    return mapping if headings <= set(columns) else {}


def _guessed_further(columns: Sequence[str], mapping: dict[str, str]) -> dict[str, str]:
    bare = {_NOT_LETTERS.sub("", fold(heading)): heading for heading in reversed(columns)}
    for field, names in _HEADINGS.items():
        taken = set(mapping.values())
        heading = next((bare[name] for name in map(fold, names) if name in bare and bare[name] not in taken), "")
        if heading and field not in mapping and f"{FIXED}{field}" not in mapping:
            mapping[field] = heading
    return mapping


def _misplaced(columns: Mapping[str, str], values: Mapping[str, str]) -> list[str]:
    return [field for field in columns if field not in FIELDS] + [field for field in values if field not in FIXABLE]
