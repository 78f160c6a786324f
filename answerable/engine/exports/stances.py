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
# Programs that keep whole numbers as decimal fractions write the id 12 as 12.0.
_WHOLE = re.compile(r"(?<=\d)\.0+$")
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
    met = _Met()
    known, unknown = [], []
    for person, statement, value, moment in _stance_rows(table, statements, name=name, met=met):
        found = _found(statement, statements)
        if found:
            known.append((person, found, value, moment))
        else:
            unknown.append(statement)
    met.refuse_wrong(name)
    notes = [f"{_stances_counted(len(known))} read from {name}."]
    if unknown:
        count = len(set(unknown))
        notes.append(
            f"{_stances_counted(len(unknown))} about {_counted(count, 'statement')} not in the input, and left out."
        )
    notes += met.notes()
    return ReadStances(Stances.from_rows(known, statements=statements), tuple(notes))


def _stance_rows(table: Table, statements: frozenset[str], *, name: str, met: "_Met") -> Iterator[_One]:
    """Return the stances of a table of either kind. Raises ReadingError where it is of none."""
    columns = {
        _NOT_LETTERS.sub("", column.casefold()): place for place, column in reversed([*enumerate(table.columns)])
    }
    who, what, stance = (_first(columns, names) for names in (_PARTICIPANT, _STATEMENT, _STANCE))
    if who is not None and what is not None and stance is not None:
        when = _first(columns, _WHEN)
        return _long_rows(table, places=(who, what, stance), when=when, met=met)
    if who is not None:
        wide = _wide_columns(table, who, statements)
        if not wide:
            message = f"{name} has no column named by the id of a statement, and none with stances."
            raise ReadingError(message)
        return _wide_rows(table, who, wide, met=met)
    message = f"{name} has no column that says who took a stance. The columns are: {listed_columns(table.columns)}."
    raise ReadingError(message)


@dataclass(slots=True)
class _Met:
    """Count missing values on the way, and remember what is no stance, so that all of it is told at once."""

    missing: int = 0
    nobodys: int = 0
    wrong: int = 0
    named: list[str] = field(default_factory=list)

    def found_wrong(self, cell: str, *, where: str) -> None:
        """Remember that a cell is no stance; the first twenty are told one by one."""
        self.wrong += 1
        if len(self.named) < _MOST_NAMED:
            self.named.append(f"{where}: “{cell[:40]}”")

    def notes(self) -> Iterator[str]:
        """Yield a sentence for each reason for which stances are left out."""
        if self.missing:
            yield f"{_stances_counted(self.missing)} without a value (NaN), and left out."
        if self.nobodys:
            yield f"{_stances_counted(self.nobodys)} nobody's, since no participant is named, and left out."

    def refuse_wrong(self, name: str) -> None:
        """Raise ReadingError when anything was no stance."""
        if self.wrong:
            more = self.wrong - len(self.named)
            listed = ", ".join(self.named) + (f" and {more:,} more" if more else "")
            says = "is no stance" if self.wrong == 1 else "are no stances"
            message = f"{name}, {listed} {says}; write 1, 0 or -1, or agree, pass or disagree."
            raise ReadingError(message)


def _counted(number: int, name: str) -> str:
    """Return a number of things in words."""
    return f"{number:,} {name}" if number == 1 else f"{number:,} {name}s"


def _stances_counted(number: int) -> str:
    """Return the beginning of a sentence about some stances."""
    return f"{_counted(number, 'stance')} {'is' if number == 1 else 'are'}"


def _found(written: str, statements: frozenset[str]) -> str:
    """Return the statement an id is of, nothing for an unknown one."""
    whole = written if written in statements else _WHOLE.sub("", written)
    return whole if whole in statements else ""


def _wide_columns(table: Table, who: int, statements: frozenset[str]) -> dict[int, str]:
    """Return the statement of each column that is named by the id of one."""
    places = (place for place in range(len(table.columns)) if place != who)
    return {place: found for place in places if (found := _found(table.columns[place], statements))}


def _long_rows(table: Table, *, places: tuple[int, int, int], when: int | None, met: _Met) -> Iterator[_One]:
    """Yield the stances of a table with one in each row; a later moment, else a later row, counts more."""
    who, what, stance = places
    for order, (number, row) in enumerate(zip(table.row_numbers, table.rows, strict=True)):
        value = _value(row[stance], where=f"row {number}", met=met)
        if value is None:
            continue
        if not row[who].strip():
            met.nobodys += 1
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
            if value is not None and not row[who].strip():
                met.nobodys += 1
            elif value is not None:
                yield row[who].strip(), statement, value, number


def _value(cell: str, *, where: str, met: _Met) -> int | None:
    """Return a stance, None for a missing or wrong one, which is remembered."""
    written = cell.strip().casefold().replace("−", "-")
    if written in _MISSING:
        met.missing += 1
    elif written not in _WORDS:
        met.found_wrong(cell, where=where)
    return _WORDS.get(written)


def _first(columns: dict[str, int], names: tuple[str, ...]) -> int | None:
    """Return the position of the column with the surest name."""
    return next((columns[name] for name in names if name in columns), None)
