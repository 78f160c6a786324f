"""Write down any value a file can hold as the text of a cell."""

import json
import math
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, time

Row = tuple[int, list[str]]
_DEEPEST = 6
_LARGEST_WHOLE = 2**63


def cell_text(value: object) -> str:
    """
    Return what a cell shows, as text: whole numbers without a decimal point, dates in ISO form, nothing for NaN.

    Lists of plain values are joined by commas; anything deeper is JSON.
    """
    if isinstance(value, str):
        return value.replace("\0", "")
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return ""
    return _written(value).replace("\0", "")


def _written(value: object) -> str:
    """Return what is neither missing nor a text."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float) and value.is_integer() and abs(value) < _LARGEST_WHOLE:
        return str(int(value))
    if isinstance(value, date | time):
        return _moment(value)
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    if isinstance(value, list | tuple):
        return _list_text(value)
    return json.dumps(value, ensure_ascii=False, default=str) if isinstance(value, dict) else str(value)


def _moment(value: date | time) -> str:
    """Return a date, a time or both in ISO form; midnight is taken for no time."""
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(sep=" ")
    return value.isoformat()


def record_rows(records: Iterable[tuple[int, Mapping[str, object]]]) -> Iterator[Row]:
    """
    Yield a row for each numbered record, with the columns in the order in which they first came.

    A record may have members that earlier ones had not, so the headings come at the end, as row 0.
    """
    places: dict[str, int] = {}
    for number, record in records:
        row = [""] * len(places)
        for column, cell in flat_cells(record):
            if column not in places:
                places[column] = len(row)
                row.append("")
            row[places[column]] = cell
        yield number, row
    yield 0, list(places)


def flat_cells(record: Mapping[str, object], *, under: str = "", depth: int = 0) -> Iterator[tuple[str, str]]:
    """Yield the cells of a record with the names of their columns; what lies in another record is `outer/inner`."""
    for name, value in record.items():
        column = f"{under}/{name}" if under else str(name)
        if isinstance(value, dict) and value and depth < _DEEPEST:
            yield from flat_cells(value, under=column, depth=depth + 1)
        else:
            yield column, cell_text(value)


def _list_text(values: list[object] | tuple[object, ...]) -> str:
    """Return a list of plain values joined by commas, any other list as JSON."""
    if any(isinstance(value, dict | list | tuple) for value in values):
        return json.dumps(values, ensure_ascii=False, default=str)
    return ", ".join(cell_text(value) for value in values)
