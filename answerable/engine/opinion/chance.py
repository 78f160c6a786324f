"""What chance alone would show: the same people and counts, with the stances to each statement shuffled among them."""

import numpy as np
import numpy.typing as npt
from scipy import sparse

from answerable.engine.opinion.axes import fixed_start
from answerable.engine.opinion.cells import Cells
from answerable.engine.opinion.kernels import Kernels
from answerable.engine.opinion.partition import best_partition, distances, silhouette
from answerable.engine.opinion.records import POINT_UNIT, OpinionSettings
from answerable.engine.opinion.stances import Stances

_ROUNDS = 5
_COLUMNS = 4
_STARTS = 2


def null_silhouettes(
    sample: Stances,
    *,
    kept: npt.NDArray[np.bool_],
    ks: list[int],
    steadying: int,
    settings: OpinionSettings,
    kernels: Kernels,
) -> dict[int, tuple[float, float]]:
    """
    Return for each k the mean and the highest silhouette of groups found in shuffled stances of the sample.

    Each draw permutes the values given to every statement among those who answered it: who answered what and
    how much each statement is agreed to stay, what goes with what is lost. The map is made anew from each draw.
    """
    column = sample.statement.astype(np.int64)
    row = np.repeat(np.arange(len(sample.participants)), np.diff(sample.indptr))
    use = kept[column]
    row, column, value = row[use], column[use], sample.value[use].astype(np.float64)
    answered = np.maximum(np.bincount(column, minlength=len(kept)), 1)
    value -= (np.bincount(column, weights=value, minlength=len(kept)) / answered)[column]
    short = column.astype(sample.statement.dtype)
    by_statement = np.argsort(short, kind="stable")
    chance = np.random.Generator(np.random.PCG64([settings.seed, 1]))
    shape = (len(sample.participants), len(kept))
    answered = np.bincount(row, minlength=shape[0]) + steadying
    reach = np.sqrt(kept.sum() / np.maximum(answered, 1))
    found = np.zeros((settings.null_draws, len(ks)))
    for draw in range(settings.null_draws):
        shuffled = np.empty_like(value)
        mixed = chance.permutation(len(column))
        shuffled[by_statement] = value[mixed[np.argsort(short[mixed], kind="stable")]]
        points = _map_of(sparse.csr_array((shuffled, (row, column)), shape=shape), reach=reach)
        found[draw] = _silhouettes(points, ks=ks, settings=settings, kernels=kernels)
    return {k: (float(found[:, place].mean()), float(found[:, place].max())) for place, k in enumerate(ks)}


def _map_of(centred: sparse.csr_array, *, reach: npt.NDArray[np.float64]) -> npt.NDArray[np.int32]:
    """Return the places of people on the first two axes of their own centred stances, after a few rounds."""
    across = sparse.csr_array(centred.T)
    basis = fixed_start(centred.shape[1], columns=min(_COLUMNS, centred.shape[1]))
    for _ in range(_ROUNDS):
        basis = np.linalg.qr(across @ (centred @ basis))[0]
    image = centred @ basis
    turn = np.linalg.eigh(image.T @ image)[1][:, ::-1]
    places = np.zeros((centred.shape[0], 2))
    first = (image @ turn)[:, :2]
    places[:, : first.shape[1]] = first * reach[:, None]
    points: npt.NDArray[np.int32] = np.rint(places * POINT_UNIT).astype(np.int32)
    return points


def _silhouettes(
    points: npt.NDArray[np.int32], *, ks: list[int], settings: OpinionSettings, kernels: Kernels
) -> list[float]:
    """Return the silhouette of the best division into each k."""
    cells = Cells(points, np.ones(len(points), dtype=np.int64))
    apart = distances(cells)
    found = [best_partition(cells, k=k, starts=_STARTS, seed=settings.seed, kernels=kernels) for k in ks]
    return [silhouette(apart, weights=cells.weights, labels=one.labels) for one in found]
