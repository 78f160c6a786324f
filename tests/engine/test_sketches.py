"""Sketches of texts, and the pairs they suggest."""

from itertools import combinations

import numpy as np
import pytest

from answerable.engine.sketches import candidate_pairs, join_sketches, resemblances, sketch_texts
from answerable.engine.writing_systems import words_of
from tests.engine.samples import ARABIC, BUSES, CHINESE, WATER

TEXTS = [*WATER, *BUSES, *ARABIC, *CHINESE, "", "!!", "two words", WATER[0] + " Always.", WATER[0].upper()]


def shingles(text):
    words = words_of(text)
    return set(zip(words, words[1:], words[2:], strict=False))


def test_resemblances_are_the_jaccard_indexes_of_runs_of_three_words():
    texts = [*WATER, *BUSES, WATER[0] + " Always.", WATER[1] + " " + WATER[2]]
    pairs = np.array(list(combinations(range(len(texts)), 2)))

    found = resemblances(sketch_texts(texts), pairs[:, 0], pairs[:, 1])

    known = [(shingles(texts[one]), shingles(texts[other])) for one, other in pairs]
    assert found.tolist() == pytest.approx([len(one & other) / len(one | other) for one, other in known])


def test_candidate_pairs_holds_each_pair_of_texts_that_nearly_repeat_each_other_once_and_in_order():
    first, second = candidate_pairs(sketch_texts(TEXTS))
    pairs = list(zip(first.tolist(), second.tolist(), strict=True))

    assert pairs == sorted(set(pairs))
    assert all(one < other for one, other in pairs)
    assert (0, len(TEXTS) - 2) in pairs
    assert (0, len(TEXTS) - 1) in pairs


def test_sketch_texts_is_the_same_for_texts_alone_and_among_others():
    whole = sketch_texts(TEXTS)
    joined = join_sketches([sketch_texts([text]) for text in TEXTS])

    assert joined.digests == whole.digests
    assert (joined.signatures == whole.signatures).all()
    assert (joined.shingles != whole.shingles).nnz == 0
    assert joined.token_counts.tolist() == whole.token_counts.tolist()


def test_sketch_texts_of_nothing_pairs_with_nothing():
    assert [len(part) for part in candidate_pairs(sketch_texts([]))] == [0, 0]
    assert [len(part) for part in candidate_pairs(sketch_texts(["", "one two", "!"]))] == [0, 0]
