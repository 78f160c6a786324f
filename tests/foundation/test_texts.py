"""Ids, cells, rich text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answerable.foundation.csv_cells import safe_cell
from answerable.foundation.ids import new_receipt_code, normalise_receipt_code
from answerable.foundation.rich_text import html_of, plain_text_of, tidy_text, word_count


def test_a_receipt_code_is_understood_however_it_is_typed():
    code = new_receipt_code()
    bare = code.replace("-", "")
    for typed in (code, code.lower(), bare, bare[1:], f"  {code} ", code.replace("0", "O").replace("1", "l")):
        assert normalise_receipt_code(typed) == code


@pytest.mark.parametrize("typed", ["", "R-", "R-1234", "R-1234-567U", "R-1234-5678-9", "кириллица"])
def test_what_cannot_be_a_receipt_code_is_none(typed):
    assert normalise_receipt_code(typed) == ""


@pytest.mark.parametrize("value", ["=1+1", "+44 20", "-2", "@SUM(A1)", "\tx"])
def test_a_cell_that_begins_like_a_formula_is_text(value):
    assert safe_cell(value) == "'" + value


def test_numbers_stay_numbers_in_cells():
    assert [safe_cell(-2), safe_cell(0.5), safe_cell(True), safe_cell(None)] == ["-2", "0.5", "true", ""]


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>",
        "[x](javascript:alert(1))",
        "<img src=x onerror=alert(1)>",
        "[x](data:text/html;base64,PHNjcmlwdD4=)",
        '<a href="https://a.example" onclick="x()">y</a>',
        "<style>*{display:none}</style>",
        "<iframe src='https://a.example'></iframe>",
    ],
)
def test_hostile_markup_becomes_words(hostile):
    shown = html_of(hostile)
    for bad in (
        "<script",
        "<img",
        "<iframe",
        "<style",
        'href="javascript',
        'href="data:',
        '<a href="https://a.example" onclick',
    ):
        assert bad not in shown


def test_the_subset_is_shown():
    shown = html_of("One *word*.\nNext line.\n\n- a\n- **b**\n\n> said\n\n[site](https://a.example/)")
    for part in ("<em>word</em>", "<br>", "<li>a</li>", "<strong>b</strong>", "<blockquote>"):
        assert part in shown
    assert '<a href="https://a.example/" rel="nofollow noopener ugc">site</a>' in shown


def test_a_heading_becomes_a_paragraph():
    assert html_of("# Loud") == "<p>Loud</p>\n"


def test_direction_overrides_and_control_characters_are_dropped():
    assert tidy_text("a\u202eb\x00c\r\nd ") == "abc\nd"


@given(st.text(max_size=300))
def test_no_text_breaks_the_cleaning(text):
    tidy = tidy_text(text)
    assert tidy_text(tidy) == tidy
    assert "<script" not in html_of(tidy)
    assert isinstance(plain_text_of(tidy), str)


def test_words_are_counted_in_scripts_with_and_without_spaces():
    assert word_count("Three short words.") == 3
    assert word_count("地方社区") == 2
