"""Long tables are written as the library would write them."""

import csv
import io

from hypothesis import given
from hypothesis import strategies as st

from answerable.cli import synthesis_rows
from answerable.cli.synthesis_rows import csv_pieces
from answerable.foundation.csv_cells import safe_cell

TEXTS = st.text(alphabet=st.sampled_from("ab ,;\"\r\n\t'=+-@水é\ud800"), max_size=6)
VALUES = st.one_of(TEXTS, st.sampled_from([0.0, -0.0, 1.0, 1, True, False, None, -2.5, 1e-07]))


def expected(*rows: tuple[object, ...]) -> bytes:
    written = io.StringIO()
    csv.writer(written).writerows([safe_cell(cell) for cell in row] for row in rows)
    return written.getvalue().encode("utf-8-sig", "replace")


@given(st.lists(st.tuples(TEXTS, TEXTS, VALUES, VALUES), max_size=12))
def test_tables_are_those_of_the_library(rows):
    headings = ("text", 'a "name"', "score", "=key")
    found = b"".join(csv_pieces(headings, rows=[row[:2] for row in rows], added=[row[2:] for row in rows]))
    assert found == expected(headings, *rows)


def test_tables_do_not_depend_on_how_many_rows_are_written_at_a_time(monkeypatch):
    rows = [(f"text {number % 3}, with a comma", number / 7) for number in range(25)]
    at_once = b"".join(csv_pieces(("a", "b", "c"), rows=rows, added=[("=1",)] * 25))
    monkeypatch.setattr(synthesis_rows, "_AT_A_TIME", 4)
    assert b"".join(csv_pieces(("a", "b", "c"), rows=rows, added=[("=1",)] * 25)) == at_once
    assert at_once == expected(("a", "b", "c"), *((*row, "=1") for row in rows))
