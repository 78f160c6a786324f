"""Read the rows of a spreadsheet."""

import warnings
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

from answerable.engine.formats.cells import Row, cell_text
from answerable.engine.formats.errors import ReadingError

# What openpyxl lets through when a part of a damaged file is missing, cut off, or not the XML it should be.
_DAMAGE = (
    zipfile.BadZipFile, zlib.error, OSError, EOFError, SyntaxError, KeyError, IndexError, ValueError, TypeError,
    AttributeError, RuntimeError,
)  # fmt: skip


_OTHER_DOCUMENTS = ("word/", "ppt/")
_ROWS_LOOKED_AT = 50


def sheet_rows(path: Path) -> Iterator[Row]:
    """Yield the rows of the first sheet with a table; a formula is its text, never its result. Raises ReadingError."""
    try:
        yield from _rows(path)
    except _DAMAGE as error:
        message = f"{path.name} looks like a spreadsheet but cannot be opened. Save it again as XLSX or CSV."
        raise ReadingError(message) from error


def is_spreadsheet(path: Path) -> bool:
    """Tell whether a zip archive holds a spreadsheet, or is too damaged to say."""
    try:
        with zipfile.ZipFile(path) as archive:
            names = archive.namelist()
            return "[Content_Types].xml" in names and not any(name.startswith(_OTHER_DOCUMENTS) for name in names)
    except _DAMAGE:
        return True


def _rows(path: Path) -> Iterator[Row]:
    """Yield the rows of the first sheet with a table."""
    from openpyxl import load_workbook

    with path.open("rb") as file:
        # What openpyxl warns of concerns looks (styles, validation), never the text of cells.
        with warnings.catch_warnings(action="ignore"):
            workbook = load_workbook(file, read_only=True, data_only=False, keep_links=False)
        if not workbook.worksheets:
            message = f"{path.name} has no sheet with cells."
            raise ReadingError(message)
        for number, row in enumerate(_sheet(workbook.worksheets).iter_rows(values_only=True), start=1):
            yield number, [cell_text(value) for value in row]


def _sheet(sheets: Sequence[Any]) -> Any:
    """Return the first sheet that holds a table, two rows of which one has several cells; else the first of all."""
    return next((sheet for sheet in sheets if _is_table(sheet)), sheets[0])


def _is_table(sheet: Any) -> bool:
    """Tell whether the first rows of a sheet look like a table; a sheet with one column does if it is alone."""
    filled = [
        count
        for row in islice(sheet.iter_rows(values_only=True), _ROWS_LOOKED_AT)
        if (count := sum(value is not None and value != "" for value in row))
    ]
    return len(filled) > 1 and max(filled) > 1
