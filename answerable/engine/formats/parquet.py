"""Read rows from Parquet, a batch at a time."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from answerable.engine.formats.cells import Row, cell_text, record_rows
from answerable.engine.formats.errors import ReadingError

_ROWS_AT_A_TIME = 16_384


def parquet_rows(path: Path) -> Iterator[Row]:
    """
    Yield the headings and every row.

    Members of a nested column become columns `outer/inner`, and the headings come last then. Raises ReadingError.
    """
    import pyarrow as pa
    from pyarrow import parquet

    try:
        with parquet.ParquetFile(path) as file:
            batches = file.iter_batches(batch_size=_ROWS_AT_A_TIME)
            if any(pa.types.is_struct(field.type) for field in file.schema_arrow):
                records = (record for batch in batches for record in batch.to_pylist())
                yield from record_rows(enumerate(records, start=2))
            else:
                yield 1, list(file.schema_arrow.names)
                yield from _plain_rows(batches)
    except (pa.ArrowException, OSError, ValueError) as error:
        message = f"{path.name} looks like Parquet but cannot be read. Write it again, or save it as CSV."
        raise ReadingError(message) from error


def _plain_rows(batches: Iterable[Any]) -> Iterator[Row]:
    """Yield the rows of batches whose columns hold plain values."""
    number = 1
    for batch in batches:
        for row in zip(*(column.to_pylist() for column in batch.columns), strict=True):
            number += 1
            yield number, [cell_text(value) for value in row]
