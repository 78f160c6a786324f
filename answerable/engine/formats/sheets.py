"""Read the rows of a spreadsheet."""

import warnings
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

from answerable.engine.formats.cells import Row, cell_text
from answerable.engine.formats.errors import ReadingError

# What openpyxl lets through when a part of a damaged file is missing, cut off, or not the XML it should be.
_DAMAGE = (
    zipfile.BadZipFile, zlib.error, OSError, EOFError, SyntaxError, KeyError, IndexError, ValueError, TypeError,
    AttributeError, RuntimeError,
)  # fmt: skip


def sheet_rows(path: Path) -> Iterator[Row]:
    """Yield the rows of the first sheet; a formula is its text, never its result. Raises ReadingError."""
    try:
        yield from _rows(path)
    except _DAMAGE as error:
        message = f"{path.name} looks like a spreadsheet but cannot be opened. Save it again as XLSX or CSV."
        raise ReadingError(message) from error


def is_spreadsheet(path: Path) -> bool:
    """Tell whether a zip archive holds a spreadsheet, or is too damaged to say."""
    try:
        with zipfile.ZipFile(path) as archive:
            return "[Content_Types].xml" in archive.namelist()
    except _DAMAGE:
        return True


def _rows(path: Path) -> Iterator[Row]:
    """Yield the rows of the first sheet."""
    from openpyxl import load_workbook

    with path.open("rb") as file:
        # What openpyxl warns of concerns looks (styles, validation), never the text of cells.
        with warnings.catch_warnings(action="ignore"):
            workbook = load_workbook(file, read_only=True, data_only=False, keep_links=False)
        if not workbook.worksheets:
            message = f"{path.name} has no sheet with cells."
            raise ReadingError(message)
        for number, row in enumerate(workbook.worksheets[0].iter_rows(values_only=True), start=1):
            yield number, [cell_text(value) for value in row]
