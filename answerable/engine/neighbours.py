"""Find for every text the texts nearest to it, and make a graph of them."""

import numpy as np
import numpy.typing as npt
from scipy import sparse

from answerable.engine.vectors.embedder import Vectors, dense

_CELLS_AT_A_TIME = 12_000_000


def neighbour_graph(vectors: Vectors, *, neighbours: int, least: float) -> sparse.csr_matrix:
    """
    Return the symmetric graph in which each text is joined to its nearest ones, shape (n, n), weights cosines.

    Exact, a block of rows at a time, so that memory stays level; pairs whose cosine is `least` or under are not
    joined. Fewer neighbours are taken when texts are few, else everything would be joined to everything.
    """
    size = vectors.shape[0]
    wanted = min(neighbours, max(4, size // 3), size - 1)
    if wanted < 1:
        return sparse.csr_matrix((size, size), dtype=np.float64)
    rows, columns, weights = [], [], []
    turned = vectors.T.tocsc().tocsr()
    step = max(1, _CELLS_AT_A_TIME // size)
    for first in range(0, size, step):
        similarity = dense(vectors[first : first + step] @ turned)
        block_rows, block_columns, block_weights = _nearest(similarity, first=first, wanted=wanted, least=least)
        rows.append(block_rows)
        columns.append(block_columns)
        weights.append(block_weights)
    graph = sparse.csr_matrix(
        (np.concatenate(weights), (np.concatenate(rows), np.concatenate(columns))), shape=(size, size)
    )
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


def _nearest(
    similarity: npt.NDArray[np.float32], *, first: int, wanted: int, least: float
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64], npt.NDArray[np.float64]]:
    """Return row, column and weight of the nearest texts of a block of rows that starts at `first`."""
    count = len(similarity)
    own = np.arange(count)
    similarity[own, own + first] = -1.0
    best = np.argpartition(-similarity, wanted - 1, axis=1)[:, :wanted]
    rows = np.repeat(own, wanted)
    columns = best.ravel()
    weights = similarity[rows, columns]
    kept = weights > least
    return rows[kept] + first, columns[kept].astype(np.int64), weights[kept].astype(np.float64)
