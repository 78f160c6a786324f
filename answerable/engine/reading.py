"""Read contributions from a file as people have them, and say what was understood."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from answerable.engine.columns import ColumnMap, map_columns, title_left_out
from answerable.engine.exports.markup import is_markup, without_markup
from answerable.engine.exports.polis import opened_export, read_topic
from answerable.engine.exports.stances import ReadStances, read_stances
from answerable.engine.exports.translated import TranslatedText, translated_text
from answerable.engine.language_names import language_code
from answerable.engine.opinion import Stances
from answerable.engine.records import Contribution
from answerable.engine.tables import ReadingError, Table, read_table

__all__ = ["Intake", "ReadingError", "language_code", "read_contributions"]

_SAMPLE_ROWS = 300
_LONGEST_MARK = 8
_MODERATED_OUT = "-1"
_MISSING = frozenset({"nan", "null", "none", "n/a", "#n/a"})
_TITLE = "title"
_NOT_STATED = frozenset({"id", "text", _TITLE})
_MISSING_TEXTS = frozenset({"NaN", "nan", "NULL", "null", "#N/A"})


@dataclass(frozen=True)
class Intake:
    """
    Hold a file as read.

    `ids` gives for each row of the table the id of its contribution, empty where the row has no text. `notes` are
    sentences that say what was guessed, left out or changed. `stances` say who agreed with which contribution, by the
    id in the file; `moderated_out` has the ids of those that moderators of the export took out of that.
    """

    table: Table
    columns: ColumnMap
    contributions: tuple[Contribution, ...]
    ids: tuple[str, ...]
    notes: tuple[str, ...]
    moderated_out: tuple[str, ...] = ()
    stances: Stances | None = field(default=None, compare=False)


def read_contributions(path: Path, *, columns: Mapping[str, str] | None = None, stances: Path | None = None) -> Intake:
    """
    Read a CSV, XLSX, JSON, JSON lines or Parquet file, a Decidim export, or a folder or archive as Polis exports it.

    `columns` maps fields of a contribution to column names where the guess would be wrong. `stances` is a file of
    participant, statement and stance. Raises ReadingError.
    """
    with opened_export(path) as export:
        table = read_table(export.contributions)
        intake = _intake(table, name=path.name, chosen=columns or {}, topic=read_topic(export))
        intake = replace(intake, notes=(*export.said, *intake.notes))
        votes = stances or export.votes
        if votes is None:
            return intake
        read = _stances(intake, read_table(votes), name=votes.name)
    return replace(intake, stances=read.stances, notes=(*intake.notes, *read.notes))


def _intake(table: Table, *, name: str, chosen: Mapping[str, str], topic: str) -> Intake:
    """Make contributions of the rows of a table."""
    translated = None if chosen.get("text") else translated_text(table)
    has_titles = False
    if translated:
        has_titles = bool(translated.titles) and chosen.get("title", "").casefold() == _TITLE
        kept = {name: column for name, column in chosen.items() if not (has_titles and name == "title")}
        chosen = {**kept, "text": table.columns[translated.texts[0][1]]}
    mapping, guesses = map_columns(table, chosen=chosen)
    notes = [f"The file is read as {table.read_as}: {_rows_counted(len(table.rows))}.", *guesses]
    rows = _Rows(table, mapping, translated, topic, has_titles=has_titles)
    notes += rows.notes()
    ids = _ids(rows, notes)
    contributions = tuple(
        rows.contribution(row, identity) for row, identity in zip(table.rows, ids, strict=True) if identity
    )
    if not contributions:
        message = f"{name}: column “{mapping.text}” holds no text in any row."
        raise ReadingError(message)
    moderated = tuple(rows.own_id(row) for row in table.rows if rows.is_moderated_out(row))
    if empty := ids.count(""):
        verb = "has" if empty == 1 else "have"
        notes.append(f"{_rows_counted(empty)} {verb} no text in column “{mapping.text}”, and no theme therefore.")
    if moderated:
        verb = "was" if len(moderated) == 1 else "were"
        said = "moderated out: read, but left out of the opinion groups."
        notes.append(f"{_rows_counted(len(moderated))} {verb} {said}")
    return Intake(table, mapping, contributions, ids, tuple(notes), moderated)


def _stances(intake: Intake, table: Table, *, name: str) -> ReadStances:
    """Read who agreed with what, the contributions and those moderated out being the statements."""
    place = intake.table.columns.index(intake.columns.id) if intake.columns.id else None
    own = {row[place].strip() for row in intake.table.rows} if place is not None else set(intake.ids)
    return read_stances(table, statements=frozenset(own - {""}), name=name)


class _Rows:
    """Read rows the way the columns of their table ask for."""

    def __init__(
        self, table: Table, mapping: ColumnMap, translated: TranslatedText | None, topic: str, *, has_titles: bool
    ) -> None:
        self.table = table
        self._has_titles = has_titles
        self.places = {name: table.columns.index(column) for name, column in vars(mapping).items() if column}
        self._mapping = mapping
        self._translated = translated
        self._topic = topic
        self._moderated = table.columns.index("moderated") if _is_polis(table) else None
        self._known_languages: dict[str, str] = {}
        self._is_markup = is_markup(self._raw(row)[0] for row in table.rows[:_SAMPLE_ROWS])

    def notes(self) -> Iterator[str]:
        """Yield a sentence for each way in which texts are not simply the cells of one column."""
        if self._translated and len(self._translated.texts) > 1:
            languages = ", ".join(language for language, _ in self._translated.texts)
            yield f"There is a column for each language ({languages}); the first that is filled is read."
        if self._translated and self._translated.titles and not (self._has_titles or self._mapping.title):
            yield title_left_out(_TITLE)
        if self._has_titles or self._mapping.title:
            yield "The title is read as the first line of each text."
        if self._is_markup:
            yield "The texts are HTML. Tags are taken off, and characters are counted in what remains."
        if self._topic and "question" not in self.places:
            yield f"The question is “{self._topic}”, as the export says."

    def text(self, row: tuple[str, ...]) -> str:
        """
        Return the text of a row: the cell as it is, character by character, but for the tags of HTML.

        Where titles are asked for, the title is its first line, unless the text begins with it.
        """
        text, language = self._raw(row)
        text, title = self._said(text), self._said(self._title(row, language)).strip()
        if not title or text.lstrip().startswith(title):
            return text
        return f"{title}\n{text}" if text.strip() else title

    def _said(self, cell: str) -> str:
        """Return a cell of running text without tags, nothing for the mark of a missing one."""
        if len(cell) <= _LONGEST_MARK and cell.strip() in _MISSING_TEXTS:
            return ""
        return without_markup(cell) if self._is_markup else cell

    def _title(self, row: tuple[str, ...], language: str) -> str:
        """Return the title of a row, in the language of its text, where titles are asked for."""
        if self._has_titles and self._translated:
            return self._translated.title_of(row, language=language)
        return row[self.places["title"]] if "title" in self.places else ""

    def own_id(self, row: tuple[str, ...]) -> str:
        """Return the id a row gives itself, if it does."""
        return _stated(row[self.places["id"]]) if "id" in self.places else ""

    def is_moderated_out(self, row: tuple[str, ...]) -> bool:
        """Tell whether the export says that moderators took a row out."""
        return self._moderated is not None and row[self._moderated].strip() == _MODERATED_OUT

    def contribution(self, row: tuple[str, ...], identity: str) -> Contribution:
        """Make the contribution of one row."""
        values = {name: _stated(row[place]) for name, place in self.places.items() if name not in _NOT_STATED}
        values["language"] = self._language(values.get("language") or self._raw(row)[1])
        values.setdefault("question", self._topic)
        return Contribution(id=identity, text=self.text(row), **values)

    def _raw(self, row: tuple[str, ...]) -> tuple[str, str]:
        """Return the text of a row as the file has it, and the language its column is named by."""
        return self._translated.of(row) if self._translated else (row[self.places["text"]], "")

    def _language(self, name: str) -> str:
        """Return the code of a language, each name looked up once."""
        if name not in self._known_languages:
            self._known_languages[name] = language_code(name)
        return self._known_languages[name]


def _stated(cell: str) -> str:
    """Return what a cell says; programs write NaN and the like where nothing was said."""
    said = cell.strip()
    return "" if len(said) <= _LONGEST_MARK and said.casefold() in _MISSING else said


def _is_polis(table: Table) -> bool:
    """Tell whether a table has the columns of the comments Polis exports."""
    return {"comment-id", "comment-body", "moderated", "agrees", "disagrees"} <= set(table.columns)


def _ids(rows: _Rows, notes: list[str]) -> tuple[str, ...]:
    """Return an id for every row with a text: its own, else R- and the number of its row; repeated ids get a count."""
    table = rows.table
    width = len(str(table.row_numbers[-1]))
    seen: Counter[str] = Counter()
    taken = {rows.own_id(row) for row in table.rows}
    ids: list[str] = []
    repeated = 0
    for number, row in zip(table.row_numbers, table.rows, strict=True):
        if not rows.text(row).strip():
            ids.append("")
            continue
        identity = rows.own_id(row) or f"R-{number:0{width}}"
        seen[identity] += 1
        if seen[identity] > 1:
            repeated += 1
            identity = _unused(identity, seen[identity], taken)
        taken.add(identity)
        ids.append(identity)
    if repeated:
        verb = "repeats" if repeated == 1 else "repeat"
        notes.append(f"{_rows_counted(repeated)} {verb} an id used before, and a number after it tells them apart.")
    return tuple(ids)


def _rows_counted(count: int) -> str:
    """Return a number of rows in words."""
    return f"{count:,} {'row' if count == 1 else 'rows'}"


def _unused(identity: str, count: int, taken: set[str]) -> str:
    """Return the id with a count that no other row has."""
    while f"{identity}#{count}" in taken:
        count += 1
    return f"{identity}#{count}"
