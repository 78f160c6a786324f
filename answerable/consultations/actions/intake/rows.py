"""The rows of a file, each understood and checked."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from answerable.consultations.actions.intake.mapping import FIXED
from answerable.consultations.actions.intake.meanings import Meanings, SessionMeanings, day, examples
from answerable.consultations.models import ConsultationSession, GuidingQuestion, ImportBatch, ImportedRow
from answerable.consultations.states import ContributionKind
from answerable.consultations.validators import MOST_CHARACTERS, text_problems
from answerable.engine.tables import read_table
from answerable.foundation.hashing import text_digest
from answerable.foundation.rich_text import tidy_text
from answerable.people.models import Organisation

MOST_CHARACTERS_OF_NAME = 120
_WITH_CHOICES = ("kind", "language", "sector", "stakeholder_group", "country")
Progress = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class RowProblem:
    """One thing wrong in one cell: what it is, and what would be right."""

    row: int
    column: str
    wrong: str
    right: str


@dataclass(frozen=True, slots=True)
class CheckedRow:
    """A row that can be loaded. ``key`` makes it known when it comes again; choices are keys, empty when not given."""

    number: int
    key: str
    session: ConsultationSession
    questions: tuple[GuidingQuestion, ...]
    text: str
    text_digest: str
    name: str
    organisation: Organisation | None
    choices: Mapping[str, str]
    submitted_on: date | None


@dataclass(slots=True)
class CheckedFile:
    """A file with all its rows looked at: those to load, what is wrong with others, how many are known."""

    rows: list[CheckedRow]
    problems: list[RowProblem]
    known_count: int = 0


def checked_file(batch: ImportBatch, *, progress: Progress) -> CheckedFile:
    """Look at every row of a batch's file; raise ReadingError when the file cannot be read."""
    table = read_table(Path(batch.file.path))
    reader = _Reader(batch)
    known = known_digests(batch)
    found = CheckedFile([], [])
    keys: dict[str, int] = {}
    places = {heading: place for place, heading in enumerate(table.columns)}
    for count, (number, cells) in enumerate(zip(table.row_numbers, table.rows, strict=True), start=1):
        row, problems = reader.read(number, lambda heading, cells=cells: cells[places[heading]].strip())  # type: ignore[misc]
        if row is not None:
            problems += _repeated(row, keys, known, column=reader.column("id"))
            keys.setdefault(row.key, number)
        if row is not None and not problems:
            if row.key in known:
                found.known_count += 1
            else:
                found.rows.append(row)
        found.problems += problems
        progress(count)
    return found


def known_digests(batch: ImportBatch) -> dict[str, str]:
    """Return the keys of all rows loaded into the consultation before, each with the digest of its first text."""
    rows = ImportedRow.objects.filter(consultation=batch.consultation, contribution__revisions__number=1)
    return dict(rows.values_list("row_key", "contribution__revisions__text_digest"))


def _repeated(
    row: CheckedRow, keys: Mapping[str, int], known: Mapping[str, str], *, column: str
) -> Iterator[RowProblem]:
    """Find what is wrong with a row whose id was used before: in this file, or in an earlier one for another text."""
    if row.key in keys:
        wrong = _("Row %(row)s has the same id.") % {"row": keys[row.key]}
        yield RowProblem(row.number, column, wrong, _("Give every row an id of its own, or name no column for ids."))
    elif known.get(row.key, row.text_digest) != row.text_digest:
        wrong = _("A row with this id was loaded before with another text.")
        yield RowProblem(row.number, column, wrong, _("Give the row another id, or name no column for ids."))


class _Reader:
    """Understands the rows of one file by its mapping."""

    def __init__(self, batch: ImportBatch) -> None:
        self._mapping: dict[str, str] = batch.mapping
        sessions = batch.consultation.sessions.prefetch_related("texts", "questions__texts")
        wanted = sessions.filter(pk=batch.session_id) if batch.session_id else sessions
        self._meanings = Meanings(list(wanted))
        self._brought_on = batch.brought_at.astimezone(ZoneInfo(batch.consultation.time_zone)).date()
        self._is_session_chosen = batch.session_id is not None
        self._same: Counter[tuple[str, ...]] = Counter()

    def column(self, field: str) -> str:
        """Return the heading a field is read from, or what a person calls a value fixed for all rows."""
        return self._mapping.get(field) or (_("set for all rows") if f"{FIXED}{field}" in self._mapping else "")

    def read(self, number: int, cell: Callable[[str], str]) -> tuple[CheckedRow | None, list[RowProblem]]:
        """Return a row and what is wrong with it; no row when its session is not clear."""
        values = {field: cell(heading) for field, heading in self._mapping.items() if not field.startswith(FIXED)}
        values |= {field.removeprefix(FIXED): said for field, said in self._mapping.items() if field.startswith(FIXED)}
        problems: list[RowProblem] = []
        text = self._text(number, values, problems)
        choices = self._choices(number, values, problems)
        session = self._meanings.session("" if self._is_session_chosen else values.get("session", ""))
        submitted_on = self._day(number, values.get("submitted_on", ""), problems)
        organisation, name = self._speaker(number, values, problems)
        if session is None:
            numbers = ", ".join(key for key in self._meanings.sessions if key.isdigit())
            right = _("Write the number of a session: %(numbers)s.") % {"numbers": numbers}
            problems.append(
                RowProblem(number, self.column("session"), _("It is not clear to which session this belongs."), right)
            )
            return None, problems
        questions = self._questions(number, values.get("question", ""), session, problems)
        key = self._key(values.get("id", ""), text, name, session, questions)
        return (
            CheckedRow(
                number=number,
                key=key,
                session=session.session,
                questions=tuple(questions),
                text=text,
                text_digest=text_digest(text),
                name=name,
                organisation=organisation,
                choices=choices,
                submitted_on=submitted_on,
            ),
            problems,
        )

    def _text(self, number: int, values: Mapping[str, str], problems: list[RowProblem]) -> str:
        text = tidy_text(values["text"])
        if not text:
            right = _("Write the text, or delete the row.")
            problems.append(RowProblem(number, self.column("text"), _("There is no text."), right))
        elif said := text_problems(text):
            right = _("Write a text of at most %(most)s characters.") % {"most": MOST_CHARACTERS}
            problems.append(RowProblem(number, self.column("text"), said[0], right))
        return text

    def _choices(self, number: int, values: Mapping[str, str], problems: list[RowProblem]) -> dict[str, str]:
        found = {"kind": str(ContributionKind.VIEW)}
        for field in _WITH_CHOICES:
            if not (said := values.get(field, "")):
                continue
            key = self._meanings.key(field, said)
            if key is None:
                wrong = _("“%(value)s” is not one of the choices.") % {"value": said[:80]}
                right = _("Write for example one of these: %(choices)s.") % {"choices": examples(field)}
                problems.append(RowProblem(number, self.column(field), wrong, right))
            else:
                found[field] = key
        return found

    def _day(self, number: int, said: str, problems: list[RowProblem]) -> date | None:
        found = day(said) if said else None
        if said and found is None:
            wrong = _("“%(value)s” is not a date.") % {"value": said[:80]}
            right = _("Write the date as year, month, day, for example 2026-11-28.")
            problems.append(RowProblem(number, self.column("submitted_on"), wrong, right))
        elif found is not None and found > self._brought_on:
            wrong = _("“%(value)s” lies after the day on which the file was brought in.") % {"value": said[:80]}
            right = _("Write the day on which it was said.")
            problems.append(RowProblem(number, self.column("submitted_on"), wrong, right))
        return found

    def _speaker(
        self, number: int, values: Mapping[str, str], problems: list[RowProblem]
    ) -> tuple[Organisation | None, str]:
        """Return the organisation spoken for if it is known here, and the name; one unknown here joins the name."""
        name, said = (" ".join(tidy_text(values.get(field, "")).split()) for field in ("author", "organisation"))
        organisation = self._meanings.organisation(said)
        if said and organisation is None:
            name = f"{name} ({said})" if name else said
        if len(name) > MOST_CHARACTERS_OF_NAME:
            wrong = _("The name has more than %(most)s characters.") % {"most": MOST_CHARACTERS_OF_NAME}
            column = self.column("author") or self.column("organisation")
            problems.append(RowProblem(number, column, wrong, _("Shorten the name.")))
        return organisation, name

    def _questions(
        self, number: int, said: str, session: SessionMeanings, problems: list[RowProblem]
    ) -> list[GuidingQuestion]:
        questions = session.questions(said)
        if questions is None:
            wrong = (
                _("“%(value)s” is not a question of this session.") % {"value": said[:80]}
                if said
                else _("No question of the session is named.")
            )
            numbers = ", ".join(map(str, session.by_number))
            right = _("Write the number of one or more of its questions: %(numbers)s.") % {"numbers": numbers}
            problems.append(RowProblem(number, self.column("question"), wrong, right))
        return questions or []

    def _key(
        self, own_id: str, text: str, name: str, session: SessionMeanings, questions: list[GuidingQuestion]
    ) -> str:
        """
        Return what makes a row known when it comes again: its own id, else its text, author, session and questions.

        Rows that are alike in all of these are counted, so that the tenth of ten equal letters is kept as well.
        """
        if own_id:
            return text_digest(f"id\0{own_id}")
        alike = (text, name, str(session.session.number), *(str(question.number) for question in questions))
        self._same[alike] += 1
        return text_digest("\0".join(("row", *alike, str(self._same[alike]))))
