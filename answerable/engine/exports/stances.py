"""Read who agreed or disagreed with what: one stance a row, or a column for each statement."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

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
_MOST_NAMED = 20
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
    met = _Met()
    if who is not None and what is not None and stance is not None:
        when = _first(columns, _WHEN)
        rows = _long_rows(table, places=(who, what, stance), when=when, met=met)
    elif who is not None:
        wide = {place: column for place, column in enumerate(table.columns) if column in statements}
        if not wide:
            message = f"{name} has no column named by the id of a statement, and none with stances."
            raise ReadingError(message)
        rows = _wide_rows(table, who, wide, met=met)
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
    met.refuse_wrong(name)
    notes = [f"{len(known)} stances are read from {name}."]
    if unknown:
        notes.append(
            f"{unknown} stances are about {len(names)} statements that are not in the input; they are left out."
        )
    if met.missing:
        notes.append(f"{met.missing} stances have no value (NaN); they are left out.")
    return ReadStances(Stances.from_rows(known, statements=statements), tuple(notes))


@dataclass(slots=True)
class _Met:
    """Count missing values on the way, and remember what is no stance, so that all of it is told at once."""

    missing: int = 0
    wrong: int = 0
    named: list[str] = field(default_factory=list)

    def found_wrong(self, cell: str, *, where: str) -> None:
        """Remember that a cell is no stance; the first twenty are told one by one."""
        self.wrong += 1
        if len(self.named) < _MOST_NAMED:
            self.named.append(f"{where}: “{cell[:40]}”")

    def refuse_wrong(self, name: str) -> None:
        """Raise ReadingError when anything was no stance."""
        if self.wrong:
            more = self.wrong - len(self.named)
            listed = ", ".join(self.named) + (f" and {more:,} more" if more else "")
            says = "is no stance" if self.wrong == 1 else "are no stances"
            message = f"{name}, {listed} {says}; write 1, 0 or -1, or agree, pass or disagree."
            raise ReadingError(message)


def _long_rows(table: Table, *, places: tuple[int, int, int], when: int | None, met: _Met) -> Iterator[_One]:
    """Yield the stances of a table with one in each row; a later moment, else a later row, counts more."""
    who, what, stance = places
    for order, (number, row) in enumerate(zip(table.row_numbers, table.rows, strict=True)):
        value = _value(row[stance], where=f"row {number}", met=met)
        if value is None:
            continue
        if not row[who].strip():
            met.missing += 1
            continue
        moment = int(row[when]) if when is not None and row[when].isascii() and row[when].isdigit() else order
        yield row[who].strip(), row[what].strip(), value, moment


def _wide_rows(table: Table, who: int, statements: dict[int, str], *, met: _Met) -> Iterator[_One]:
    """Yield the stances of a table with a column for each statement; an empty cell is no stance."""
    for number, row in zip(table.row_numbers, table.rows, strict=True):
        for place, statement in statements.items():
            if not row[place]:
                continue
            value = _value(row[place], where=f"row {number}, column “{statement}”", met=met)
            if value is not None:
                yield row[who].strip(), statement, value, number


def _value(cell: str, *, where: str, met: _Met) -> int | None:
    """Return a stance, None for a missing or wrong one, which is remembered."""
    written = cell.strip().casefold()
    if written in _MISSING:
        met.missing += 1
    elif written not in _WORDS:
        met.found_wrong(cell, where=where)
    return _WORDS.get(written)


def _first(columns: dict[str, int], names: tuple[str, ...]) -> int | None:
    """Return the position of the column with the surest name."""
    return next((columns[name] for name in names if name in columns), None)
