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
            names = list(file.schema_arrow.names)
            if any(pa.types.is_struct(field.type) for field in file.schema_arrow):
                records = (dict(zip(names, row, strict=True)) for row in _value_rows(batches))
                yield from record_rows(enumerate(records, start=2))
            else:
                yield 1, names
                for number, row in enumerate(_value_rows(batches), start=2):
                    yield number, [cell_text(value) for value in row]
    except (pa.ArrowException, OSError, ValueError, OverflowError) as error:
        message = f"{path.name} looks like Parquet but cannot be read. Write it again, or save it as CSV."
        raise ReadingError(message) from error


def _value_rows(batches: Iterable[Any]) -> Iterator[tuple[object, ...]]:
    """Yield the rows of batches as plain values."""
    for batch in batches:
        yield from zip(*map(_values, batch.columns), strict=True)


def _values(column: Any) -> list[object]:
    """
    Return the values of a column.

    Moments and spans that Python has no values for, being finer than a microsecond or millennia away, are the texts
    that Arrow writes for them.
    """
    import pyarrow as pa

    try:
        return list(column.to_pylist())
    except (ValueError, OverflowError, KeyError):
        kind = column.type
        if not (pa.types.is_temporal(kind) or pa.types.is_duration(kind)):
            raise
        return list(_written_moments(column).to_pylist())


def _written_moments(column: Any) -> Any:
    """Return a column of moments, times or spans as texts; spans as their number of units."""
    import pyarrow as pa

    kind = column.type
    if pa.types.is_duration(kind):
        return column.cast(pa.int64())
    if pa.types.is_timestamp(kind):
        # With a zone, a name of which may be unknown here, it is written in UTC.
        return column.cast(pa.int64()).cast(pa.timestamp(kind.unit)).cast(pa.string())
    return column.cast(pa.string())
