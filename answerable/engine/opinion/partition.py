"""Divide weighted points into k groups: seeded starts, Lloyd's rounds in whole numbers, silhouettes."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from answerable.engine.opinion.cells import Cells
from answerable.engine.opinion.kernels import Kernels

_MOST_ROUNDS = 60
_NO_WEIGHTS = np.zeros(0, dtype=np.int64)


@dataclass(frozen=True)
class Partition:
    """Hold centres, int64 (k, 2), the label of each point, int8, and the weighted sum of squared distances."""

    centres: npt.NDArray[np.int64]
    labels: npt.NDArray[np.int8]
    inertia: int


def best_partition(cells: Cells, *, k: int, starts: int, seed: int, kernels: Kernels) -> Partition:
    """
    Return the best of several k-means, with starts drawn by k-means++ (Arthur and Vassilvitskii 2007).

    The draws follow from the seed alone. Of equally good ones the first stands.
    """
    draws = np.random.Generator(np.random.PCG64([seed, k])).random((starts, k))
    found = [settle(cells, centres=centres, kernels=kernels) for centres in _starts(cells, draws=draws)]
    return min(found, key=lambda one: one.inertia)


def settle(cells: Cells, *, centres: npt.NDArray[np.int64], kernels: Kernels, rounds: int = _MOST_ROUNDS) -> Partition:
    """Return what Lloyd's rounds make of given centres."""
    centres = centres.copy()
    labels = np.zeros(len(cells.points), dtype=np.int8)
    inertia = kernels.lloyd(cells.points, cells.weights, centres, rounds, labels)
    return Partition(centres, labels, int(inertia))


def polish(
    points: npt.NDArray[np.int32], *, centres: npt.NDArray[np.int64], rounds: int, kernels: Kernels
) -> Partition:
    """Return what Lloyd's rounds over single people make of given centres."""
    return settle(Cells(points, _NO_WEIGHTS), centres=centres, rounds=rounds, kernels=kernels)


def centres_of(points: npt.NDArray[np.int32], *, labels: npt.NDArray[np.int8], k: int) -> npt.NDArray[np.int64]:
    """Return the rounded means of the points of each label, int64 (k, 2); labels below 0 are left aside."""
    placed = labels >= 0
    counts = np.bincount(labels[placed], minlength=k).astype(np.int64)
    sums = np.stack(
        [np.bincount(labels[placed], weights=points[placed, axis], minlength=k).astype(np.int64) for axis in range(2)],
        axis=1,
    )
    most = np.maximum(counts, 1)[:, None]
    means: npt.NDArray[np.int64] = (2 * sums + most) // (2 * most)
    return means


def nearest_centres(points: npt.NDArray[np.int32], *, centres: npt.NDArray[np.int64]) -> npt.NDArray[np.int8]:
    """Return the label of the nearest centre of each point, the first of equally near ones."""
    apart = ((points[:, None, :].astype(np.int64) - centres[None, :, :]) ** 2).sum(axis=2)
    labels: npt.NDArray[np.int8] = apart.argmin(axis=1).astype(np.int8)
    return labels


def distances(cells: Cells) -> npt.NDArray[np.float64]:
    """Return the distances between all cells, rounded to whole numbers, as float64 (cells, cells)."""
    # Whole numbers below 2^53: the product is exact whatever the order of its sums.
    places = cells.points.astype(np.float64)
    squares = (places**2).sum(axis=1)
    apart: npt.NDArray[np.float64] = places @ places.T
    apart *= -2
    apart += squares[:, None]
    apart += squares
    np.sqrt(apart, out=apart)
    return np.rint(apart, out=apart)


def silhouette(
    apart: npt.NDArray[np.float64], *, weights: npt.NDArray[np.int64], labels: npt.NDArray[np.int8]
) -> float:
    """
    Return the mean silhouette over people (Rousseeuw 1987), those of one cell at the same place; 0 with one group.

    Distances and weights are whole numbers, so that the sums are exact in floating point whatever their order.
    """
    k = int(labels.max()) + 1 if len(labels) else 0
    member = np.zeros((len(labels), max(k, 1)))
    member[np.arange(len(labels)), labels] = weights
    sizes = member.sum(axis=0)
    if (sizes > 0).sum() <= 1:
        return 0.0
    sums = apart @ member
    rows = np.arange(len(labels))
    own_size = sizes[labels]
    own = np.divide(sums[rows, labels], own_size - 1, out=np.zeros(len(labels)), where=own_size > 1)
    means = np.full_like(sums, np.inf)
    np.divide(sums, sizes, out=means, where=sizes > 0)
    means[rows, labels] = np.inf
    other = means.min(axis=1)
    larger = np.maximum(own, other)
    width = np.divide(other - own, larger, out=np.zeros(len(labels)), where=(larger > 0) & (own_size > 1))
    return float((width * weights).sum() / weights.sum())


def _starts(cells: Cells, *, draws: npt.NDArray[np.float64]) -> npt.NDArray[np.int64]:
    """
    Return for each row of draws (starts, k) as many centres, int64 (starts, k, 2).

    Each is drawn with a chance in proportion to the squared distance to those before it.
    """
    places = cells.points.astype(np.int64)
    starts, k = draws.shape
    centres = np.empty((starts, k, 2), dtype=np.int64)
    chance = np.broadcast_to(cells.weights, (starts, len(places)))
    nearest = np.full((starts, len(places)), np.iinfo(np.int64).max)
    for number in range(k):
        running = np.cumsum(chance, axis=1)
        running[running[:, -1] == 0] = np.cumsum(cells.weights)
        wanted = (draws[:, number] * running[:, -1]).astype(np.int64)
        chosen = (running <= wanted[:, None]).sum(axis=1)
        centres[:, number] = places[chosen]
        apart = ((places[None, :, 0] - centres[:, number, None, 0]) ** 2) + (
            (places[None, :, 1] - centres[:, number, None, 1]) ** 2
        )
        nearest = np.minimum(nearest, apart)
        chance = nearest * cells.weights
    return centres
