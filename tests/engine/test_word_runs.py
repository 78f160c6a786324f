"""Runs of words are found in texts, and written as most of the texts write them."""

import numpy as np

from answerable.engine.word_runs import WordRuns

TEXTS = [
    (0, "Clean water for schools. Clean  Water!"),
    (2, "We ask for clean water."),
    (5, ""),
    (6, "clean, water"),
    (7, "Schools"),
]


def runs() -> WordRuns:
    return WordRuns(TEXTS, language="en")


def test_forms_are_counted_as_rows_write_them():
    read = runs()
    forms = read.forms([("clean", "water")], np.array([0, 2, 6]))
    assert forms[("clean", "water")] == {"Clean water": 1, "Clean Water": 1, "clean water": 1}


def test_forms_of_other_rows_and_of_unknown_words_are_none():
    read = runs()
    assert read.forms([("clean",), ("parliament",)], np.array([1, 5, 7, 9])) == {("clean",): {}, ("parliament",): {}}


def test_phrases_come_with_their_rows_and_their_single_words():
    phrases, singles, rows, numbers = runs().phrases(frozenset())
    place = phrases.index(("clean", "water"))
    assert sorted(set(rows[numbers == place].tolist())) == [0, 2]
    assert [phrases[number] for number in singles[place] if number >= 0] == [("clean",), ("water",)]


def test_a_phrase_all_of_whose_words_are_common_is_none():
    phrases, singles, _, _ = runs().phrases(frozenset({"clean", "water"}))
    assert ("clean", "water") not in phrases
    assert ("clean",) not in phrases
    assert len(phrases) == len(singles)


def test_no_texts_have_no_phrases():
    phrases, singles, rows, numbers = WordRuns([], language="en").phrases(frozenset())
    assert (phrases, len(singles), len(rows), len(numbers)) == ([], 0, 0, 0)
