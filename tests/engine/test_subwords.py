"""Pieces of words."""

import numpy as np
import pytest

from answerable.engine.subwords import likeness_vectors, subword_vectors
from answerable.engine.vectors.hash_prefix import HashPrefix
from answerable.engine.word_table import word_table
from tests.engine.samples import ARABIC, BUSES, CHINESE, WATER


def cosine(*texts, language):
    vectors = subword_vectors(word_table([*texts, *WATER]), language=language)
    return float((vectors[0] @ vectors[1].T).toarray()[0, 0])


@pytest.mark.parametrize(
    ("one", "other", "language"),
    [
        ("Radweg", "Fahrradweg", "de"),
        ("饮用水不安全", "安全饮用水", "zh"),
        ("น้ำดื่ม", "มีน้ำดื่ม", "th"),
    ],
)
def test_subword_vectors_see_what_words_are_made_of(one, other, language):
    assert cosine(one, other, language=language) > 0.2


def test_subword_vectors_leave_out_stop_words():
    assert cosine("the of and", "the of and", language="en") == 0.0


@pytest.mark.parametrize("texts", [WATER, BUSES, ARABIC, CHINESE, ["", "!!!", "a", "\ud800 x"], []])
def test_subword_vectors_have_length_one_or_nothing(texts):
    vectors = subword_vectors(word_table(list(texts)), language="xx")
    lengths = np.sqrt(np.asarray(vectors.multiply(vectors).sum(axis=1))).ravel()

    assert vectors.shape[0] == len(texts)
    assert np.all(np.isclose(lengths, 1, atol=1e-5) | (lengths == 0))


def test_subword_vectors_of_a_very_long_word_stay_small():
    assert subword_vectors(word_table(["w" * 1_000_000, "x"]), language="en").nnz < 400


def test_likeness_is_the_weighted_mean_of_both_cosines():
    texts = [*WATER, *BUSES]
    vectors = HashPrefix().fit(texts).encode(texts)
    pieces = subword_vectors(word_table(texts), language="en")

    likeness = likeness_vectors(vectors, words=word_table(texts), language="en")

    expected = (2 * (vectors @ vectors.T) + pieces @ pieces.T).toarray() / 3
    assert (likeness @ likeness.T).toarray() == pytest.approx(expected, abs=1e-5)
