"""Columns that say the same are one."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from scipy import sparse

from answerable.engine.same_columns import without_same_columns
from answerable.engine.vectors.hash_prefix import HashPrefix, frequencies_of
from tests.engine.samples import ARABIC, BUSES, CHINESE, WATER

ROWS = st.lists(st.lists(st.integers(0, 2), min_size=6, max_size=6), min_size=1, max_size=6)


def made(rows, weights):
    """Return counts, weights and the vectors that follow from them."""
    counts = sparse.csr_matrix(np.array(rows, dtype=np.float32))
    weighed = counts.copy()
    weighed.data = (1 + np.log(weighed.data)) * weights[weighed.indices]
    return weighed, counts, weights


def test_columns_the_same_texts_have_equally_often_become_one():
    vectors, counts, weights = made(
        [[1, 1, 2, 0], [1, 1, 1, 0], [0, 0, 0, 1]], np.array([3, 4, 1, 1], dtype=np.float32)
    )

    found = without_same_columns(vectors, counts=counts, weights=weights)

    assert found.shape == (3, 3)
    assert found.toarray()[0].tolist() == [5.0, np.float32(1 + np.log(np.float32(2))), 0.0]


@given(ROWS, st.lists(st.sampled_from([0.0, 0.5, 1.0, 3.0]), min_size=6, max_size=6))
def test_products_stay_what_they_were(rows, weights):
    vectors, counts, weights = made(rows, np.array(weights, dtype=np.float32))

    found = without_same_columns(vectors, counts=counts, weights=weights)

    assert np.allclose((found @ found.T).toarray(), (vectors @ vectors.T).toarray(), rtol=1e-5, atol=1e-5)
    assert found.shape[1] <= vectors.shape[1]
    assert found.shape[1] == max(1, len({tuple(column) for column in counts.toarray().T if column.any()}))


def test_beginnings_of_one_long_word_share_a_column():
    texts = [*WATER, *BUSES, *ARABIC, *CHINESE, ""]
    counting = HashPrefix()
    counts = counting.counts(texts)
    vectors = counting.fit_counts(counts, background=frequencies_of(counts)).weigh(counts)

    found = without_same_columns(vectors, counts=counts, weights=counting.weights)

    assert found.nnz < 0.7 * vectors.nnz
    assert np.allclose((found @ found.T).toarray(), (vectors @ vectors.T).toarray(), atol=1e-5)


def test_texts_without_words_have_no_columns():
    nothing = sparse.csr_matrix((3, 4), dtype=np.float32)

    assert without_same_columns(nothing, counts=nothing, weights=np.ones(4, dtype=np.float32)).shape == (3, 1)
