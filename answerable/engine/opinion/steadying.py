"""Estimate how far people who said little are held back, from how well their groups repeat."""

import math
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from answerable.engine.opinion.kernels import Kernels
from answerable.engine.opinion.records import OpinionSettings
from answerable.engine.opinion.stability import HalfMap, Split, split_half_stability

STRENGTHS = (0, 5, 10, 20)
"""As how many passes more a person counts; beyond the last, a place tells how much was said rather than what."""
_KS = (2, 3)
_STARTS = 2
_PEOPLE = 1000
_LEAST_SPLITS = 2


def steadying_of(splits: Sequence[Split], *, earlier: int | None, settings: OpinionSettings, kernels: Kernels) -> int:
    """
    Return the most steadying whose groups repeat, from one half of the statements to the other, as well as any's.

    Holding back who said little is the careful thing; where it blurs groups, they repeat less. As well is within one
    standard error, over splits, of the difference to the best (Breiman et al. 1984, ch. 3), the adjusted Rand indices
    of two and of three groups taken together. Among those, `earlier` stands. The most where it cannot be measured.
    """
    if len(splits) < _LEAST_SPLITS:
        return STRENGTHS[-1]
    few = [(_thinned(one), _thinned(other)) for one, other in splits]
    scores = [_scores(few, steadying=strength, settings=settings, kernels=kernels) for strength in STRENGTHS]
    if any(len(one) == 0 for one in scores):
        return STRENGTHS[-1]
    best = max(scores, key=lambda one: float(one.mean()))
    enough = [strength for strength, one in zip(STRENGTHS, scores, strict=True) if _is_as_well(one, best=best)]
    return earlier if earlier in enough else max(enough)


def _scores(
    splits: Sequence[Split], *, steadying: int, settings: OpinionSettings, kernels: Kernels
) -> npt.NDArray[np.float64]:
    """Return for each split how well two groups and three repeat, on average; nothing where too few people can."""
    found = [
        split_half_stability(splits, k=k, steadying=steadying, starts=_STARTS, settings=settings, kernels=kernels)
        for k in _KS
    ]
    means: npt.NDArray[np.float64] = np.array([one.splits for one in found], dtype=np.float64).mean(axis=0)
    return means


def _is_as_well(scores: npt.NDArray[np.float64], *, best: npt.NDArray[np.float64]) -> bool:
    """Say whether scores are within one standard error of the best, split by split."""
    loss = best - scores
    error = float(loss.std(ddof=1)) / math.sqrt(len(loss))
    return float(loss.mean()) <= error


def _thinned(half: HalfMap) -> HalfMap:
    """Return the same map with every so-manieth person only, a thousand at most."""
    return HalfMap(half.sums[:: -(-len(half.sums) // _PEOPLE) or 1], half.statement_count)
