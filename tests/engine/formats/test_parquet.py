"""Parquet as tables."""

import datetime as dt

import pyarrow as pa
import pytest
from pyarrow import parquet

from answerable.engine.tables import read_table


def written(folder, columns):
    path = folder / "input.parquet"
    parquet.write_table(pa.table(columns), path)
    return path


def test_read_table_reads_parquet_with_any_plain_type(tmp_path):
    table = read_table(
        written(
            tmp_path,
            {
                "id": [1, 2],
                "text": ["Wells are dry", None],
                "share": [float("nan"), 0.5],
                "on": [dt.date(2026, 1, 2), None],
                "raw": [b"caf\xc3\xa9", b"\xff"],
                "tags": [["a", "b"], []],
            },
        )
    )

    assert table.read_as == "Parquet"
    assert table.columns == ("id", "text", "share", "on", "raw", "tags")
    assert table.rows == (("1", "Wells are dry", "", "2026-01-02", "café", "a, b"), ("2", "", "0.5", "", "\ufffd", ""))
    assert table.row_numbers == (2, 3)


def test_read_table_reads_nested_parquet_as_columns(tmp_path):
    table = read_table(written(tmp_path, {"body": [{"en": "Wells", "es": None}, {"en": "", "es": "Pozos"}]}))

    assert table.columns == ("body/en", "body/es")
    assert table.rows == (("Wells", ""), ("", "Pozos"))


def test_read_table_reads_more_rows_than_one_batch_holds(tmp_path):
    table = read_table(written(tmp_path, {"text": [f"text {number}" for number in range(40_000)]}))

    assert len(table.rows) == 40_000
    assert table.rows[39_999] == ("text 39999",)


@pytest.mark.parametrize(
    ("column", "written"),
    [
        (pa.array([1_767_225_600_000_000_001], pa.timestamp("ns")), "2026-01-01 00:00:00.000000001"),
        (pa.array([1_767_225_600_000_000_001], pa.timestamp("ns", tz="Asia/Tokyo")), "2026-01-01 00:00:00.000000001"),
        (pa.array([1_001], pa.time64("ns")), "00:00:00.000001001"),
        (pa.array([1_001], pa.duration("ns")), "1001"),
        (pa.array([10**15], pa.timestamp("ms")), "<value out of range: 1000000000000000>"),
    ],
)
def test_read_table_writes_down_moments_that_python_has_no_values_for(tmp_path, column, written):
    parquet.write_table(pa.table({"text": ["Water is far"], "when": column}), tmp_path / "moments.parquet")

    assert read_table(tmp_path / "moments.parquet").rows == (("Water is far", written),)
