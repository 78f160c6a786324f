"""Divide weighted points into k groups: seeded starts, Lloyd's rounds in whole numbers, silhouettes."""

from collections.abc import Sequence
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
    drawn = np.empty((starts, k, 2), dtype=np.int64)
    kernels.draw_starts(cells.points, cells.weights, draws, drawn)
    found = [settle(cells, centres=centres, kernels=kernels) for centres in drawn]
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


def silhouettes(
    apart: npt.NDArray[np.float64], *, weights: npt.NDArray[np.int64], divisions: Sequence[npt.NDArray[np.int8]]
) -> list[float]:
    """
    Return the mean silhouette over people (Rousseeuw 1987) of each division; 0 where there is but one group.

    The people of one cell are at the same place. Distances and weights are whole numbers, so that the sums are exact
    in floating point whatever their order.
    """
    members = [_members(labels, weights=weights) for labels in divisions]
    # One product for all of them reads the distances once.
    sums = np.split(apart @ np.hstack(members), np.cumsum([one.shape[1] for one in members])[:-1], axis=1)
    return [
        _silhouette(own, sizes=member.sum(axis=0), weights=weights, labels=labels)
        for own, member, labels in zip(sums, members, divisions, strict=True)
    ]


def _members(labels: npt.NDArray[np.int8], *, weights: npt.NDArray[np.int64]) -> npt.NDArray[np.float64]:
    """Return the weight of each cell in the column of its label, 0 elsewhere."""
    member = np.zeros((len(labels), int(labels.max(initial=0)) + 1))
    member[np.arange(len(labels)), labels] = weights
    return member


def _silhouette(
    sums: npt.NDArray[np.float64],
    *,
    sizes: npt.NDArray[np.float64],
    weights: npt.NDArray[np.int64],
    labels: npt.NDArray[np.int8],
) -> float:
    """Return the mean silhouette, given the sums of the distances of each cell to the people of each group."""
    if (sizes > 0).sum() <= 1:
        return 0.0
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
