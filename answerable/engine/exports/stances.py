"""Read who agreed or disagreed with what: one stance a row, or a column for each statement."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from answerable.engine.formats.errors import ReadingError
from answerable.engine.opinion import Stances
from answerable.engine.tables import Table, listed_columns

_PARTICIPANT = ("voterid", "participant", "participantid", "userid", "user", "author", "voter")
_STATEMENT = ("commentid", "statementid", "statement", "contribution", "contributionid", "proposalid", "id")
_STANCE = ("vote", "stance", "value", "choice", "opinion")
_WHEN = ("timestamp",)
_WORDS = {
    "1": 1, "+1": 1, "1.0": 1, "agree": 1, "yes": 1, "-1": -1, "-1.0": -1, "disagree": -1, "no": -1, "0": 0, "0.0": 0,
    "-0.0": 0, "pass": 0, "neutral": 0,
}  # fmt: skip
_MISSING = frozenset({"", "nan", "na", "n/a", "null", "none"})
_NOT_LETTERS = re.compile(r"[\W_]+")
_One = tuple[str, str, int, int]


@dataclass(frozen=True, slots=True)
class ReadStances:
    """Hold the stances of a table and sentences about what was left out."""

    stances: Stances
    notes: tuple[str, ...]


def read_stances(table: Table, *, statements: frozenset[str], name: str) -> ReadStances:
    """
    Return the stances of a table about known statements; of several by one person on one, the last stands.

    A table has either columns for participant, statement and stance, or one column for each statement, named by its
    id. Stances on unknown statements and missing values (NaN) are left out and counted. Raises ReadingError for a
    value that is no stance, and for a table without such columns.
    """
    columns = {
        _NOT_LETTERS.sub("", column.casefold()): place for place, column in reversed([*enumerate(table.columns)])
    }
    who, what, stance = (_first(columns, names) for names in (_PARTICIPANT, _STATEMENT, _STANCE))
    missing = _Counter()
    if who is not None and what is not None and stance is not None:
        when = _first(columns, _WHEN)
        rows = _long_rows(table, places=(who, what, stance), when=when, name=name, missing=missing)
    elif who is not None:
        wide = {place: column for place, column in enumerate(table.columns) if column in statements}
        if not wide:
            message = f"{name} has no column named by the id of a statement, and none with stances."
            raise ReadingError(message)
        rows = _wide_rows(table, who, wide, name=name, missing=missing)
    else:
        message = f"{name} has no column that says who took a stance. The columns are: {listed_columns(table.columns)}."
        raise ReadingError(message)
    known, unknown = [], 0
    names = set()
    for row in rows:
        if row[1] in statements:
            known.append(row)
        else:
            unknown += 1
            names.add(row[1])
    notes = [f"{len(known)} stances are read from {name}."]
    if unknown:
        notes.append(
            f"{unknown} stances are about {len(names)} statements that are not in the input; they are left out."
        )
    if missing.count:
        notes.append(f"{missing.count} stances have no value (NaN); they are left out.")
    return ReadStances(Stances.from_rows(known, statements=statements), tuple(notes))


class _Counter:
    """Count what is met on the way."""

    count = 0


def _long_rows(
    table: Table, *, places: tuple[int, int, int], when: int | None, name: str, missing: _Counter
) -> Iterator[_One]:
    """Yield the stances of a table with one in each row; a later moment, else a later row, counts more."""
    who, what, stance = places
    for order, (number, row) in enumerate(zip(table.row_numbers, table.rows, strict=True)):
        value = _value(row[stance], where=f"{name}, row {number}")
        if value is None or not row[who].strip():
            missing.count += 1
            continue
        moment = int(row[when]) if when is not None and row[when].isascii() and row[when].isdigit() else order
        yield row[who].strip(), row[what].strip(), value, moment


def _wide_rows(table: Table, who: int, statements: dict[int, str], *, name: str, missing: _Counter) -> Iterator[_One]:
    """Yield the stances of a table with a column for each statement; an empty cell is no stance."""
    for number, row in zip(table.row_numbers, table.rows, strict=True):
        for place, statement in statements.items():
            if not row[place]:
                continue
            value = _value(row[place], where=f"{name}, row {number}, column “{statement}”")
            if value is None:
                missing.count += 1
            else:
                yield row[who].strip(), statement, value, number


def _value(cell: str, *, where: str) -> int | None:
    """Return a stance, None for a missing one. Raises ReadingError."""
    written = cell.strip().casefold()
    if written in _MISSING:
        return None
    if written not in _WORDS:
        message = f"{where}: “{cell[:40]}” is no stance; write 1, 0 or -1, or agree, pass or disagree."
        raise ReadingError(message)
    return _WORDS[written]


def _first(columns: dict[str, int], names: tuple[str, ...]) -> int | None:
    """Return the position of the column with the surest name."""
    return next((columns[name] for name in names if name in columns), None)
