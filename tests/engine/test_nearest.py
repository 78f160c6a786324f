"""The nearest texts among many."""

import numpy as np
import pytest
from scipy import sparse

from answerable.engine import nearest, products
from answerable.engine.nearest import nearest_pairs
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


def by_rows(first, second):
    return {(int(one), int(other)) for one, other in zip(first, second, strict=True)}


@pytest.mark.parametrize("few_rows", [0, 10_000])
def test_nearest_pairs_are_those_of_all_cosines(few_rows, monkeypatch):
    monkeypatch.setattr(products, "_FEW_ROWS", few_rows)
    vectors = clustered()
    cosines = (vectors @ vectors.T).toarray()
    np.fill_diagonal(cosines, -1)

    first, second, weights = nearest_pairs(vectors, wanted=5, least=0.05)

    assert np.bincount(first).tolist() == [5] * len(cosines)
    assert weights == pytest.approx(cosines[first, second], abs=2e-3)
    floors = np.sort(cosines, axis=1)[:, -5]
    assert (weights >= floors[first] - 2e-3).all()


@pytest.mark.parametrize("few_rows", [0, 10_000])
def test_nearest_pairs_are_the_same_bits_whatever_is_worked_on_together(few_rows, monkeypatch):
    monkeypatch.setattr(products, "_FEW_ROWS", few_rows)
    vectors = clustered()
    whole = nearest_pairs(vectors, wanted=5, least=0.05)

    monkeypatch.setattr(nearest, "_CELLS_AT_A_TIME", 37 * 400)

    for part, other in zip(whole, nearest_pairs(vectors, wanted=5, least=0.05), strict=True):
        assert part.tobytes() == other.tobytes()


def test_nearest_pairs_of_very_many_are_nearly_those_of_all(monkeypatch):
    vectors = clustered()
    every = by_rows(*nearest_pairs(vectors, wanted=5, least=0.05)[:2])

    monkeypatch.setattr(nearest, "ALL_PAIRS_UP_TO", 100)
    first, second, weights = nearest_pairs(vectors, wanted=5, least=0.05)

    assert np.bincount(first).tolist() == [5] * vectors.shape[0]
    assert len(by_rows(first, second) & every) > 0.9 * len(every)
    assert len(first) == len(by_rows(first, second))
    assert weights == pytest.approx(np.asarray(vectors[first].multiply(vectors[second]).sum(axis=1)).ravel(), abs=1e-5)


def test_nearest_pairs_leaves_out_what_is_not_near_and_a_text_itself():
    vectors = unit_rows(sparse.csr_matrix(np.array([[1, 0], [1, 0], [0, 1]], dtype=np.float32)))

    first, second, weights = nearest_pairs(vectors, wanted=2, least=0.05)

    assert by_rows(first, second) == {(0, 1), (1, 0)}
    assert weights.tolist() == [1.0, 1.0]
