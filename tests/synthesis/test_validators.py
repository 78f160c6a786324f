"""Numbers in a rapporteur's text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answerable.foundation.verdicts import Unacceptable
from answerable.synthesis.validators import (
    fill_placeholders,
    tidy_statement,
    tidy_title,
    unknown_placeholders,
    unsupported_numbers,
)

COUNTS = {"cited": 2, "merged": 3, "total": 5, "session": 40, "consultation": 160}


def test_placeholders_are_filled_and_others_left():
    said = fill_placeholders("{total} of {session} contributions; {cited} quoted; {other}", COUNTS)
    assert said == "5 of 40 contributions; 2 quoted; {other}"


def test_unknown_placeholders_are_named_once():
    assert unknown_placeholders("{total} {sited} {sited} {all}") == ["sited", "all"]


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("2 contributions, 3 contributions and 5 Contributions", []),
        ("{session} contributions", []),
        ("40 contributions", [40]),
        ("1,204 contributions", [1204]),
        ("1 204 contributions", [1204]),
        ("In 2020, 5 contributions", []),
        ("In 2020 many contributions", []),
        ("4 contribuciones y 1 contribución", [4, 1]),
        ("7 вкладов", [7]),
        ("共12条意见", [12]),
        ("١٢ مساهمة", [12]),
        ("R-1234 contributions", []),
        ("33 wells", []),
    ],
)
def test_numbers_before_contributions_must_be_supported(text, wrong):
    assert unsupported_numbers(text, COUNTS) == wrong


@given(number=st.integers(min_value=0, max_value=10**9))
def test_any_plain_number_is_accepted_exactly_when_it_is_a_count(number):
    found = unsupported_numbers(f"About {number} contributions say so.", COUNTS)
    assert found == ([] if number in {2, 3, 5} else [number])


@pytest.mark.parametrize("title", ["", " \n ", "x" * 201])
def test_title_that_is_empty_or_too_long_is_refused(title):
    with pytest.raises(Unacceptable):
        tidy_title(title)


@pytest.mark.parametrize("statement", ["", "x" * 10_001, "{unknown}"])
def test_statement_that_cannot_stand_is_refused(statement):
    with pytest.raises(Unacceptable):
        tidy_statement(statement)


def test_statement_keeps_its_paragraphs():
    assert tidy_statement(" One.\r\n\r\nTwo. ") == "One.\n\nTwo."
