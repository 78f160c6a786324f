"""Tables whose first row is not the row of headings, as people make them in spreadsheet programs."""

import datetime as dt

import pytest
from openpyxl import Workbook

from answerable.engine.reading import read_contributions

TEXTS = (
    "The wells in our village run dry every March",
    "Buses stop at seven and nurses walk home",
    "The clinic has no ramp for wheelchairs",
)


def spreadsheet(path, **sheets):
    book = Workbook()
    book.remove(book.active)
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    book.save(path)
    return path


def texts(read):
    return tuple(one.text for one in read.contributions)


def test_a_row_of_groups_over_the_headings_is_no_contribution(tmp_path):
    heads = [("Respondent", None, "Answers", None), ("Id", "Sector", "Comment", "Date")]
    rows = [(number, "public", text, dt.date(2026, 1, 2)) for number, text in enumerate(TEXTS)]

    read = read_contributions(spreadsheet(tmp_path / "groups.xlsx", One=[*heads, *rows]))

    assert texts(read) == TEXTS
    assert (read.columns.id, read.columns.sector) == ("Id", "Sector")
    assert "the first row (“Respondent”, “Answers”) being groups of columns" in read.notes[0]


def test_names_that_repeat_under_groups_have_the_group_before_them(tmp_path):
    heads = [("No", "Water", None, "Buses", None), ("No", "Rating", "Comment", "Rating", "Comment")]
    rows = [(number, 5, text, 2, f"{text}, and more") for number, text in enumerate(TEXTS)]

    read = read_contributions(
        spreadsheet(tmp_path / "twice.xlsx", One=[*heads, *rows]), columns={"text": "Buses/Comment"}
    )

    assert read.table.columns == ("No", "Water/Rating", "Water/Comment", "Buses/Rating", "Buses/Comment")
    assert texts(read) == tuple(f"{text}, and more" for text in TEXTS)


def test_several_titles_over_the_headings_are_no_contributions(tmp_path):
    heads = [("Consultation on water",), ("Exported 2026-01-05",), (), ("Id", "Comment", "Sector")]
    rows = [(number, text, "public") for number, text in enumerate(TEXTS)]

    read = read_contributions(spreadsheet(tmp_path / "titles.xlsx", One=[*heads, *rows]))

    assert texts(read) == TEXTS
    assert read.table.row_numbers == (5, 6, 7)
    assert "“Consultation on water”, “Exported 2026-01-05” being titles over the headings" in read.notes[0]


def test_texts_without_other_cells_are_no_titles(tmp_path):
    rows = [("Comment", None, None), (TEXTS[0],), (TEXTS[1],), (TEXTS[2], "Anna", "public"), ("None", "B", "public", 4)]

    read = read_contributions(spreadsheet(tmp_path / "sparse.xlsx", One=rows))

    assert texts(read) == (*TEXTS, "None")


def test_an_empty_heading_beside_short_cells_is_no_row_of_groups(tmp_path):
    (tmp_path / "gap.csv").write_text("comment,,sector\nWater is far,x,public\nBuses are late,y,private\n")

    assert texts(read_contributions(tmp_path / "gap.csv")) == ("Water is far", "Buses are late")


def test_a_table_without_headings_loses_no_row(tmp_path):
    (tmp_path / "bare.csv").write_text("\n".join(f"{number},{text}" for number, text in enumerate(TEXTS)))

    read = read_contributions(tmp_path / "bare.csv")

    assert texts(read) == TEXTS
    assert read.table.row_numbers == (1, 2, 3)
    assert "the first row holding an answer and no headings" in read.notes[0]


@pytest.mark.parametrize("heading", ["What should be done about water?", "Comment"])
def test_a_question_over_the_answers_beside_a_number_stays_a_heading(tmp_path, heading):
    (tmp_path / "asked.csv").write_text(
        f"1,{heading}\n" + "\n".join(f"{number},{text}" for number, text in enumerate(TEXTS))
    )

    assert texts(read_contributions(tmp_path / "asked.csv")) == TEXTS


def test_sheets_that_are_not_read_are_named(tmp_path):
    tables = {title: [("Id", "Comment"), *enumerate(TEXTS)] for title in ("Water", "Buses", "Clinics")}
    path = spreadsheet(tmp_path / "sheets.xlsx", Cover=[("Read me",)], **tables)

    read = read_contributions(path)

    assert texts(read) == TEXTS
    assert "sheet “Water” (there are tables on “Buses”, “Clinics” too, which are not read)" in read.notes[0]
