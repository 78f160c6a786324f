"""Find for every text the texts nearest to it, and make a graph of them."""

import numpy as np
import numpy.typing as npt
from scipy import sparse

from answerable.engine.nearest import nearest_pairs
from answerable.engine.vectors.embedder import Vectors


def neighbour_graph(vectors: Vectors, *, neighbours: int, least: float) -> sparse.csr_matrix:
    """
    Return the symmetric graph in which each text is joined to its nearest ones, shape (n, n), weights cosines.

    Exact up to 30,000 texts (see `nearest`), a part at a time, so that memory stays level; pairs whose cosine is
    `least` or under are not joined. Fewer neighbours are taken when texts are few, else everything would be joined to
    everything.
    """
    size = vectors.shape[0]
    wanted = min(neighbours, max(4, size // 3), size - 1)
    if wanted < 1:
        return sparse.csr_matrix((size, size), dtype=np.float64)
    rows, columns, weights = nearest_pairs(vectors, wanted=wanted, least=least)
    graph = sparse.csr_matrix((weights, (rows, columns)), shape=(size, size))
    return graph.maximum(graph.T).tocsr()


def smoothed(similarity: npt.NDArray[np.float32], *, graph: sparse.csr_matrix) -> npt.NDArray[np.float32]:
    """
    Return similarities (n, targets) averaged half and half with those of each text's neighbours.

    A text that says the same in other words inherits what its neighbours share with a target. Texts without
    neighbours keep their own.
    """
    weights = np.asarray(graph.sum(axis=1)).ravel()
    joined = weights > 0
    weights[~joined] = 1.0
    around = np.asarray((sparse.diags(1.0 / weights) @ graph) @ similarity, dtype=np.float32)
    mixed = np.where(joined[:, None], (similarity + around) / 2, similarity)
    return np.asarray(mixed, dtype=np.float32)
