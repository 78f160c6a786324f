"""What chance alone would show: the same people and counts, with the stances to each statement shuffled among them."""

import numpy as np
import numpy.typing as npt
from scipy import sparse

from answerable.engine.opinion.axes import fixed_start
from answerable.engine.opinion.cells import Cells
from answerable.engine.opinion.kernels import Kernels
from answerable.engine.opinion.partition import best_partition, distances, silhouettes
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
    use = kept[sample.statement]
    row = np.repeat(np.arange(len(sample.participants)), np.diff(sample.indptr))[use]
    column, value = sample.statement[use], sample.value[use].astype(np.float64)
    people, asked = (
        np.bincount(positions, minlength=count)
        for positions, count in ((row, len(sample.participants)), (column, len(kept)))
    )
    value -= (np.bincount(column, weights=value, minlength=len(kept)) / np.maximum(asked, 1))[column]
    by_statement = np.argsort(column, kind="stable")
    by_row, by_column = (np.concatenate(([0], counts.cumsum())).astype(np.int32) for counts in (people, asked))
    inner, outer = column.astype(np.int32), row[by_statement].astype(np.int32)
    chance = np.random.Generator(np.random.PCG64([settings.seed, 1]))
    reach = np.sqrt(kept.sum() / np.maximum(people + steadying, 1))
    found = np.zeros((settings.null_draws, len(ks)))
    for draw in range(settings.null_draws):
        mixed = chance.permutation(len(column))
        dealt = value[mixed[np.argsort(column[mixed], kind="stable")]]
        shuffled = np.empty_like(value)
        shuffled[by_statement] = dealt
        centred = sparse.csr_array((shuffled, inner, by_row), shape=(len(people), len(asked)))
        across = sparse.csr_array((dealt, outer, by_column), shape=(len(asked), len(people)))
        points = _map_of(centred, across=across, reach=reach)
        found[draw] = _silhouettes(points, ks=ks, settings=settings, kernels=kernels)
    return {k: (float(found[:, place].mean()), float(found[:, place].max())) for place, k in enumerate(ks)}


def _map_of(
    centred: sparse.csr_array, *, across: sparse.csr_array, reach: npt.NDArray[np.float64]
) -> npt.NDArray[np.int32]:
    """Return the places of people on the first two axes of centred stances, `across` turned over, after few rounds."""
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
    found = [best_partition(cells, k=k, starts=_STARTS, seed=settings.seed, kernels=kernels) for k in ks]
    return silhouettes(distances(cells), weights=cells.weights, divisions=[one.labels for one in found])
