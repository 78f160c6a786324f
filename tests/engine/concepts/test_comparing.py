"""How much texts speak of the same concepts."""

from dataclasses import replace

import numpy as np
import pytest
from scipy import sparse

from answerable.engine.blocks import cut_blocks
from answerable.engine.concepts.comparing import Concepts, nearness, with_concepts
from answerable.engine.records import Contribution, Settings
from answerable.engine.themes import concepts_of_block
from answerable.engine.word_table import word_table

DEAR = "Nobody can afford the tickets."
EXPENSIVE = "It is simply too expensive."
CHILDREN = "Think of our children."


def cosines(texts, language="en"):
    vectors = Concepts(language).fit_encode(word_table(texts))
    return np.asarray((vectors @ vectors.T).todense())


def test_concepts_join_texts_without_a_word_in_common():
    found = cosines([DEAR, EXPENSIVE, CHILDREN])

    assert found[0, 1] > 0.5
    assert found[0, 2] == found[1, 2] == 0.0
    assert np.diag(found) == pytest.approx([1.0] * 3, abs=1e-6)


def test_a_rare_concept_says_more_than_a_common_one():
    texts = ["expensive school", "expensive river", "hello", *["expensive"] * 30]
    vectors = Concepts("en").fit_encode(word_table(texts))

    weights = np.asarray(vectors[0].todense()).ravel()

    assert np.count_nonzero(weights) == 2
    assert weights.max() > 3 * weights[weights > 0].min()


def test_encode_weighs_as_the_texts_it_was_fitted_on():
    concepts = Concepts("en")
    vectors = concepts.fit_encode(word_table([DEAR, EXPENSIVE, CHILDREN]))

    assert (concepts.encode(word_table([DEAR, EXPENSIVE, CHILDREN])) != vectors).nnz == 0


@pytest.mark.parametrize(("texts", "language"), [([DEAR, CHILDREN], "sw"), (["", "!!!"], "en"), ([], "en")])
def test_concepts_of_nothing_known_are_none(texts, language):
    vectors = Concepts(language).fit_encode(word_table(texts))

    assert vectors.shape[0] == len(texts)
    assert vectors.nnz == 0


def test_nearness_is_a_mean_that_stays_between_its_parts():
    words = np.array([[0.0, 0.6], [1.0, 0.3]], dtype=np.float32)
    concepts = np.array([[1.0, 0.0], [1.0, 0.3]], dtype=np.float32)

    assert nearness(words, concepts=concepts) == pytest.approx(np.array([[1 / 6, 0.5], [1.0, 0.3]]))


def test_nearness_without_concepts_is_that_of_words():
    words = np.array([[0.2, 0.6]], dtype=np.float32)

    assert nearness(words, concepts=np.zeros((1, 2), dtype=np.float32)).tolist() == words.tolist()


def test_with_concepts_strengthens_only_joined_texts_that_share_more_than_usual():
    graph = sparse.csr_matrix(np.array([[0, 0.3, 0.3], [0.3, 0, 0], [0.3, 0, 0]]))
    concepts = Concepts("en").fit_encode(word_table([DEAR, EXPENSIVE, CHILDREN]))

    found = np.asarray(with_concepts(graph, concepts=concepts).todense())

    assert found[0, 1] == found[1, 0]
    assert 0.3 < found[0, 1] <= 0.4
    assert found[0, 2] == pytest.approx(0.3)
    assert found[1, 2] == 0.0


def test_with_concepts_of_nothing_changes_nothing():
    graph = sparse.csr_matrix(np.array([[0, 0.3], [0.3, 0]]))

    assert (with_concepts(graph, concepts=sparse.csr_matrix((2, 1), dtype=np.float32)) != graph).nnz == 0
    assert with_concepts(sparse.csr_matrix((0, 0)), concepts=sparse.csr_matrix((0, 1))).shape == (0, 0)


def test_concepts_of_a_block_whose_words_are_not_at_hand_are_none():
    members = [Contribution(str(number), text, language="en") for number, text in enumerate([DEAR, EXPENSIVE])]
    (block,) = cut_blocks(members, settings=Settings())

    assert concepts_of_block(block).nnz > 0
    assert concepts_of_block(replace(block, words=None)).nnz == 0


@pytest.mark.parametrize("word", ["x" * 150_000, "学校" * 60_000], ids=["one word", "a run without spaces"])
def test_words_of_any_length_are_looked_up(word):
    language = "en" if word[0] == "x" else "zh"
    vectors = Concepts(language).fit_encode(word_table([word, f"{word[:60]} school 学校"]))

    assert vectors[0].nnz == (language == "zh")
    assert vectors[1].nnz > 0
