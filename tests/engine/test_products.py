"""Products are the same whether rows are looked at all at once or some at a time."""

import numpy as np
import pytest
from scipy import sparse

from answerable.engine import products
from answerable.engine.products import Factor
from answerable.engine.vectors.embedder import unit_rows


@pytest.fixture
def vectors(monkeypatch):
    monkeypatch.setattr(products, "_FEW_ROWS", 10)
    chance = np.random.default_rng(3)
    rare = sparse.random(60, 400, density=0.03, format="csr", random_state=4, dtype=np.float32)
    common = sparse.csr_matrix((chance.random((60, 5)) < 0.6).astype(np.float32))
    return unit_rows(sparse.hstack([rare, common], format="csr"))


@pytest.mark.parametrize("rows_turned", [7, 60, 4_000])
@pytest.mark.parametrize("first", [0, 1, 7, 8, 59])
def test_products_with_the_rows_from_the_first_on_are_those_of_all_rows(vectors, monkeypatch, rows_turned, first):
    monkeypatch.setattr(products, "_ROWS_TURNED", rows_turned)
    factor = Factor(vectors)
    rows = np.array([0, 30, 59])
    expected = (vectors[rows] @ vectors.T).toarray()[:, first:]
    found = factor.times_own(rows, first=first)
    assert found.shape == expected.shape
    assert np.abs(found - expected).max() < 2e-3
    assert (found == factor.times(vectors[rows], first=first)).all()


def test_products_do_not_depend_on_how_many_rows_are_turned_at_a_time(vectors, monkeypatch):
    found = []
    for rows_turned in (5, 60):
        monkeypatch.setattr(products, "_ROWS_TURNED", rows_turned)
        found.append(Factor(vectors).times_own(np.arange(60)))
    assert (found[0] == found[1]).all()
