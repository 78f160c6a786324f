"""The graph of nearest texts."""

import numpy as np
import pytest
from scipy import sparse

from answerable.engine import nearest
from answerable.engine.neighbours import neighbour_graph, smoothed
from answerable.engine.vectors.embedder import unit_rows
from answerable.engine.vectors.hash_prefix import HashPrefix
from tests.engine.samples import BUSES, WATER

TEXTS = [*WATER, *BUSES]


def test_neighbour_graph_joins_each_text_to_its_nearest():
    vectors = unit_rows(sparse.csr_matrix(np.array([[1, 0], [1, 0.1], [0, 1], [0.1, 1]], dtype=np.float32)))

    graph = neighbour_graph(vectors, neighbours=1, least=0.5).toarray()

    assert (graph > 0).tolist() == [
        [False, True, False, False],
        [True, False, False, False],
        [False, False, False, True],
        [False, False, True, False],
    ]


def test_neighbour_graph_is_symmetric_without_loops_and_weighted_by_cosine():
    vectors = HashPrefix().fit(TEXTS).encode(TEXTS)

    graph = neighbour_graph(vectors, neighbours=15, least=0.03).toarray()
    cosines = np.asarray((vectors @ vectors.T).todense())

    assert (graph == graph.T).all()
    assert np.diag(graph).tolist() == [0.0] * len(TEXTS)
    assert graph[graph > 0] == pytest.approx(cosines[graph > 0], abs=1e-6)


def test_neighbour_graph_is_the_same_in_blocks(monkeypatch):
    vectors = HashPrefix().fit(TEXTS).encode(TEXTS)
    whole = neighbour_graph(vectors, neighbours=15, least=0.03)

    monkeypatch.setattr(nearest, "_CELLS_AT_A_TIME", 5 * len(TEXTS))

    assert (neighbour_graph(vectors, neighbours=15, least=0.03) != whole).nnz == 0


@pytest.mark.parametrize("size", [0, 1, 2])
def test_neighbour_graph_of_very_few_texts(size):
    vectors = HashPrefix().encode(["wells", "wells"][:size])

    assert neighbour_graph(vectors, neighbours=15, least=0.03).nnz == (2 if size == 2 else 0)


def test_smoothed_averages_with_the_neighbours_and_leaves_loners_alone():
    graph = sparse.csr_matrix(np.array([[0, 1, 0], [1, 0, 0], [0, 0, 0]], dtype=np.float64))
    similarity = np.array([[1.0], [0.0], [0.4]], dtype=np.float32)

    assert smoothed(similarity, graph=graph).ravel().tolist() == pytest.approx([0.5, 0.5, 0.4])
