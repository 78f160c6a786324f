"""
Find where campaigns may begin: texts that share more with each other than with the rest.

Letters of one campaign need not share much pair by pair, and letters of two may share a sentence word for word. So what
counts is not who is joined with whom by any chain, but where the pairs that share something lie close together.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import sparse

from answerable.engine.sketches import Numbers

_NEIGHBOURS = 8
_ENDS_OF_A_SEED = 300


@dataclass(frozen=True)
class Pairs:
    """Hold pairs of texts and which part of their runs of words they share, 0 to 1: three arrays of one length."""

    first: Numbers
    second: Numbers
    shared: npt.NDArray[np.float64]

    def above(self, least: float, *, among: npt.NDArray[np.bool_]) -> "Pairs":
        """Return the pairs of some texts that share at least so much; `among` has shape (n,)."""
        return self.where((self.shared >= least) & among[self.first] & among[self.second])

    def where(self, kept: npt.NDArray[np.bool_]) -> "Pairs":
        """Return some of the pairs."""
        return Pairs(self.first[kept], self.second[kept], self.shared[kept])

    def of_rows(self, rows: Numbers) -> "Pairs":
        """Return pairs of places among some rows as pairs of those rows."""
        return Pairs(rows[self.first], rows[self.second], self.shared)


def seeds_of(size: int, pairs: Pairs) -> Numbers:
    """
    Return for each of 0..size-1 the group it lies in, a number of its own where there is none, shape (size,).

    Louvain (Blondel et al., "Fast unfolding of communities in large networks", 2008) on the eight strongest pairs of
    each text. Its resolution grows with the number of pairs, so that what keeps two groups apart does not depend on how
    many texts there are beside them (Fortunato and Barthelemy, "Resolution limit in community detection", 2007, say
    why it otherwise would). A large campaign so begins as several groups.
    """
    from sknetwork.clustering import Louvain

    alone = np.arange(size, dtype=np.int64)
    if not len(pairs.first):
        return alone
    one, other, shared = _strongest(pairs)
    known = np.unique(one)
    places = np.searchsorted(known, one), np.searchsorted(known, other)
    graph = sparse.csr_matrix((shared, places), shape=(len(known), len(known)))
    graph = graph.maximum(graph.T)
    resolution = max(1.0, graph.nnz / _ENDS_OF_A_SEED)
    found = Louvain(resolution=resolution, random_state=0, shuffle_nodes=False).fit_predict(graph)
    alone[known] = size + found.astype(np.int64)
    return alone


def _strongest(pairs: Pairs) -> tuple[Numbers, Numbers, npt.NDArray[np.float64]]:
    """Return for each text the few pairs in which it shares most: its number, the other's, and how much."""
    one = np.concatenate([pairs.first, pairs.second])
    other = np.concatenate([pairs.second, pairs.first])
    shared = np.concatenate([pairs.shared, pairs.shared])
    order = np.lexsort((other, -shared, one))
    one, other, shared = one[order], other[order], shared[order]
    place = np.arange(len(one)) - np.searchsorted(one, one)
    kept = place < _NEIGHBOURS
    return one[kept], other[kept], shared[kept]
