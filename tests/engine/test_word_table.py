"""Words counted for many texts at once."""

from collections import Counter

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from answerable.engine.word_table import word_table
from answerable.engine.writing_systems import words_of
from tests.engine.samples import ARABIC, CHINESE, WATER

TEXTS = st.lists(st.text(st.sampled_from("abé _in:·*\n字가اб-1"), max_size=30), max_size=12)


def counted(table):
    """Return the counts of each text by word."""
    rows = table.counts.toarray()
    return [{table.words[column]: int(row[column]) for column in np.flatnonzero(row)} for row in rows]


@given(TEXTS)
def test_a_word_table_has_the_words_of_each_text_by_itself(texts):
    assert counted(word_table(texts)) == [dict(Counter(words_of(text))) for text in texts]


def test_a_word_table_of_several_scripts_keeps_their_words():
    texts = [WATER[0], ARABIC[0], CHINESE[0], "", "  !!", WATER[0] + " " + WATER[0]]

    assert counted(word_table(texts)) == [dict(Counter(words_of(text))) for text in texts]
    assert word_table([]).counts.shape == (0, 1)


def test_features_of_words_are_added_up_as_often_as_words_come():
    table = word_table(["tap water, water", "none", ""])
    features = {"tap": [0], "water": [2, 0, 2]}

    found = table.times(lambda word: features.get(word, []), width=3)

    assert found.toarray().tolist() == [[3, 0, 4], [0, 0, 0], [0, 0, 0]]
    assert found.has_sorted_indices
    assert word_table([]).times(lambda word: [0], width=2).shape == (0, 2)
