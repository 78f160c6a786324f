"""What follows from a language."""

from datetime import date

import pytest

from answerable.documents.languages import (
    direction_of,
    direction_of_text,
    font_slot_of,
    language_tag,
    long_date,
    primary_language,
    region_of,
)


@pytest.mark.parametrize(
    ("language", "direction"),
    [("ar", "rtl"), ("fa-AF", "rtl"), ("UR", "rtl"), ("ps", "rtl"), ("dv", "rtl"), ("he", "rtl"), ("en", "ltr"), ("zh-Hant", "ltr"),
     ("az-Arab", "rtl"), ("ku-Latn", "ltr"), ("ar-Latn", "ltr"), ("", "ltr"), ("not a tag", "ltr")],
)  # fmt: skip
def test_direction_of_a_language(language, direction):
    assert direction_of(language) == direction


@pytest.mark.parametrize(
    ("text", "direction"), [("12. مرحبا hello", "rtl"), ("«hello» مرحبا", "ltr"), ("שלום", "rtl"), ("12 !", "ltr")]
)
def test_direction_of_a_text_of_unknown_language(text, direction):
    assert direction_of_text(text) == direction


@pytest.mark.parametrize(
    ("language", "slot"),
    [
        ("ar", "bidi"),
        ("hi", "bidi"),
        ("th", "bidi"),
        ("zh-Hans", "eastAsia"),
        ("ja", "eastAsia"),
        ("sw", "val"),
        ("ru", "val"),
    ],
)
def test_font_slot_of_a_language(language, slot):
    assert font_slot_of(language) == slot


def test_language_tag_of_what_is_none():
    assert [language_tag(text) for text in ("pt_BR", " fr ", '"><script>', "e", "english language")] == [
        "pt-BR",
        "fr",
        "",
        "",
        "",
    ]


def test_parts_of_a_tag():
    assert (primary_language("zh-Hant-TW"), region_of("zh-Hant-tw"), region_of("zh-Hant")) == ("zh", "TW", "")


@pytest.mark.parametrize(
    ("language", "written"),
    [("en", "3 March 2026"), ("en-US", "March 3, 2026"), ("fr", "3 mars 2026"), ("zh", "2026年3月3日"), ("ru", "3 марта 2026\u202fг."),
     ("ar", "3 مارس 2026"), ("es", "3 de marzo de 2026"), ("", "2026-03-03"), ("xx", "2026-03-03")],
)  # fmt: skip
def test_long_date_in_a_language(language, written):
    assert long_date(date(2026, 3, 3), language=language) == written
