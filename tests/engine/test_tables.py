"""Files as people have them."""

import datetime as dt
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from answerable.engine.tables import ReadingError, read_table

ROWS = "id,text\n1,Brücke über den Fluß\n2,Café\n"


def written(folder, content, name="input.csv"):
    path = folder / name
    path.write_bytes(content)
    return path


def workbook(folder, *rows):
    book = Workbook()
    for row in rows:
        book.active.append(row)
    written_book = io.BytesIO()
    book.save(written_book)
    return written(folder, written_book.getvalue(), "input.xlsx")


@pytest.mark.parametrize(
    ("encoding", "name"),
    [
        ("utf-8", "UTF-8"),
        ("utf-8-sig", "UTF-8"),
        ("utf-16", "UTF-16"),
        ("utf-16-le", "UTF-16-LE"),
        ("utf-16-be", "UTF-16-BE"),
        ("utf-32", "UTF-32"),
        ("cp1252", "Windows-1252 (a guess)"),
    ],
)
def test_read_table_detects_the_encoding(tmp_path, encoding, name):
    table = read_table(written(tmp_path, ROWS.encode(encoding)))

    assert table.columns == ("id", "text")
    assert table.rows == (("1", "Brücke über den Fluß"), ("2", "Café"))
    assert f"CSV, {name}," in table.read_as


@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
def test_read_table_believes_a_first_line_that_says_the_delimiter(tmp_path, ends):
    lines = ["sep=;", "id;text", "1;Wells, buses, roads, bridges", "2;Schools, and more, and more, and more"]
    table = read_table(written(tmp_path, ends.join(lines).encode()))

    assert table.columns == ("id", "text")
    assert table.rows == (("1", "Wells, buses, roads, bridges"), ("2", "Schools, and more, and more, and more"))
    assert table.row_numbers == (3, 4)


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_read_table_detects_the_delimiter(tmp_path, delimiter):
    lines = [["id", "text"], ["1", '"Wells, buses; roads | and more"'], ["2", "Two"]]
    content = "\r\n".join(delimiter.join(line) for line in lines)

    assert read_table(written(tmp_path, content.encode())).rows == (
        ("1", "Wells, buses; roads | and more"),
        ("2", "Two"),
    )


def test_read_table_keeps_line_breaks_inside_a_text_and_counts_rows(tmp_path):
    table = read_table(written(tmp_path, b'id,text\n\n1,"one\ntwo"\n,\n2,three\n'))

    assert table.rows == (("1", "one\ntwo"), ("2", "three"))
    assert table.row_numbers == (3, 5)


def test_read_table_leaves_out_null_bytes(tmp_path):
    assert read_table(written(tmp_path, b"id,text\n1,one\0two\n")).rows == (("1", "onetwo"),)


def test_read_table_names_empty_and_repeated_headings(tmp_path):
    table = read_table(written(tmp_path, b"text,,text,\none,two,three,\n"))

    assert table.columns == ("text", "column 2", "text (2)")


def test_read_table_fills_short_rows(tmp_path):
    assert read_table(written(tmp_path, b"id,text,sector\n1,one\n")).rows == (("1", "one", ""),)


def test_read_table_takes_a_formula_in_a_spreadsheet_for_text(tmp_path):
    path = workbook(
        tmp_path, ["id", "text", "on", "share"], [1.0, '=HYPERLINK("http://evil.example")', dt.date(2026, 1, 2), 0.5]
    )

    assert read_table(path).rows == (("1", '=HYPERLINK("http://evil.example")', "2026-01-02", "0.5"),)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "input.csv is empty."),
        (b" \n\n ", "input.csv is empty."),
        (b",,\n,,\n", "no cells with anything"),
        (b"id,text\n", "a row of headings and no rows"),
        (b"id,text\n1,one\n2,two,three\n", "input.csv, row 3: it has 3 cells, but there are 2 headings."),
        (b"\xff\xfeabc", "UTF-16, but byte"),
        (b"\xef\xbb\xbfid\n\xff\xff", "UTF-8, but byte"),
        (b"PK\x03\x04 broken", "cannot be opened"),
        (b"\xd0\xcf\x11\xe0 old", "old or password-protected"),
    ],
)
def test_read_table_says_what_is_wrong(tmp_path, content, said):
    with pytest.raises(ReadingError, match=said.replace("(", r"\(")):
        read_table(written(tmp_path, content))


def test_read_table_says_when_there_is_no_such_file(tmp_path):
    with pytest.raises(ReadingError, match="cannot be read: No such file"):
        read_table(tmp_path / "missing.csv")


def test_read_table_says_when_a_folder_is_given(tmp_path):
    with pytest.raises(ReadingError, match="cannot be read: Is a directory"):
        read_table(tmp_path)


def test_read_table_reads_a_cell_of_ten_megabytes(tmp_path):
    table = read_table(written(tmp_path, b"text\n" + b"water " * 1_700_000 + b"\n"))

    assert len(table.rows[0][0]) == 10_200_000


@given(st.binary(max_size=300))
def test_read_table_of_any_bytes_is_a_table_or_a_clear_error(tmp_path_factory, content):
    path = written(tmp_path_factory.mktemp("any"), content)

    outcome = table_or_error(path)

    assert (
        outcome.endswith(".")
        if isinstance(outcome, str)
        else {len(row) for row in outcome.rows} == {len(outcome.columns)}
    )


def table_or_error(path):
    try:
        return read_table(path)
    except ReadingError as error:
        return str(error)
