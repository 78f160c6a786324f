"""Words and characters in many scripts."""

import pytest

from answerable.engine.writing_systems import fold, is_unspaced, word_count, words_of


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Clean WATER, now!", ["clean", "water", "now"]),
        ("Fußgänger:innen und Radfahrer*innen", ["fussgänger:innen", "und", "radfahrer*innen"]),
        ("पानी की कमी", ["पानी", "की", "कमी"]),
        ("والمدرسة في المدينة", ["مدرسه", "في", "مدينه"]),
        ("ﬁve ＴＥＸＴＳ", ["five", "texts"]),
        ("3 km", ["3", "km"]),
        ("", []),
    ],
)
def test_words_of_keeps_words_whole(text, words):
    assert words_of(text) == words


def test_fold_makes_one_of_forms_that_mean_the_same():
    assert fold("ÉCOLE") == fold("école")
    assert fold("مُدَرِّسة") == fold("مدرسه")


@pytest.mark.parametrize(
    ("text", "unspaced"),
    [("水井", True), ("แม่น้ำ", True), ("ខ្មែរ", True), ("water", False), ("123", False), ("", False)],
)
def test_is_unspaced_goes_by_the_first_letter(text, unspaced):
    assert is_unspaced(text) is unspaced


def test_word_count_counts_two_characters_of_an_unspaced_script_as_one_word():
    assert word_count("three little words") == 3
    assert word_count("饮用水安全") == 3
    assert word_count("水井 and water") == 3
