"""A stated reference as people have it in a file."""

import pytest
from openpyxl import Workbook

from answerable.engine.records import AxisReference
from answerable.engine.references import read_references
from answerable.engine.tables import ReadingError


def written(path, *lines):
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def refusal(path):
    with pytest.raises(ReadingError) as caught:
        read_references(path)
    return str(caught.value)


def test_read_references_takes_counts_with_thousands(tmp_path):
    path = written(
        tmp_path / "census.csv",
        "attribute,group,count,source",
        'Stakeholder group,women,"1,250",Census',
        "stakeholder_group,youth,750,Census",
    )

    read = read_references(path)

    assert read.references == (AxisReference("stakeholder_group", "Census", (("women", 1250.0), ("youth", 750.0))),)
    assert read.notes == ("The stakeholder group is held against 2 groups: Census.",)


def test_read_references_takes_a_spreadsheet_and_names_of_languages(tmp_path):
    book = Workbook()
    for row in (("Attribute", "Group", "Share", "Source"), ("language", "French", 0.25, "Census"),
                ("language", "ar", 0.35, "Bureau")):  # fmt: skip
        book.active.append(row)
    book.save(tmp_path / "census.xlsx")

    read = read_references(tmp_path / "census.xlsx")

    assert read.references == (AxisReference("language", "Census; Bureau", (("fr", 0.25), ("ar", 0.35))),)
    assert read.notes[1] == "The shares of language add up to 60%; they are taken in proportion."


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        (["sector,public,40,"], "row 2: no row about sector says where the figures come from; fill in the source."),
        (["sector,public,0,Census"], "row 2: the figures about sector are all 0."),
        (["sector,public,-1,Census"], "row 2: “-1” is no share or count"),
        (["sector,public,nan,Census"], "row 2: “nan” is no share or count"),
        (["sector,public,80,Census", "sector,private,70,"], "row 2: the shares of sector add up to 150"),
        (["sector,public,40 %,Census", "sector,private,0.6,"], "row 2: some figures about sector are written with %"),
        (["sector,a,1,Census", "sector,b,2,", "sector,A,3,"], "row 4: the group “A” stands in row 2 already."),
    ],
)
def test_read_references_with_a_bad_row_says_which_and_why(tmp_path, rows, said):
    assert said in refusal(written(tmp_path / "census.csv", "attribute,group,share,source", *rows))


def test_read_references_without_a_source_column_says_so(tmp_path):
    assert refusal(written(tmp_path / "census.csv", "attribute,group", "sector,public")) == (
        "census.csv has no column source, share (or count). The columns are: attribute, group."
    )


def test_read_references_with_many_bad_rows_lists_the_first(tmp_path):
    rows = [f"region,r{one},1,Census" for one in range(30)]

    told = refusal(written(tmp_path / "census.csv", "attribute,group,share,source", *rows)).splitlines()

    assert len(told) == 22
    assert told[-1] == "  and 10 more rows."
