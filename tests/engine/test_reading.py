"""Contributions read from files, and what is said about them."""

import os
from pathlib import Path

import pytest

from answerable.engine.reading import ReadingError, language_code, read_contributions
from answerable.engine.records import Contribution

SHARED = Path(os.environ.get("ANSWERABLE_SHARED_DATA", Path(__file__).parents[2].parent / "shared" / "data"))


def read(folder, content, **columns):
    path = folder / "input.csv"
    path.write_text(content, encoding="utf-8")
    return read_contributions(path, columns=columns)


def test_read_contributions_keeps_the_text_as_it_is(tmp_path):
    intake = read(tmp_path, 'id,text,sector\nA1,"  Wells, and\nbuses come late ",public\n')

    assert intake.contributions == (Contribution("A1", "  Wells, and\nbuses come late ", sector="public"),)


def test_read_contributions_numbers_rows_without_ids_and_tells_repeated_ids_apart(tmp_path):
    numbered = read(tmp_path, "text\nOne text here\nTwo texts here\n")
    repeated = read(tmp_path, "id,text\nA,One text here\nA,Two texts here\nA#2,Three texts\n", id="id")

    assert numbered.ids == ("R-2", "R-3")
    assert repeated.ids == ("A", "A#3", "A#2")
    assert any("1 row repeats an id" in note for note in repeated.notes)


def test_read_contributions_counts_rows_without_text(tmp_path):
    intake = read(tmp_path, "id,text\nA,One text here\nB,  \n")

    assert intake.ids == ("A", "")
    assert [one.id for one in intake.contributions] == ["A"]
    assert any("1 row has no text" in note for note in intake.notes)


def test_read_contributions_refuses_a_column_without_any_text(tmp_path):
    with pytest.raises(ReadingError, match="column “text” holds no text in any row"):
        read(tmp_path, "id,text\nA,\nB,\n", text="text")


@pytest.mark.parametrize(
    ("name", "code"),
    [("en", "en"), ("EN-gb", "en"), ("zh_Hans", "zh"), ("French", "fr"), ("español", "es"), ("العربية", "ar"),
     ("中文", "zh"), ("русский", "ru"), ("", ""), ("??", ""), ("no idea", "")],
)  # fmt: skip
def test_language_code_understands_codes_and_names(name, code):
    assert language_code(name) == code


@pytest.mark.skipif(not SHARED.is_dir(), reason="the shared data sets are not beside the checkout")
@pytest.mark.parametrize(
    ("file", "rows", "text", "identity", "question"),
    [
        ("cimt-thematic/dataset-Ottensen-thematic-d1a.csv", 697, "text", "document_id", ""),
        ("argkp-dev/arguments_dev.csv", 932, "argument", "arg_id", "topic"),
        ("polis/vtaiwan.uberx/comments.csv", 197, "comment-body", "comment-id", ""),
    ],
)
def test_read_contributions_understands_files_of_others_as_they_are(file, rows, text, identity, question):
    intake = read_contributions(SHARED / "consultations" / file)

    assert len(intake.contributions) == rows
    assert (intake.columns.text, intake.columns.id, intake.columns.question) == (text, identity, question)


TITLED = "id,Title,text\nA,Ban cars here,It is dangerous for children.\nB,A bench,A bench by the school gate.\nC,Only a title,\nD,,No title at all here.\n"


def test_read_contributions_says_that_titles_are_left_out_and_reads_them_where_asked(tmp_path):
    without = read(tmp_path, TITLED)
    read_in = read(tmp_path, TITLED, title="title")

    assert [one.text for one in without.contributions][:2] == [
        "It is dangerous for children.",
        "A bench by the school gate.",
    ]
    assert (
        "Column “Title” is not part of the texts; --title-column takes it for the first line of each." in without.notes
    )
    assert {one.id: one.text for one in read_in.contributions} == {
        "A": "Ban cars here\nIt is dangerous for children.",
        "B": "A bench by the school gate.",
        "C": "Only a title",
        "D": "No title at all here.",
    }
    assert "The title is read as the first line of each text." in read_in.notes
    assert not any("not part of the texts" in note for note in read_in.notes)


def test_read_contributions_says_nothing_of_a_title_that_is_always_the_same(tmp_path):
    intake = read(tmp_path, "title,text\nSurvey,One text here\nSurvey,Two texts here\n")

    assert not any("not part of the texts" in note for note in intake.notes)


def test_read_contributions_takes_the_title_in_the_language_of_the_text(tmp_path):
    rows = "id,title/en,title/es,body/en,body/es\n1,Wells,Pozos,<p>Deep wells here</p>,\n2,,Pozos &amp; agua,,<p>Pozos hondos aquí</p>\n"

    assert (
        "Column “title” is not part of the texts; --title-column takes it for the first line of each."
        in read(tmp_path, rows).notes
    )
    assert [one.text for one in read(tmp_path, rows, title="title").contributions] == [
        "Wells\nDeep wells here",
        "Pozos & agua\nPozos hondos aquí",
    ]


def test_read_contributions_refuses_a_column_of_titles_that_is_not_there(tmp_path):
    with pytest.raises(ReadingError, match="There is no column “Heading” for the title"):
        read(tmp_path, TITLED, title="Heading")
