"""Read the rows of a spreadsheet."""

import warnings
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO

from answerable.engine.formats.cells import Row, cell_text
from answerable.engine.formats.errors import ReadingError

# What openpyxl lets through when a part of a damaged file is missing, cut off, or not the XML it should be.
_DAMAGE = (
    zipfile.BadZipFile, zlib.error, OSError, EOFError, SyntaxError, KeyError, IndexError, ValueError, TypeError,
    AttributeError, RuntimeError,
)  # fmt: skip


_OTHER_DOCUMENTS = ("word/", "ppt/")
_ROWS_LOOKED_AT, _MOST_NAMED = 50, 8


def read_sheet(path: Path) -> tuple[str, Iterator[Row]]:
    """
    Return what a spreadsheet is read as, and the rows of its first sheet with a table.

    Other sheets with tables are named as not read. A formula is its text, never its result. Raises ReadingError, also
    while rows are taken.
    """
    with ExitStack() as closing, _damage_told(path):
        file = closing.enter_context(path.open("rb"))
        workbook = _opened(file)
        if not workbook.worksheets:
            message = f"{path.name} has no sheet with cells."
            raise ReadingError(message)
        tables = [sheet for sheet in workbook.worksheets if _is_table(sheet)] or workbook.worksheets[:1]
        opened = closing.pop_all()
    return _said_of([sheet.title for sheet in tables]), _rows(path, opened, tables[0])


def _said_of(titles: list[str]) -> str:
    """Return what a spreadsheet is read as that has tables on sheets of these titles, the first being read."""
    first, *others = (f"“{title}”" for title in titles)
    if not others:
        return "XLSX"
    more = [f"{len(others) - _MOST_NAMED:,} more"] if len(others) > _MOST_NAMED else []
    left = ", ".join([*others[:_MOST_NAMED], *more])
    return f"XLSX, sheet {first} (there are tables on {left} too, which are not read)"


def is_spreadsheet(path: Path) -> bool:
    """Tell whether a zip archive holds a spreadsheet, or is too damaged to say."""
    try:
        with zipfile.ZipFile(path) as archive:
            names = archive.namelist()
            return "[Content_Types].xml" in names and not any(name.startswith(_OTHER_DOCUMENTS) for name in names)
    except _DAMAGE:
        return True


def _opened(file: BinaryIO) -> Any:
    """Return the workbook in a file."""
    from openpyxl import load_workbook

    # What openpyxl warns of concerns looks (styles, validation), never the text of cells.
    with warnings.catch_warnings(action="ignore"):
        # Opened here, since openpyxl goes by the ending of a name.
        return load_workbook(file, read_only=True, data_only=False, keep_links=False)


def _rows(path: Path, opened: ExitStack, sheet: Any) -> Iterator[Row]:
    """Yield the rows of a sheet and close its file."""
    with opened, _damage_told(path):
        for number, row in enumerate(sheet.iter_rows(values_only=True), start=1):
            yield number, [cell_text(value) for value in row]


@contextmanager
def _damage_told(path: Path) -> Iterator[None]:
    """Raise ReadingError for whatever a damaged spreadsheet lets through."""
    try:
        yield
    except _DAMAGE as error:
        message = f"{path.name} looks like a spreadsheet but cannot be opened. Save it again as XLSX or CSV."
        raise ReadingError(message) from error


def _is_table(sheet: Any) -> bool:
    """Tell whether the first rows of a sheet look like a table; a sheet with one column does if it is alone."""
    filled = [
        count
        for row in islice(sheet.iter_rows(values_only=True), _ROWS_LOOKED_AT)
        if (count := sum(value is not None and value != "" for value in row))
    ]
    return len(filled) > 1 and max(filled) > 1
