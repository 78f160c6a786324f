"""Columns found by name in several languages, else by content."""

import pytest

from answerable.engine.columns import ColumnMap, map_columns
from answerable.engine.tables import ReadingError, Table
from tests.engine.samples import BUSES, WATER


def table(columns, *rows):
    return Table(tuple(columns), tuple(rows), tuple(range(2, len(rows) + 2)), "CSV")


def test_map_columns_finds_fields_by_their_names():
    found, notes = map_columns(
        table(
            ["Participant ID", "Guiding question", "Comment body", "Sector", "Country code", "Contribution id"],
            ("7", "Who acts?", WATER[0], "public", "NPL", "a"),
            ("8", "Who acts?", WATER[1], "private", "THA", "b"),
        )
    )

    assert found == ColumnMap(
        text="Comment body", id="Contribution id", question="Guiding question", sector="Sector", country="Country code",
        author="Participant ID",
    )  # fmt: skip
    assert "The sector is read from column “Sector”." in notes


@pytest.mark.parametrize(
    ("columns", "text"),
    [
        (["Nº", "Comentario"], "Comentario"),
        (["№", "Текст"], "Текст"),
        (["الرقم", "المساهمة"], "المساهمة"),
        (["编号", "意见"], "意见"),
        (["ID", "Réponse"], "Réponse"),
    ],
)
def test_map_columns_reads_names_in_other_languages(columns, text):
    found, _ = map_columns(table(columns, ("1", WATER[0]), ("2", WATER[1])))

    assert found.text == text


def test_map_columns_takes_the_longest_texts_when_no_name_helps_and_says_so():
    found, notes = map_columns(
        table(["q1", "q2", "web"], ("yes", WATER[0], "https://a.example/1"), ("no", WATER[1], "https://a.example/2"))
    )

    assert found.text == "q2"
    assert notes[0] == "The text is read from column “q2”, which holds the longest texts."


def test_map_columns_does_not_take_numbers_for_a_text_or_repeated_values_for_ids():
    found, _ = map_columns(table(["comment", "id", "note"], ("1", "x", WATER[0]), ("2", "x", BUSES[0])))

    assert (found.text, found.id) == ("note", "")


def test_map_columns_does_as_told():
    found, _ = map_columns(
        table(["text", "Note", "q"], (WATER[0], BUSES[0], "a"), (WATER[1], BUSES[1], "b")),
        chosen={"text": "note", "question": "q", "sector": ""},
    )

    assert (found.text, found.question) == ("Note", "q")


def test_map_columns_says_when_a_column_is_not_there():
    with pytest.raises(ReadingError, match=r"There is no column “body” for the text. The columns are: text."):
        map_columns(table(["text"], (WATER[0],)), chosen={"text": "body"})


def test_map_columns_says_when_there_is_no_text():
    with pytest.raises(ReadingError, match=r"No column looks like the text.*--text-column"):
        map_columns(table(["a", "b"], ("1", "2"), ("3", "4")))


def test_a_column_of_ids_that_repeat_is_said_not_to_be_taken():
    table = Table(
        ("id", "text"),
        tuple((identity, f"{identity} wells are dry again") for identity in ("7", "7", "")),
        (2, 3, 4),
        "CSV",
    )

    mapping, notes = map_columns(table)

    assert mapping.id == ""
    assert notes[-1] == (
        "Column “id” is not taken for the id, since cells of it repeat or are empty; --id-column takes it."
    )
