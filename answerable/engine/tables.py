"""Read a CSV or XLSX file as a table of texts, whatever its encoding and delimiter."""

import csv
import io
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path

_ZIP_SIGNATURE = b"PK\x03\x04"
_OLD_EXCEL_SIGNATURE = b"\xd0\xcf\x11\xe0"
_BYTE_ORDER_MARKS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
_DELIMITERS = ",;\t|"
_SAMPLE_CHARACTERS = 65_536
_LONGEST_CELL = 50_000_000
_NULS_OF_WIDE_TEXT = 0.3


class ReadingError(Exception):
    """Say in one sentence what is wrong with a file, with row and column where there is one."""


@dataclass(frozen=True)
class Table:
    """
    Hold a table of texts: `columns` are the headings, each row has as many cells.

    `row_numbers` says where in the file each row is, the headings being row 1. `read_as` tells encoding or format.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    row_numbers: tuple[int, ...]
    read_as: str


def read_table(path: Path) -> Table:
    """Read the first sheet of an XLSX file, or a CSV file, told apart by content. Raises ReadingError."""
    try:
        content = path.read_bytes()
    except OSError as error:
        message = f"{path} cannot be read: {error.strerror or error}."
        raise ReadingError(message) from error
    if not content.strip():
        message = f"{path.name} is empty."
        raise ReadingError(message)
    if content.startswith(_OLD_EXCEL_SIGNATURE):
        message = f"{path.name} is an old or password-protected Excel file. Save it as XLSX or CSV without a password."
        raise ReadingError(message)
    if content.startswith(_ZIP_SIGNATURE):
        return _table(_sheet_rows(content, path.name), name=path.name, read_as="XLSX")
    text, encoding = _decoded(content, path.name)
    delimiter = _delimiter_of(text)
    return _table(_csv_rows(text, delimiter, path.name), name=path.name, read_as=f"CSV, {encoding}, {delimiter!r}")


def _decoded(content: bytes, name: str) -> tuple[str, str]:
    """Return the text of a file and its encoding: by mark, else UTF-8, UTF-16 or Windows-1252."""
    for mark, encoding in _BYTE_ORDER_MARKS.items():
        if content.startswith(mark):
            return _strictly(content, encoding, name), encoding.removesuffix("-sig").upper()
    head = content[:4096]
    for encoding, offset in (("utf-16-le", 1), ("utf-16-be", 0)):
        if head[offset::2].count(0) > _NULS_OF_WIDE_TEXT * len(head) / 2:
            return _strictly(content, encoding, name), encoding.upper()
    try:
        return content.decode("utf-8"), "UTF-8"
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace"), "Windows-1252"


def _strictly(content: bytes, encoding: str, name: str) -> str:
    """Return the text of a file that says what its encoding is."""
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        message = f"{name} begins as {encoding.removesuffix('-sig').upper()}, but byte {error.start} does not fit."
        raise ReadingError(message) from error


def _delimiter_of(text: str) -> str:
    """
    Return the delimiter under which the first rows have the most columns of an equal number.

    Rows are parsed with each, so that marks inside quoted texts are not counted.
    """
    sample = text[:_SAMPLE_CHARACTERS]
    return max(_DELIMITERS, key=lambda delimiter: (_regular_cells(sample, delimiter), -_DELIMITERS.index(delimiter)))


def _regular_cells(sample: str, delimiter: str) -> float:
    """Return the number of columns of the first row times the share of rows that have as many."""
    rows = [row for row in _lenient_rows(sample, delimiter) if row][:200]
    width = len(rows[0]) if rows else 0
    return (width - 1) * sum(len(row) == width for row in rows) / len(rows) if rows else 0.0


def _lenient_rows(sample: str, delimiter: str) -> Iterator[list[str]]:
    """Yield the rows of a sample, which may end inside a quoted text."""
    csv.field_size_limit(_LONGEST_CELL)
    try:
        yield from csv.reader(io.StringIO(sample.replace("\0", ""), newline=""), delimiter=delimiter)
    except csv.Error:
        return


def _csv_rows(text: str, delimiter: str, name: str) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows of a CSV file with their numbers. Null bytes are left out; nothing else is."""
    csv.field_size_limit(_LONGEST_CELL)
    reader = csv.reader(io.StringIO(text.replace("\0", ""), newline=""), delimiter=delimiter)
    number = 0
    try:
        for row in reader:
            number += 1
            yield number, row
    except csv.Error as error:
        message = f"{name}, row {number + 1}: the row cannot be read as CSV ({error})."
        raise ReadingError(message) from error


def _sheet_rows(content: bytes, name: str) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows of the first sheet; a formula is its text, never its result."""
    from openpyxl import load_workbook

    try:
        workbook = load_workbook(io.BytesIO(content), read_only=True, data_only=False, keep_links=False)
    except (zipfile.BadZipFile, KeyError, ValueError, OSError) as error:
        message = f"{name} looks like a spreadsheet but cannot be opened. Save it again as XLSX or CSV."
        raise ReadingError(message) from error
    try:
        if not workbook.worksheets:
            message = f"{name} has no sheet with cells."
            raise ReadingError(message)
        for number, row in enumerate(workbook.worksheets[0].iter_rows(values_only=True), start=1):
            yield number, [_cell_text(value) for value in row]
    finally:
        workbook.close()


def _cell_text(value: object) -> str:
    """Return what a cell shows, as text: whole numbers without a decimal point, dates in ISO form."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(sep=" ")
    if isinstance(value, date | time):
        return value.isoformat()
    return str(value)


def _table(rows: Iterable[tuple[int, list[str]]], *, name: str, read_as: str) -> Table:
    """Make a table of rows: the first that is not empty holds the headings; short rows are filled up."""
    filled = [(number, row) for number, row in rows if any(cell.strip() for cell in row)]
    if not filled:
        message = f"{name} has no cells with anything in them."
        raise ReadingError(message)
    headings = filled[0][1]
    body = filled[1:]
    if not body:
        message = f"{name} has a row of headings and no rows under it."
        raise ReadingError(message)
    width = len(headings)
    while (
        width > 1
        and not headings[width - 1].strip()
        and not any(len(row) >= width and row[width - 1] for _, row in body)
    ):
        width -= 1
    for number, row in body:
        if any(cell.strip() for cell in row[width:]):
            message = f"{name}, row {number}: it has {len(row)} cells, but there are {width} headings."
            raise ReadingError(message)
    return Table(
        columns=_distinct_names(headings[:width]),
        rows=tuple(tuple([*row, *[""] * width][:width]) for _, row in body),
        row_numbers=tuple(number for number, _ in body),
        read_as=read_as,
    )


def _distinct_names(headings: list[str]) -> tuple[str, ...]:
    """Return names for the columns: empty ones by their number, repeated ones with a count."""
    names: list[str] = []
    for place, heading in enumerate(headings, start=1):
        name = " ".join(heading.split()) or f"column {place}"
        count = 2
        unique = name
        while unique in names:
            unique, count = f"{name} ({count})", count + 1
        names.append(unique)
    return tuple(names)
