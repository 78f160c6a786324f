"""Stances as programs write them: ids with a decimal point, rows of nobody, the long minus."""

import pytest

from answerable.engine.reading import read_contributions

TEXTS = ("Water comes first here", "Buses come first here")


@pytest.fixture
def statements(tmp_path):
    path = tmp_path / "statements.csv"
    path.write_text("id,text\n" + "".join(f"{number},{text}\n" for number, text in enumerate(TEXTS, start=12)))
    return path


def read_with(statements, content):
    path = statements.with_name("stances.csv")
    path.write_text(content)
    return read_contributions(statements, stances=path)


def test_ids_with_a_decimal_point_are_those_of_whole_numbers(statements):
    read = read_with(statements, "participant,statement,stance\nanna,12.0,1.0\nanna,13.0,-1.0\nben,14.0,1.0\n")

    assert "2 stances are read from stances.csv." in read.notes
    assert "1 stance is about 1 statement not in the input, and left out." in read.notes


def test_columns_named_with_a_decimal_point_are_those_of_whole_numbers(statements):
    read = read_with(statements, "participant,12.0,13.0\nanna,1,−1\nben,0,1\n")

    assert "4 stances are read from stances.csv." in read.notes


@pytest.mark.parametrize(
    "content",
    ["participant,statement,stance\n,12,1\n ,13,1\nben,13,-1\n", "participant,12,13\n,1,\n ,,1\nben,,-1\n"],
)
def test_stances_of_nobody_are_left_out_and_counted(statements, content):
    read = read_with(statements, content)

    assert "1 stance is read from stances.csv." in read.notes
    assert "2 stances are nobody's, since no participant is named, and left out." in read.notes
