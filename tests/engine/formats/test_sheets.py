"""Damaged spreadsheets and archives: a table or a clear sentence."""

import io
import random
import zipfile

import pytest
from openpyxl import Workbook

from answerable.engine.reading import ReadingError, read_contributions
from answerable.engine.tables import Table, read_table


@pytest.fixture(scope="module")
def book():
    """Return the bytes of a whole spreadsheet."""
    workbook = Workbook()
    for row in (["id", "text"], *([number, f"The wells of village {number} are dry"] for number in range(30))):
        workbook.active.append(row)
    written = io.BytesIO()
    workbook.save(written)
    return written.getvalue()


def changed(book, name, change):
    """Return the spreadsheet with one of its parts changed, or left out when nothing remains of it."""
    written = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book)) as old, zipfile.ZipFile(written, "w") as new:
        for part in old.namelist():
            content = change(old.read(part)) if part == name else old.read(part)
            if content:
                new.writestr(part, content)
    return written.getvalue()


def outcome(path, content):
    path.write_bytes(content)
    try:
        return read_table(path)
    except ReadingError as error:
        return str(error)


PARTS = ("[Content_Types].xml", "xl/workbook.xml", "xl/sharedStrings.xml", "xl/worksheets/sheet1.xml", "xl/styles.xml")


@pytest.mark.parametrize("name", PARTS)
@pytest.mark.parametrize(
    "change",
    [lambda _: b"", lambda content: content[: len(content) // 2], lambda _: b"<a/>", lambda _: b"\xff\x00 no xml"],
    ids=["missing", "cut off", "other", "garbage"],
)
def test_read_table_of_a_damaged_spreadsheet_is_a_table_or_a_sentence(book, tmp_path, name, change):
    found = outcome(tmp_path / "input.xlsx", changed(book, name, change))

    assert isinstance(found, Table) or (found.startswith("input.xlsx ") and found.endswith("."))


def test_read_table_of_any_flipped_byte_is_a_table_or_a_sentence(book, tmp_path):
    chance = random.Random(5)

    for _ in range(60):
        content = bytearray(book)
        content[chance.randrange(4, len(content))] ^= 1 << chance.randrange(8)
        found = outcome(tmp_path / "input.xlsx", bytes(content))
        assert isinstance(found, Table) or found.endswith(".")


def test_read_contributions_of_a_damaged_archive_is_a_sentence(tmp_path):
    path = tmp_path / "export.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("comments.csv", "id,text\n" + "1,The wells are dry\n" * 200)
    content = bytearray(path.read_bytes())
    content[60:80] = bytes(20)
    path.write_bytes(bytes(content))

    with pytest.raises(ReadingError, match=r"export\.zip: comments\.csv cannot be unpacked; it is damaged"):
        read_contributions(path)
