"""Read a file of rows as a table of texts, whatever its format, encoding and delimiter."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from answerable.engine.formats.cells import Row
from answerable.engine.formats.delimited import delimited_rows, delimiter_of
from answerable.engine.formats.encodings import encoding_of, has_wide_marks
from answerable.engine.formats.errors import ReadingError
from answerable.engine.formats.headings import Parts, with_real_headings
from answerable.engine.formats.json_rows import json_kind, json_line_rows, json_rows
from answerable.engine.formats.parquet import parquet_rows
from answerable.engine.formats.sheets import is_spreadsheet, read_sheet

__all__ = ["ReadingError", "Table", "listed_columns", "read_table"]

_ZIP_SIGNATURE = b"PK\x03\x04"
_OLD_EXCEL_SIGNATURE = b"\xd0\xcf\x11\xe0"
_PARQUET_SIGNATURE = b"PAR1"
_LONGEST_REPEATED_CELL = 120
_MOST_COLUMNS_NAMED, _LONGEST_NAME, _MOST_ROWS_NAMED = 20, 60, 20
_CONTROLS_OF_NO_TEXT = 0.05
_OTHER_KINDS = {
    b"%PDF-": "a PDF",
    b"{\\rtf": "a text document (RTF)",
    b"\x1f\x8b": "a compressed file (gzip)",
    b"SQLite format 3": "a database",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"GIF8": "a picture",
}
_PAGES = (b"<!doctype", b"<html", b"<?xml")


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
    """
    Read a CSV, JSON, JSON lines or Parquet file or the first sheet of an XLSX file, told apart by content.

    The file is read as it comes, never held whole beside the rows. Raises ReadingError.
    """
    try:
        with path.open("rb") as file:
            head = file.read(4096)
            is_blank = not head.strip() and not any(chunk.strip() for chunk in iter(lambda: file.read(1 << 20), b""))
        if is_blank:
            message = f"{path.name} is empty."
            raise ReadingError(message)
        return _read(path, head)
    except OSError as error:
        message = f"{path} cannot be read: {error.strerror or error}."
        raise ReadingError(message) from error


def _read(path: Path, head: bytes) -> Table:
    """Read a file that begins with some bytes."""
    if head.startswith(_OLD_EXCEL_SIGNATURE):
        message = f"{path.name} is an old or password-protected Excel file. Save it as XLSX or CSV without a password."
        raise ReadingError(message)
    if head.startswith(_ZIP_SIGNATURE):
        if not is_spreadsheet(path):
            message = f"{path.name} is an archive or document. Take the contributions out of it, as CSV or XLSX."
            raise ReadingError(message)
        read_as, rows = read_sheet(path)
        return _table(rows, name=path.name, read_as=read_as)
    if head.startswith(_PARQUET_SIGNATURE):
        return _table(parquet_rows(path), name=path.name, read_as="Parquet")
    if other := _other_kind(head):
        message = f"{path.name} is {other}, not a table. Save the contributions as CSV or XLSX, one in each row."
        raise ReadingError(message)
    encoding = encoding_of(path)
    kind = json_kind(path, encoding=encoding)
    if kind == "JSON lines":
        return _table(json_line_rows(path, encoding=encoding), name=path.name, read_as=f"{kind}, {encoding.name}")
    if kind:
        said, rows = json_rows(path, encoding=encoding)
        return _table(rows, name=path.name, read_as=", ".join(filter(None, (kind, encoding.name, said))))
    delimiter = delimiter_of(path, encoding=encoding)
    return _table(
        delimited_rows(path, encoding=encoding, delimiter=delimiter),
        name=path.name,
        read_as=f"CSV, {encoding.name}, {delimiter!r}",
    )


def listed_columns(columns: Sequence[str]) -> str:
    """Return the names of columns for a message, the first of them where there are many."""
    shown = [name if len(name) <= _LONGEST_NAME else f"{name[:_LONGEST_NAME]}…" for name in columns]
    more = len(shown) - _MOST_COLUMNS_NAMED
    return ", ".join(shown) if more <= 0 else f"{', '.join(shown[:_MOST_COLUMNS_NAMED])} and {more:,} more"


def _other_kind(head: bytes) -> str:
    """Return what a file is that begins with some bytes and is no table of texts, else nothing."""
    for signature, kind in _OTHER_KINDS.items():
        if head.startswith(signature):
            return kind
    begin = head.removeprefix(b"\xef\xbb\xbf").lstrip()[:9].lower()
    if begin.startswith(_PAGES):
        return "a web page or XML"
    # Wide text has bytes like these too, but always beside zeros or within its pairs.
    controls = sum(byte < 9 or 13 < byte < 27 for byte in head if byte)  # noqa: PLR2004 - tab, line ends and escape
    is_wide = head.startswith((b"\xff\xfe", b"\xfe\xff")) or any(has_wide_marks(head, offset=one) for one in (0, 1))
    return "no text that can be read" if not is_wide and controls > _CONTROLS_OF_NO_TEXT * len(head) else ""


def _table(rows: Iterable[Row], *, name: str, read_as: str) -> Table:
    """
    Make a table of rows: the first that is not empty holds the headings; short rows are filled up.

    A row with number 0 holds the headings too, for formats in which they are known only at the end. Cells that repeat
    are kept once.
    """
    parts = with_real_headings(_split(rows))
    headings, numbers, body = parts.headings, parts.numbers, parts.body
    if not body and (headings is None or not any(cell.strip() for cell in headings)):
        message = f"{name} has no cells with anything in them."
        raise ReadingError(message)
    if headings is None or not body:
        message = f"{name} has a row of headings and no rows under it."
        raise ReadingError(message)
    width = _used_width(headings, body)
    _require_headings(body, numbers, width=width, name=name)
    filling = ("",) * width
    body = [row if len(row) == width else (*row, *filling)[:width] for row in body]
    said = f"{read_as}, {parts.said}" if parts.said else read_as
    return Table(_distinct_names(headings[:width]), tuple(body), tuple(numbers), said)


def _require_headings(body: Sequence[tuple[str, ...]], numbers: Sequence[int], *, width: int, name: str) -> None:
    """Raise ReadingError with every row that has more in it than there are headings."""
    wide = [place for place, row in enumerate(body) if any(cell.strip() for cell in row[width:])]
    if not wide:
        return
    message = (
        f"{name}, row {numbers[wide[0]]}: it has {len(body[wide[0]])} cells, but there are {width} headings. "
        "A text with the mark between cells in it must stand in quotation marks."
    )
    if len(wide) > 1:
        others = [str(numbers[place]) for place in wide[1:]]
        more = len(others) - _MOST_ROWS_NAMED
        listed = ", ".join(others[:_MOST_ROWS_NAMED]) + (f" and {more:,} more" if more > 0 else "")
        message = f"{message} It is the same with {'row' if len(others) == 1 else 'rows'} {listed}."
    raise ReadingError(message)


def _split(rows: Iterable[Row]) -> Parts:
    """Return the headings, and the numbers and cells of the rows that hold anything."""
    known: dict[str, str] = {}
    numbers: list[int] = []
    body: list[tuple[str, ...]] = []
    for number, row in rows:
        if number == 0:
            return Parts(tuple(row), numbers, body)
        if any(cell and not cell.isspace() for cell in row):
            numbers.append(number)
            body.append(tuple(_kept_once(row, known)))
    if not body:
        return Parts(None, [], [])
    return Parts(body[0], numbers[1:], body[1:])


def _kept_once(row: list[str], known: dict[str, str]) -> Iterator[str]:
    """Yield the cells of a row; a short one that came before is the very same object."""
    for cell in row:
        if len(cell) > _LONGEST_REPEATED_CELL or len(known) > 100_000:  # noqa: PLR2004 - what repeats comes early
            yield known.get(cell, cell) if len(cell) <= _LONGEST_REPEATED_CELL else cell
        else:
            yield known.setdefault(cell, cell)


def _used_width(headings: Sequence[str], body: list[tuple[str, ...]]) -> int:
    """Return the number of columns without the empty ones at the end."""
    filled = max((place for place, heading in enumerate(headings, start=1) if heading.strip()), default=1)
    width = len(headings)
    while width > filled and not any(len(row) >= width and row[width - 1] for row in body):
        width -= 1
    return max(1, width)


def _distinct_names(headings: Sequence[str]) -> tuple[str, ...]:
    """Return names for the columns: empty ones by their number, repeated ones with a count."""
    names: list[str] = []
    taken: set[str] = set()
    for place, heading in enumerate(headings, start=1):
        name = " ".join(heading.split()) or f"column {place}"
        count = 2
        unique = name
        while unique in taken:
            unique, count = f"{name} ({count})", count + 1
        names.append(unique)
        taken.add(unique)
    return tuple(names)
