"""Pairs that are likely to be near, found by the columns few texts have."""

import numpy as np
import pytest
from scipy import sparse

from answerable.engine import likely
from answerable.engine.likely import likely_pairs
from answerable.engine.vectors.embedder import unit_rows


def clustered(size=400, groups=8):
    """Return vectors in groups: a few columns that many rows have, and many that few have."""
    chance = np.random.default_rng(4)
    common = chance.random((size, 30)) * (chance.random((size, 30)) < 0.4)
    rare = np.zeros((size, 40 * groups))
    for row in range(size):
        own = 40 * (row % groups) + chance.choice(40, 8, replace=False)
        rare[row, own] = 1.0 + chance.random(8)
    return unit_rows(sparse.csr_matrix(np.hstack([common, rare]).astype(np.float32)))


def cosines_of(vectors):
    cosines = (vectors @ vectors.T).toarray()
    np.fill_diagonal(cosines, -1)
    return cosines


def test_likely_pairs_are_those_of_all_cosines_where_everything_can_be_compared():
    vectors = clustered()
    cosines = cosines_of(vectors)

    first, second, found = likely_pairs(vectors, wanted=60)

    assert np.bincount(first).tolist() == [60] * len(cosines)
    assert found == pytest.approx(cosines[first, second], abs=1e-5)
    assert (found >= np.sort(cosines, axis=1)[:, -60][first] - 1e-5).all()


def test_likely_pairs_holds_most_of_the_nearest_when_few_columns_may_be_asked(monkeypatch):
    monkeypatch.setattr(likely, "_PRODUCTS_OF_A_TEXT", 60)
    monkeypatch.setattr(likely, "_COLUMNS_AT_LEAST", 4)
    vectors = clustered()
    cosines = cosines_of(vectors)

    first, second, found = likely_pairs(vectors, wanted=5)

    nearest = np.argsort(-cosines, axis=1)[:, :5]
    kept = {(int(one), int(other)) for one, other in zip(first, second, strict=True)}
    held = [(row, int(other)) in kept for row in range(len(cosines)) for other in nearest[row]]
    assert np.mean(held) > 0.8
    assert found == pytest.approx(cosines[first, second], abs=1e-5)


def test_likely_pairs_come_both_ways_without_a_text_itself():
    vectors = unit_rows(sparse.csr_matrix(np.array([[1, 0, 1], [1, 0, 0], [0, 1, 0], [0, 0, 0]], dtype=np.float32)))

    first, second, found = likely_pairs(vectors, wanted=2)

    assert list(zip(first.tolist(), second.tolist(), strict=True)) == [(0, 1), (1, 0)]
    assert found == pytest.approx([np.sqrt(0.5)] * 2)


def test_likely_pairs_of_texts_without_anything_are_none():
    first, second, found = likely_pairs(sparse.csr_matrix((5, 3), dtype=np.float32), wanted=2)

    assert (len(first), len(second), len(found)) == (0, 0, 0)


def test_likely_pairs_are_the_same_bits_whatever_is_worked_on_together(monkeypatch):
    vectors = clustered()
    whole = likely_pairs(vectors, wanted=5)

    monkeypatch.setattr(likely, "_PRODUCTS_AT_A_TIME", 3_000)
    monkeypatch.setattr(likely, "_ROWS_AT_A_TIME", 7)
    monkeypatch.setattr(likely, "_CELLS_AT_A_TIME", 2_000)

    for part, other in zip(whole, likely_pairs(vectors, wanted=5), strict=True):
        assert part.tobytes() == other.tobytes()


def test_likely_pairs_asks_every_text_for_some_columns_however_many_have_them(monkeypatch):
    monkeypatch.setattr(likely, "_PRODUCTS_OF_A_TEXT", 0)

    first, second, _ = likely_pairs(sparse.csr_matrix(np.ones((6, 2), dtype=np.float32) / np.sqrt(2)), wanted=5)

    assert len(first) == 6 * 5
    assert (first != second).all()
