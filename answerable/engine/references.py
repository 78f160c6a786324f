"""Read what the balance is held against from a file: who should be heard, how much, and who says so."""

import math
import re
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from answerable.engine.balance import AXES
from answerable.engine.language_names import language_code
from answerable.engine.records import AxisReference
from answerable.engine.tables import ReadingError, Table, listed_columns, read_table
from answerable.engine.writing_systems import fold

_COLUMNS = {
    "attribute": ("attribute", "axis", "field"),
    "group": ("group", "value"),
    "share": ("share", "percent", "percentage"),
    "count": ("count", "number", "population"),
    "source": ("source",),
}
_MOST_PROBLEMS = 20
_WHOLE, _OF_A_HUNDRED = 1.005, 100.5
_LEAST_OF_A_WHOLE = 0.99
_THOUSANDS = re.compile(r"[0-9]{1,3}(?:[.,][0-9]{3})+")


@dataclass(frozen=True, slots=True)
class ReadReferences:
    """Hold the references of a file, one for each attribute, and sentences about what was understood."""

    references: tuple[AxisReference, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Line:
    """Hold one row of the file: which part of an attribute is expected, by which source."""

    number: int
    axis: str
    group: str
    amount: float | None
    is_percent: bool
    source: str


def read_references(path: Path, *, further: Collection[str] = ()) -> ReadReferences:
    """
    Read a table with the columns attribute, group, share or count, and source, in any format contributions come in.

    Attributes are those of `balance.AXES` and the `further` ones. An empty share expects a group to be heard and says
    nothing of how much. A source may stand in one row of an attribute for all of them. Raises ReadingError with every
    row that is wrong.
    """
    table = read_table(path)
    places = _places(table, name=path.name)
    axes = {_key(axis): axis for axis in (*AXES, *further)}
    problems: list[str] = []
    lines = []
    for number, row in zip(table.row_numbers, table.rows, strict=True):
        cells = {name: row[place].strip() for name, place in places.items()}
        try:
            lines.append(_line(number, cells, axes))
        except ValueError as problem:
            problems.append(f"row {number}: {problem}")
    by_axis: dict[str, list[_Line]] = defaultdict(list)
    for line in lines:
        by_axis[line.axis].append(line)
    notes: list[str] = []
    for axis, some in by_axis.items():
        problems += _problems_of(axis, some, are_counts="share" not in places)
        notes += _notes_of(axis, some, are_counts="share" not in places)
    if problems:
        raise ReadingError(_told(problems, name=path.name))
    references = tuple(_reference(axis, by_axis[axis]) for axis in axes.values() if axis in by_axis)
    return ReadReferences(references, tuple(notes))


def _places(table: Table, *, name: str) -> dict[str, int]:
    """Return where the columns are. Raises ReadingError for a table without one that is needed."""
    known = {"".join(fold(column).split()): place for place, column in reversed([*enumerate(table.columns)])}
    places = {}
    for field, names in _COLUMNS.items():
        place = next((known[one] for one in names if one in known), None)
        if place is not None:
            places[field] = place
    missing = [field for field in ("attribute", "group", "source") if field not in places]
    if "share" not in places and "count" not in places:
        missing.append("share (or count)")
    if missing:
        message = f"{name} has no column {', '.join(missing)}. The columns are: {listed_columns(table.columns)}."
        raise ReadingError(message)
    return places


def _key(attribute: str) -> str:
    """Return an attribute without regard to case, spaces and underscores."""
    return "_".join(fold(attribute).replace("_", " ").split())


def _line(number: int, cells: Mapping[str, str], axes: Mapping[str, str]) -> _Line:
    """Return a row as it was meant, of one of the `axes` by their keys. Raises ValueError with what is wrong in it."""
    axis = axes.get(_key(cells["attribute"]), "")
    if not axis:
        allowed = ", ".join(one.replace("_", " ") for one in axes.values())
        message = f"“{cells['attribute'][:40]}” is no attribute that is measured; those are: {allowed}."
        raise ValueError(message)
    if not cells["group"]:
        message = "it names no group."
        raise ValueError(message)
    group = language_code(cells["group"]) or cells["group"] if axis == "language" else cells["group"]
    if "share" in cells:
        written = cells["share"]
        return _Line(number, axis, group, _amount(written), written.endswith("%"), cells["source"])
    written = "".join(cells["count"].split())
    whole = re.sub("[.,]", "", written) if _THOUSANDS.fullmatch(written) else written
    return _Line(number, axis, group, _amount(whole), whole.endswith("%"), cells["source"])


def _amount(written: str) -> float | None:
    """Return a share or count, None for an empty cell. Raises ValueError."""
    if not written:
        return None
    digits = "".join(written.removesuffix("%").split())
    try:
        amount = float(digits.replace(",", ".") if digits.count(",") == 1 else digits)
    except ValueError:
        amount = math.nan
    if not math.isfinite(amount) or amount < 0:
        message = f"“{written[:40]}” is no share or count; write a number from 0 up, such as 40, 0.4 or 40 %."
        raise ValueError(message)
    return amount


def _problems_of(axis: str, lines: Sequence[_Line], *, are_counts: bool) -> list[str]:
    """Return what is wrong with the rows of one attribute taken together."""
    problems, first = [], dict[str, int]()
    for line in lines:
        earlier = first.setdefault(line.group.casefold(), line.number)
        if earlier != line.number:
            problems.append(f"row {line.number}: the group “{line.group[:40]}” stands in row {earlier} already.")
    name, row = axis.replace("_", " "), lines[0].number
    if not any(line.source for line in lines):
        problems.append(f"row {row}: no row about {name} says where the figures come from; fill in the source.")
    amounts = [line.amount for line in lines if line.amount is not None]
    if amounts and not sum(amounts):
        problems.append(f"row {row}: the figures about {name} are all 0.")
    signs = {line.is_percent for line in lines if line.amount is not None}
    if len(signs) > 1:
        problems.append(f"row {row}: some figures about {name} are written with % and some without.")
    elif not are_counts and sum(amounts) > _OF_A_HUNDRED:
        problems.append(
            f"row {row}: the shares of {name} add up to {sum(amounts):g}; name the column count if they are numbers."
        )
    return problems


def _notes_of(axis: str, lines: Sequence[_Line], *, are_counts: bool) -> list[str]:
    """Return a sentence on what an attribute is held against, and one where its shares are no whole."""
    name = axis.replace("_", " ")
    notes = [f"The {name} is held against {len(lines)} groups: {_source(lines)}."]
    amounts = [line.amount for line in lines if line.amount is not None]
    total = sum(amounts)
    whole = 1.0 if total <= _WHOLE and not any(line.is_percent for line in lines) else 100.0
    if amounts and not are_counts and total < _LEAST_OF_A_WHOLE * whole:
        notes.append(f"The shares of {name} add up to {total / whole:.0%}; they are taken in proportion.")
    return notes


def _reference(axis: str, lines: Sequence[_Line]) -> AxisReference:
    """Return the reference for one attribute."""
    return AxisReference(axis, _source(lines), tuple((line.group, line.amount) for line in lines))


def _source(lines: Sequence[_Line]) -> str:
    """Return the sources of some rows, each named once."""
    return "; ".join(dict.fromkeys(line.source for line in lines if line.source))


def _told(problems: Sequence[str], *, name: str) -> str:
    """Return every problem on a line of its own, up to a number that can be read."""
    ordered = sorted(problems, key=lambda one: int(one.removeprefix("row ").partition(":")[0]))
    more = len(ordered) - _MOST_PROBLEMS
    shown = [f"  {one}" for one in ordered[:_MOST_PROBLEMS]] + ([f"  and {more} more rows."] if more > 0 else [])
    return "\n".join([f"{name} cannot be used as a reference:", *shown])
