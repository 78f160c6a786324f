"""Read rows of cells with a mark between them: CSV, with whatever mark it uses."""

import csv
import io
import re
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from answerable.engine.formats.cells import Row
from answerable.engine.formats.encodings import Encoding, lines_of
from answerable.engine.formats.errors import ReadingError

_DELIMITERS = ",;\t|"
_SAMPLE_CHARACTERS, _SAMPLE_LINES = 65_536, 2_000
_LONGEST_CELL = 50_000_000
_SAID = re.compile(r"sep=(?P<delimiter>[,;\t|])(\r?\n|\r|$)", re.IGNORECASE)


def delimiter_of(path: Path, *, encoding: Encoding) -> str:
    """
    Return the delimiter under which the first rows have the most columns of an equal number.

    Rows are parsed with each, so that marks inside quoted texts are not counted. A first line that says which it is,
    as some spreadsheet programs write it (`sep=;`), is believed.
    """
    sample = "".join(islice(lines_of(path, encoding=encoding), _SAMPLE_LINES))[:_SAMPLE_CHARACTERS]
    if said := _SAID.match(sample):
        return said["delimiter"]
    return max(_DELIMITERS, key=lambda delimiter: (_regular_cells(sample, delimiter), -_DELIMITERS.index(delimiter)))


def delimited_rows(path: Path, *, encoding: Encoding, delimiter: str) -> Iterator[Row]:
    """Yield the numbered rows of a CSV file. Null bytes are left out; nothing else is. Raises ReadingError."""
    csv.field_size_limit(_LONGEST_CELL)
    lines = _Counted(lines_of(path, encoding=encoding))
    number = 0
    try:
        for row in csv.reader(lines, delimiter=delimiter):
            number += 1
            if number == 1 and _SAID.fullmatch(delimiter.join(row)):
                lines.begin_row()
                continue
            if lines.is_at_end and lines.is_open:
                message = f"{path.name}, row {number}: a quotation mark opens a cell here that is never closed."
                raise ReadingError(message)
            yield number, row
            lines.begin_row()
    except csv.Error as error:
        message = f"{path.name}, row {number + 1}: the row cannot be read as CSV ({error})."
        raise ReadingError(message) from error


class _Counted:
    """Pass lines on, and know whether those of one row leave a quotation mark open that swallowed what came after."""

    def __init__(self, lines: Iterator[str]) -> None:
        self._lines = lines
        self._count = self._marks = 0
        self.is_at_end = False

    def __iter__(self) -> Iterator[str]:
        """Return itself."""
        return self

    def __next__(self) -> str:
        """Return the next line."""
        try:
            line = next(self._lines)
        except StopIteration:
            self.is_at_end = True
            raise
        self._count += 1
        self._marks += line.count('"')
        return line

    @property
    def is_open(self) -> bool:
        """Whether the row has several lines and an odd number of quotation marks."""
        return self._count > 1 and self._marks % 2 == 1

    def begin_row(self) -> None:
        """Count for the next row."""
        self._count = self._marks = 0


def _regular_cells(sample: str, delimiter: str) -> float:
    """Return the number of columns of the first row times the share of rows that have as many."""
    rows = [row for row in _lenient_rows(sample, delimiter) if row][:200]
    width = len(rows[0]) if rows else 0
    return (width - 1) * sum(len(row) == width for row in rows) / len(rows) if rows else 0.0


def _lenient_rows(sample: str, delimiter: str) -> Iterator[list[str]]:
    """Yield the rows of a sample, which may end inside a quoted text."""
    csv.field_size_limit(_LONGEST_CELL)
    try:
        yield from csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter)
    except csv.Error:
        return
