"""Read rows of cells with a mark between them: CSV, with whatever mark it uses."""

import csv
import io
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from answerable.engine.formats.cells import Row
from answerable.engine.formats.encodings import Encoding, lines_of
from answerable.engine.formats.errors import ReadingError

_DELIMITERS = ",;\t|"
_SAMPLE_CHARACTERS, _SAMPLE_LINES = 65_536, 2_000
_LONGEST_CELL = 50_000_000


def delimiter_of(path: Path, *, encoding: Encoding) -> str:
    """
    Return the delimiter under which the first rows have the most columns of an equal number.

    Rows are parsed with each, so that marks inside quoted texts are not counted.
    """
    sample = "".join(islice(lines_of(path, encoding=encoding), _SAMPLE_LINES))[:_SAMPLE_CHARACTERS]
    return max(_DELIMITERS, key=lambda delimiter: (_regular_cells(sample, delimiter), -_DELIMITERS.index(delimiter)))


def delimited_rows(path: Path, *, encoding: Encoding, delimiter: str) -> Iterator[Row]:
    """Yield the numbered rows of a CSV file. Null bytes are left out; nothing else is. Raises ReadingError."""
    csv.field_size_limit(_LONGEST_CELL)
    reader = csv.reader(lines_of(path, encoding=encoding), delimiter=delimiter)
    number = 0
    try:
        for row in reader:
            number += 1
            yield number, row
    except csv.Error as error:
        message = f"{path.name}, row {number + 1}: the row cannot be read as CSV ({error})."
        raise ReadingError(message) from error


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
