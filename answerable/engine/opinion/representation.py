"""The formulae behind the figures: what sets a group apart, and what all agree to."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Counts = npt.NDArray[np.int64]
DISAGREE, PASS, AGREE = range(3)
"""Where each value stands in the last axis of counts."""


@dataclass(frozen=True)
class Representation:
    """
    Hold arrays (groups, statements): how strongly each group takes its direction, beside everybody else.

    All are for the direction in `agrees`: `share` smoothed, `ratio` to the others' share, and two z; see `represent`.
    """

    agrees: npt.NDArray[np.bool_]
    share: npt.NDArray[np.float64]
    ratio: npt.NDArray[np.float64]
    own_test: npt.NDArray[np.float64]
    others_test: npt.NDArray[np.float64]


def represent(counts: Counts) -> Representation:
    """
    Return how statements represent groups, from counts (groups, statements, 3) of disagree, pass and agree.

    With A of S people: share (A + 1) / (S + 2); ratio of the shares inside and outside the group; one-proportion z
    2 sqrt(S + 1) ((A + 1) / (S + 1) - 1/2) and two-proportion z, with one added to each count (Small et al. 2021, and
    the mathematics Polis publishes). The direction is that with the larger two-proportion z.
    """
    answered = counts.sum(axis=2)
    outside = counts.sum(axis=0) - counts
    both = [
        (
            share_of(counts[..., value], answered),
            share_of(outside[..., value], outside.sum(axis=2)),
            _one_proportion(counts[..., value], answered),
            _two_proportions(counts[..., value], answered, outside[..., value], outside.sum(axis=2)),
        )
        for value in (DISAGREE, AGREE)
    ]
    agrees = both[1][3] > both[0][3]
    inside, beyond, own, others = (np.where(agrees, yes, no) for no, yes in zip(*both, strict=True))
    return Representation(agrees, inside, inside / beyond, own, others)


def share_of(count: Counts, answered: Counts) -> npt.NDArray[np.float64]:
    """Return the smoothed share (A + 1) / (S + 2)."""
    return (count + 1.0) / (answered + 2.0)


def consensus(counts: Counts) -> npt.NDArray[np.float64]:
    """Return, for each statement, the product over groups of the smoothed share that agrees."""
    product: npt.NDArray[np.float64] = np.prod(share_of(counts[..., AGREE], counts.sum(axis=2)), axis=0)
    return product


def adjusted(p: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Return p values adjusted for the false discovery rate (Benjamini and Hochberg 1995), in the same shape."""
    flat = p.ravel()
    order = np.argsort(flat, kind="stable")
    scaled = flat[order] * len(flat) / np.arange(1, len(flat) + 1)
    found = np.empty_like(flat)
    found[order] = np.minimum(np.minimum.accumulate(scaled[::-1])[::-1], 1.0)
    return found.reshape(p.shape)


def _one_proportion(count: Counts, answered: Counts) -> npt.NDArray[np.float64]:
    """Return the z of a share against one half, with one added to both counts."""
    z: npt.NDArray[np.float64] = 2.0 * np.sqrt(answered + 1.0) * ((count + 1.0) / (answered + 1.0) - 0.5)
    return z


def _two_proportions(count: Counts, answered: Counts, beyond: Counts, others: Counts) -> npt.NDArray[np.float64]:
    """Return the z of the difference of two shares, with one added to all counts; 0 where all take it."""
    inside, outside = (count + 1.0) / (answered + 1.0), (beyond + 1.0) / (others + 1.0)
    pooled = (count + beyond + 2.0) / (answered + others + 2.0)
    spread = np.sqrt(pooled * (1 - pooled) * (1 / (answered + 1.0) + 1 / (others + 1.0)))
    z: npt.NDArray[np.float64] = np.divide(inside - outside, spread, out=np.zeros_like(spread), where=spread > 0)
    return z
