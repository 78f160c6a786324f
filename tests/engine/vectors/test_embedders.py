"""Vectors: the same promises for every embedder."""

import numpy as np
import pytest

from answerable.engine.vectors.hash_prefix import HashPrefix
from answerable.engine.vectors.lsa import Lsa
from tests.engine.samples import ARABIC, BUSES, CHINESE, WATER

TEXTS = [*WATER, *BUSES]


def cosines(embedder, texts):
    vectors = embedder.encode(texts)
    return np.asarray((vectors @ vectors.T).todense())


@pytest.mark.parametrize("make", [HashPrefix, Lsa])
def test_encode_gives_rows_of_length_one_in_float32(make):
    vectors = make().fit(TEXTS).encode([*TEXTS, "", "!!!"])

    lengths = np.sqrt(np.asarray(vectors.multiply(vectors).sum(axis=1))).ravel()

    assert vectors.dtype == np.float32
    assert lengths[:-2] == pytest.approx(np.ones(len(TEXTS)), abs=1e-5)
    assert lengths[-2:].tolist() == [0.0, 0.0]


@pytest.mark.parametrize("make", [HashPrefix, Lsa])
@pytest.mark.parametrize(("one", "other"), [(WATER, BUSES), (ARABIC[:3], ARABIC[3:]), (CHINESE[:3], CHINESE[3:])])
def test_encode_puts_texts_on_one_subject_nearer_than_others(make, one, other):
    texts = [*one, *other]
    found = cosines(make().fit(texts), texts)
    np.fill_diagonal(found, np.nan)
    size = len(one)

    assert np.nanmean(found[:size, :size]) > 2 * max(0.01, np.nanmean(found[:size, size:]))


@pytest.mark.parametrize("make", [HashPrefix, Lsa])
def test_encode_is_the_same_every_time(make):
    one, other = (make().fit(TEXTS).encode(TEXTS) for _ in range(2))

    assert (one != other).nnz == 0


def test_ids_tell_embedders_and_their_settings_apart():
    assert len({HashPrefix().id, Lsa().id, Lsa(dimensions=64).id}) == 3


def test_hash_prefix_takes_beginnings_of_words_for_the_word():
    found = cosines(HashPrefix(), ["partnerships", "partnership", "waterfall"])

    assert found[0, 1] == pytest.approx(1.0)
    assert found[0, 2] == 0.0


def test_hash_prefix_gives_no_weight_to_what_every_text_has():
    embedder = HashPrefix().fit(["the well", "the bus", "the road"] * 10)

    assert cosines(embedder, ["the well", "the bus"])[0, 1] == pytest.approx(0.0, abs=1e-6)


def test_lsa_falls_back_to_the_base_with_too_few_texts():
    assert (Lsa().fit(WATER[:2]).encode(WATER[:2]) != HashPrefix().fit(WATER[:2]).encode(WATER[:2])).nnz == 0
