"""Languages, given and detected."""

import pytest

from answerable.engine.languages import detect, languages_of
from answerable.engine.records import Contribution, LanguageOf


def languages(*texts):
    return [
        one.language for one in languages_of([Contribution(str(number), text) for number, text in enumerate(texts)])
    ]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The village wells dry up every March and we walk hours for water.", "en"),
        ("Les puits du village sont à sec et il faut marcher des heures.", "fr"),
        ("Los pozos del pueblo se secan cada año y falta agua potable.", "es"),
        ("Колодцы в деревне пересыхают каждый год, и нам не хватает воды.", "ru"),
        ("مياه الشرب في قريتنا مالحة والآبار تجف كل صيف.", "ar"),
        ("村里的饮用水不安全，水井每年春天都会干涸。", "zh"),
        ("บ่อน้ำในหมู่บ้านแห้งทุกปีและเราไม่มีน้ำดื่ม", "th"),
        ("អណ្ដូងទឹកក្នុងភូមិរីងស្ងួតរាល់ឆ្នាំ", "km"),
    ],
)
def test_languages_of_tells_the_language_of_a_sentence(text, language):
    assert languages(text) == [language]


def test_languages_of_believes_a_language_that_is_given():
    given = Contribution("1", "Wells and buses.", language="tpi")

    assert languages_of([given]) == [LanguageOf("1", "tpi", 1.0, is_given=True)]


def test_languages_of_reads_a_short_text_in_the_light_of_the_others():
    english = "The village wells dry up every March and women walk many hours for drinking water."

    assert languages(english, english + " Again.", "No idea", "Yes!") == ["en", "en", "en", "en"]


@pytest.mark.parametrize("text", ["", "12 345", "🙂🙂", "https://example.org/path", "?!"])
def test_detect_finds_nothing_without_letters(text):
    assert detect(text) == ()
    assert languages(text) == ["und"]


def test_languages_of_reports_progress():
    seen = []

    languages_of([Contribution("1", "One text.")], progress=lambda *step: seen.append(step))

    assert seen == [("languages", 0, 1)]
