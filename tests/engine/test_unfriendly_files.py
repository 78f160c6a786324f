"""Files as they come from people who did not think of us: read sensibly, or refused in a sentence with the row."""

import datetime as dt
import json
import random
import zipfile

import pyarrow as pa
import pytest
from openpyxl import Workbook
from pyarrow import parquet

from answerable.engine.reading import read_contributions
from answerable.engine.tables import ReadingError, read_table

TEXTS = (
    "The wells in our village run dry every March",
    "Buses stop at seven and nurses walk home",
    "The clinic has no ramp for wheelchairs",
)


def refusal(path):
    with pytest.raises(ReadingError) as caught:
        read_contributions(path)
    return str(caught.value)


def texts(path):
    return tuple(one.text for one in read_contributions(path).contributions)


def written(path, content, *, encoding="utf-8"):
    path.write_bytes(content if isinstance(content, bytes) else content.encode(encoding))
    return path


def lines(*rows):
    return "\n".join(rows) + "\n"


def test_a_zip_named_xlsx_with_one_table_is_unpacked(tmp_path):
    with zipfile.ZipFile(tmp_path / "answers.xlsx", "w") as archive:
        archive.writestr("answers.csv", lines("Id,Comment", *(f"{n},{text}" for n, text in enumerate(TEXTS))))

    assert texts(tmp_path / "answers.xlsx") == TEXTS


def test_a_text_document_named_xlsx_is_refused_as_such(tmp_path):
    with zipfile.ZipFile(tmp_path / "letter.xlsx", "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", "<document/>")

    with pytest.raises(ReadingError, match=r"letter\.xlsx is an archive or document"):
        read_table(tmp_path / "letter.xlsx")


def test_a_merged_title_over_the_headings_is_no_heading(tmp_path):
    book = Workbook()
    book.active["A1"] = "Consultation on water"
    book.active.merge_cells("A1:C1")
    for row in (("Id", "Comment", "Sector"), *((n, text, "public") for n, text in enumerate(TEXTS))):
        book.active.append(row)
    book.create_sheet("Other").append(["x", "y"])
    book.save(tmp_path / "merged.xlsx")

    read = read_contributions(tmp_path / "merged.xlsx")

    assert tuple(one.text for one in read.contributions) == TEXTS
    assert read.columns.sector == "Sector"
    assert read.table.row_numbers == (3, 4, 5)
    assert "“Consultation on water” being a title over the headings" in read.notes[0]


def test_a_first_row_that_is_no_title_stays_the_headings(tmp_path):
    path = written(tmp_path / "short.csv", lines("Comment,,", f"{TEXTS[0]},2026,5", f"{TEXTS[1]},2025,7"))

    assert texts(path) == TEXTS[:2]


def test_a_cover_sheet_is_passed_over(tmp_path):
    book = Workbook()
    book.active["A1"] = "The answers are on the second sheet"
    sheet = book.create_sheet("Answers")
    for row in (("Id", "Comment"), *enumerate(TEXTS)):
        sheet.append(row)
    book.save(tmp_path / "cover.xlsx")

    assert texts(tmp_path / "cover.xlsx") == TEXTS


def test_ragged_rows_are_filled_up_or_refused_with_their_number(tmp_path):
    short = written(
        tmp_path / "short.csv", lines("Id,Comment,Sector", *(f"{n},{text}" for n, text in enumerate(TEXTS)))
    )
    long = written(tmp_path / "long.csv", lines("Id,Comment", "1,Water is far", "2,Water, buses, and roads"))

    assert texts(short) == TEXTS
    assert refusal(long) == (
        "long.csv, row 3: it has 4 cells, but there are 2 headings. "
        "A text with the mark between cells in it must stand in quotation marks."
    )


def test_a_quotation_mark_never_closed_is_refused_with_its_row(tmp_path):
    path = written(tmp_path / "open.csv", lines("Id,Comment", "1,all is well here", '2,"never closed', "3,and more"))

    assert refusal(path) == "open.csv, row 3: a quotation mark opens a cell here that is never closed."


def test_texts_with_line_ends_and_marks_of_inches_are_no_open_quotations(tmp_path):
    path = written(
        tmp_path / "fine.csv", lines("Id,Comment", '1,"two\nlines of ""text"""', '2,a pipe of 5" is too thin')
    )

    assert texts(path) == ('two\nlines of "text"', 'a pipe of 5" is too thin')


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize(
    ("headings", "text"),
    [
        ("Id,Comment", "The wells run dry, again"),
        ("номер;комментарий", "Колодцы в нашей деревне высыхают каждый март"),
        ("编号,意见", "村里的水井每年三月都会干涸"),
        ("الرقم;التعليق", "تجف الآبار في قريتنا كل عام"),
    ],
)
def test_wide_text_without_a_mark_is_known_in_every_script(tmp_path, encoding, headings, text):
    mark = ";" if ";" in headings else ","
    content = lines(headings, *(f'{n}{mark}"{text} {n}"' for n in range(6)))

    read = read_contributions(written(tmp_path / "wide.csv", content, encoding=encoding))

    assert [one.text for one in read.contributions] == [f"{text} {n}" for n in range(6)]


def test_null_bytes_strewn_in_do_not_make_a_text_wide(tmp_path):
    content = lines("Id,Comment", *(f"{n},The wells\0 run dry\0 {n}" for n in range(6)))

    assert texts(written(tmp_path / "nulls.csv", content)) == tuple(f"The wells run dry {n}" for n in range(6))


def test_semicolons_with_decimal_commas_are_cells(tmp_path):
    content = lines("Nr;Wert;Beitrag", *(f"{n};{n},5;Die Brunnen sind trocken, für Mühlen {n}" for n in range(4)))

    read = read_contributions(written(tmp_path / "german.csv", content, encoding="cp1252"))

    assert (read.columns.text, read.columns.id) == ("Beitrag", "Nr")
    assert read.contributions[0].text == "Die Brunnen sind trocken, für Mühlen 0"


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ({"id": "a", "comment": TEXTS[0]}, TEXTS[:1]),
        ({"meta": {"n": 3}, "comments": [{"id": n, "comment": text} for n, text in enumerate(TEXTS)]}, TEXTS),
        (list(TEXTS), TEXTS),
        ([{"answer": {"comment": text, "at": "2026-01-02 03:04:05+00:00"}} for text in TEXTS], TEXTS),
    ],
)
def test_json_of_one_line_is_read_whole(tmp_path, value, expected):
    assert texts(written(tmp_path / "answers.json", json.dumps(value))) == expected


def test_json_lines_with_one_broken_line_name_it(tmp_path):
    good = [json.dumps({"id": n, "comment": TEXTS[n % 3]}) for n in range(499)]

    told = refusal(written(tmp_path / "answers.jsonl", lines(*good, '{"id": 500, "comment": "cut of', *good)))

    assert told == "answers.jsonl, line 500: it cannot be read as JSON (Invalid control character)."


def test_parquet_with_nested_columns_finds_the_text_and_not_the_times(tmp_path):
    table = pa.table(
        {
            "id": [1, 2, 3],
            "when": [dt.datetime(2026, 1, n, 3, tzinfo=dt.UTC) for n in (1, 2, 3)],
            "answer": [{"comment": text, "by": {"name": "somebody"}} for text in TEXTS],
            "tags": [["a", "b"]] * 3,
        }
    )
    parquet.write_table(table, tmp_path / "answers.parquet")

    read = read_contributions(tmp_path / "answers.parquet")

    assert read.columns.text == "answer/comment"
    assert tuple(one.text for one in read.contributions) == TEXTS


@pytest.mark.parametrize(
    "cells",
    [
        [f"2026-01-0{n}" for n in range(1, 8)],
        [f"{n}/1/2026 10:0{n} AM" for n in range(1, 8)],
        [f"https://example.org/{n}/page" for n in range(7)],
    ],
)
def test_a_column_of_dates_or_addresses_only_is_no_text_but_can_be_chosen(tmp_path, cells):
    path = written(tmp_path / "links.csv", lines("Id,Comment", *(f"{n},{cell}" for n, cell in enumerate(cells))))

    assert "No column looks like the text of contributions" in refusal(path)
    assert len(read_contributions(path, columns={"text": "Comment"}).contributions) == len(cells)


def test_headings_that_repeat_are_told_apart(tmp_path):
    path = written(
        tmp_path / "twice.csv", lines("Comment,Comment,Id,Id", *(f"{t},other,{n},9" for n, t in enumerate(TEXTS)))
    )

    read = read_contributions(path)

    assert read.table.columns == ("Comment", "Comment (2)", "Id", "Id (2)")
    assert tuple(one.text for one in read.contributions) == TEXTS


def test_two_thousand_columns_are_read_and_not_all_named_in_a_message(tmp_path):
    headings, numbers = [f"c{n}" for n in range(1_999)], ["7"] * 1_999
    wide = lines(",".join([*headings, "Comment"]), *(",".join([*numbers, text]) for text in TEXTS))
    bare = lines(",".join(headings), *[",".join(numbers)] * 3)

    assert texts(written(tmp_path / "wide.csv", wide)) == TEXTS
    assert refusal(written(tmp_path / "bare.csv", bare)).endswith(
        "c17, c18, c19 and 1,979 more. Name one with --text-column."
    )


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"Id,Comment\n", "has a row of headings and no rows under it."),
        (b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer\n", "is a PDF, not a table. Save the contributions as CSV or XLSX"),
        (b"<!DOCTYPE html>\n<html><body>Comment</body></html>\n", "is a web page or XML, not a table."),
        (b"<?xml version='1.0'?>\n<a><b>Text</b></a>\n", "is a web page or XML, not a table."),
        (b"\x1f\x8b\x08\x00abc\n", "is a compressed file (gzip), not a table."),
        (random.Random(1).randbytes(5_000), "is no text that can be read, not a table."),
    ],
)
def test_what_is_no_table_is_refused_by_what_it_is(tmp_path, content, said):
    assert said in refusal(written(tmp_path / "answers.csv", content))


def test_stances_for_unknown_statements_are_counted_and_left_out(tmp_path):
    path = written(tmp_path / "good.csv", lines("Id,Comment", *(f"{n},{text}" for n, text in enumerate(TEXTS))))
    stances = written(tmp_path / "stances.csv", lines("participant,statement,stance", "p1,0,1", "p1,99,1", "p2,98,-1"))

    notes = read_contributions(path, stances=stances).notes

    assert "2 stances are about 2 statements not in the input, and left out." in notes


def test_every_row_with_more_cells_than_headings_is_named(tmp_path):
    path = tmp_path / "texts.csv"
    path.write_text("id,text\n1,wells, roads\n2,schools\n3,clean air, peace\n4,x, y, z\n", encoding="utf-8")

    with pytest.raises(ReadingError, match=r"texts.csv, row 2: .* It is the same with rows 4, 5\.$"):
        read_contributions(path)


def test_very_many_wrong_rows_are_counted(tmp_path):
    path = tmp_path / "texts.csv"
    path.write_text("id,text\n" + "".join(f"{number},a, b\n" for number in range(30)), encoding="utf-8")

    with pytest.raises(ReadingError, match=r"rows 3, 4, .*, 22 and 9 more\.$"):
        read_contributions(path)
