"""
Estimate how likely two contributions make the same point.

Cosines alone say little between short texts: much is said in other words, and typical texts are near to everything.
So four measures are put together, each compared with its mean over all pairs: the cosine; the cosine of the second
order (being alike to the same texts); and two walks of chance on the neighbour graph, of short and of long memory
(Tong, Faloutsos and Pan, "Fast random walk with restart", 2006), as the pointwise mutual information of where they
begin and end. How typical the two texts are is taken off. The weights are a logistic regression on the pairs of
arguments of ArgKP train, which `python -m bench.quality.weights` makes again; `python -m bench.quality` shows what they
are worth on other data.
"""

import numpy as np
import numpy.typing as npt
from scipy import sparse

from answerable.engine.products import products
from answerable.engine.vectors.embedder import Vectors

_STEPS = 6
_SHORT_MEMORY, _LONG_MEMORY = 0.5, 0.9
_SMALL = 0.01
_LEAST_TYPICAL = 0.001
_COLUMNS_AT_A_TIME = 128
_DECIMALS, _COSINE_DECIMALS = 6, 5
WEIGHTS = (-0.43, 1.36, -4.31, 5.11, -0.39, -0.20)
"""Those of the cosine, the second order, the short and the long walk, of being typical, and of both being so."""

CONSTANT = -1.58
_DENSITY, _DENSITY_CONSTANT = 0.75, 0.23

Numbers = npt.NDArray[np.float64]
Rows = npt.NDArray[np.int64]


def cosines_among(vectors: Vectors) -> Numbers:
    """Return the cosines of all pairs of n unit vectors, shape (n, n); rounded, so that the order of sums is hidden."""
    found: Numbers = products(vectors, vectors).astype(np.float64)
    return np.asarray(np.round(found, _COSINE_DECIMALS), dtype=np.float64)


def same_point(cosines: Numbers, *, graph: sparse.csr_matrix, rows: Rows, places: Rows) -> Numbers:
    """
    Return how likely some texts make the same point as others, shape (len(rows), len(places)), 0 to 1.

    `rows` are rows of the `graph` that joins neighbours among n texts, `cosines` those of all pairs of `rows`, and
    `places` say which of `rows` the columns stand for. What `rows` are in the mean stands for all texts. A text makes
    the same point as itself.
    """
    itself = np.arange(len(rows))[:, None] == places[None, :]
    direct = cosines[:, places]
    typical = typicality(cosines)
    row_side, column_side = typical[:, None], typical[places][None, :]
    walks = walks_between(graph, rows=rows, columns=rows[places])
    odds = np.full(direct.shape, CONSTANT)
    for weight, values in zip(WEIGHTS[:4], (direct, cosines @ direct, *walks), strict=True):
        odds += weight * standardised(values, itself)
    odds += WEIGHTS[4] * (row_side + column_side) + WEIGHTS[5] * row_side * column_side
    likely = 1.0 / (1.0 + np.exp(-np.clip(odds, -30.0, 30.0)))
    likely[itself] = 1.0
    return np.asarray(np.round(likely, _DECIMALS))


def makes_a_point(graph: sparse.csr_matrix) -> Numbers:
    """
    Return how likely each of n texts makes a point that others make too, shape (n,), 0 to 1.

    It follows from how near its neighbours are, compared with the mean over all texts; the logistic weights are from
    ArgKP train.
    """
    nearness = np.asarray(graph.sum(axis=1), dtype=np.float64).ravel()
    density = nearness / (nearness.mean() or 1.0) if len(nearness) else nearness
    return np.round(1.0 / (1.0 + np.exp(-(_DENSITY * density + _DENSITY_CONSTANT))), _DECIMALS)


def typicality(cosines: Numbers) -> Numbers:
    """Return how typical each of n texts is, as standard deviations of the logarithm of its mean cosine, shape (n,)."""
    typical = np.log(np.maximum(cosines.mean(axis=1), _LEAST_TYPICAL))
    return np.asarray((typical - typical.mean()) / (float(typical.std()) or 1.0))


def standardised(values: Numbers, itself: npt.NDArray[np.bool_]) -> Numbers:
    """Return values as standard deviations from their mean, leaving out pairs of a text with itself."""
    others = values[~itself]
    spread = float(others.std()) if others.size else 0.0
    if spread < 1e-12:  # noqa: PLR2004 - rounding leaves a trace where all are the same
        return np.zeros_like(values)
    return np.asarray((values - others.mean()) / spread)


def walks_between(graph: sparse.csr_matrix, *, rows: Rows, columns: Rows) -> tuple[Numbers, Numbers]:
    """Return the pointwise mutual information of walks between rows and columns: with short memory, and with long."""
    size = graph.shape[0]
    degrees = np.asarray(graph.sum(axis=1), dtype=np.float64).ravel()
    scale = sparse.diags(1.0 / np.sqrt(np.where(degrees > 0, degrees, 1.0)))
    step = (scale @ graph @ scale).tocsr().astype(np.float32)
    reach = _reached(step, np.ones((size, 1), dtype=np.float32), np.arange(size))
    found: tuple[Numbers, Numbers] = (np.zeros((len(rows), len(columns))), np.zeros((len(rows), len(columns))))
    for first in range(0, len(columns), _COLUMNS_AT_A_TIME):
        some = columns[first : first + _COLUMNS_AT_A_TIME]
        start = np.zeros((size, len(some)), dtype=np.float32)
        start[some, np.arange(len(some))] = 1.0
        for whole, part, totals in zip(found, _reached(step, start, rows), reach, strict=True):
            expected = totals[rows] @ totals[some].T
            whole[:, first : first + len(some)] = np.log(part * size / expected + _SMALL)
    return found


def _reached(step: sparse.csr_matrix, start: Numbers, rows: Rows) -> tuple[Numbers, Numbers]:
    """Return how much of what starts somewhere is found at some rows, for both memories."""
    now = start
    short, long = (1 - _SHORT_MEMORY) * now[rows], (1 - _LONG_MEMORY) * now[rows]
    for taken in range(1, _STEPS + 1):
        now = step @ now
        short = short + (1 - _SHORT_MEMORY) * _SHORT_MEMORY**taken * now[rows]
        long = long + (1 - _LONG_MEMORY) * _LONG_MEMORY**taken * now[rows]
    return short, long
