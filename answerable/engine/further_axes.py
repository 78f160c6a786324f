"""Axes of balance that a file has columns for and a contribution has no field for, such as region or age group."""

from collections.abc import Callable, Mapping, Sequence

from answerable.engine.balance import AXES
from answerable.engine.columns import ColumnMap
from answerable.engine.records import Contribution
from answerable.engine.tables import ReadingError, Table, listed_columns
from answerable.engine.writing_systems import fold

_NOTHING_SAID = frozenset({"", "nan", "null", "none", "n/a", "#n/a"})


def further_axes(
    table: Table, *, ids: Sequence[str], names: Sequence[str], columns: ColumnMap
) -> Mapping[str, Callable[[Contribution], str]]:
    """
    Return for each named column what a contribution says in it, as `balance.measure_axes` asks; empty for nothing.

    `ids` gives the contribution of each row, empty where a row is none; `columns` says which columns are measured
    anyway. A name may differ from the column's in case and spaces. Raises ReadingError for a column that is not there,
    is named twice, or is measured anyway.
    """
    found: dict[str, Callable[[Contribution], str]] = {}
    places: dict[int, str] = {}
    for name in names:
        place = _place(table, name)
        if place in places:
            message = f"The column “{table.columns[place]}” is named twice as an axis."
            raise ReadingError(message)
        measured = next((axis for axis in AXES if getattr(columns, axis) == table.columns[place]), "")
        if measured or _bare(name) in map(_bare, AXES):
            said = (measured or name).replace("_", " ")
            message = f"The balance by {said} is measured anyway; name other columns with --axis."
            raise ReadingError(message)
        places[place] = name
        found[name] = _values(table, place, ids)
    return found


def _values(table: Table, place: int, ids: Sequence[str]) -> Callable[[Contribution], str]:
    said = {identity: _said(row[place]) for identity, row in zip(ids, table.rows, strict=True) if identity}
    return lambda contribution: said.get(contribution.id, "")


def _said(cell: str) -> str:
    """Return what a cell says, in one line; programs write NaN and the like where nothing was said."""
    said = " ".join(cell.split())
    return "" if said.casefold() in _NOTHING_SAID else said


def _place(table: Table, name: str) -> int:
    """Return where a column is. Raises ReadingError."""
    for place, column in enumerate(table.columns):
        if column == name:
            return place
    for place, column in enumerate(table.columns):
        if _bare(column) == _bare(name):
            return place
    message = f"There is no column “{name}” for the balance. The columns are: {listed_columns(table.columns)}."
    raise ReadingError(message)


def _bare(name: str) -> str:
    """Return a name without regard to case, spaces and underscores."""
    return "".join(fold(name).replace("_", " ").split())
