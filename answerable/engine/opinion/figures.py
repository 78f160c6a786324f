"""What each group says to each statement, how it differs from the others, and what all of them agree to."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.special import erfc

from answerable.engine.opinion.records import ConsensusFigure, GroupFigure
from answerable.engine.opinion.stances import Ids

Counts = npt.NDArray[np.int64]
_DISAGREE, _PASS, _AGREE = range(3)


@dataclass(frozen=True)
class Representation:
    """
    Hold arrays (groups, statements): how strongly each group takes its direction, beside everybody else.

    `share`, `own_test` and `others_test` are the smoothed share and the z of the direction in `agrees`; see `represent`.
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
        for value in (_DISAGREE, _AGREE)
    ]
    agrees = both[1][3] > both[0][3]
    inside, beyond, own, others = (np.where(agrees, yes, no) for no, yes in zip(*both, strict=True))
    return Representation(agrees, inside, inside / beyond, own, others)


def share_of(count: Counts, answered: Counts) -> npt.NDArray[np.float64]:
    """Return the smoothed share (A + 1) / (S + 2)."""
    return (count + 1.0) / (answered + 2.0)


def consensus(counts: Counts) -> npt.NDArray[np.float64]:
    """Return, for each statement, the product over groups of the smoothed share that agrees."""
    return np.prod(share_of(counts[..., _AGREE], counts.sum(axis=2)), axis=0)


def adjusted(p: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Return p values adjusted for the false discovery rate (Benjamini and Hochberg 1995), in the same shape."""
    flat = p.ravel()
    order = np.argsort(flat, kind="stable")
    scaled = flat[order] * len(flat) / np.arange(1, len(flat) + 1)
    found = np.empty_like(flat)
    found[order] = np.minimum(np.minimum.accumulate(scaled[::-1])[::-1], 1.0)
    return found.reshape(p.shape)


def group_figures(counts: Counts, *, groups: list[str], statements: Ids, rate: float) -> tuple[GroupFigure, ...]:
    """Return the figures of each group and statement with any answer in the group, by group, then by statement."""
    if len(groups) < 2:  # noqa: PLR2004  # a group differs from another
        return ()
    found = represent(counts)
    asked = counts.sum(axis=2) > 0
    chance = np.minimum(1.0, erfc(found.others_test[asked] / np.sqrt(2.0)))
    held = adjusted(chance)
    names = [str(one) for one in statements.tolist()]
    group_at, statement_at = (places.tolist() for places in np.nonzero(asked))
    columns = (counts[asked], found.agrees[asked], found.share[asked], found.ratio[asked], chance, held)
    rows = zip(group_at, statement_at, *(column.tolist() for column in columns), strict=True)
    return tuple(
        GroupFigure(
            group=groups[group],
            statement=names[statement],
            agree=amounts[_AGREE],
            disagree=amounts[_DISAGREE],
            passed=amounts[_PASS],
            direction="agree" if agrees else "disagree",
            share=share,
            representativeness=ratio,
            p=p,
            adjusted_p=held_p,
            is_representative=held_p <= rate and 2 * amounts[_AGREE if agrees else _DISAGREE] > sum(amounts),
        )
        for group, statement, amounts, agrees, share, ratio, p, held_p in rows
    )


def consensus_figures(
    by_group: Counts, by_sector: Counts | None, *, totals: Counts, statements: Ids
) -> tuple[ConsensusFigure, ...]:
    """Return the statements by how far all groups, and all declared sectors, agree; the strongest first."""
    over_groups = consensus(by_group)
    over_sectors = None if by_sector is None else consensus(by_sector)
    least = over_groups if over_sectors is None else np.minimum(over_groups, over_sectors)
    names = [str(one) for one in statements.tolist()]
    return tuple(
        ConsensusFigure(
            statement=names[number],
            agree=int(totals[number, _AGREE]),
            disagree=int(totals[number, _DISAGREE]),
            passed=int(totals[number, _PASS]),
            over_groups=float(over_groups[number]),
            over_sectors=None if over_sectors is None else float(over_sectors[number]),
            least=float(least[number]),
        )
        for number in np.argsort(-least, kind="stable").tolist()
    )


def _one_proportion(count: Counts, answered: Counts) -> npt.NDArray[np.float64]:
    """Return the z of a share against one half, with one added to both counts."""
    return 2 * np.sqrt(answered + 1.0) * ((count + 1.0) / (answered + 1.0) - 0.5)


def _two_proportions(count: Counts, answered: Counts, beyond: Counts, others: Counts) -> npt.NDArray[np.float64]:
    """Return the z of the difference of two shares, with one added to all counts; 0 where all take it."""
    inside, outside = (count + 1.0) / (answered + 1.0), (beyond + 1.0) / (others + 1.0)
    pooled = (count + beyond + 2.0) / (answered + others + 2.0)
    spread = np.sqrt(pooled * (1 - pooled) * (1 / (answered + 1.0) + 1 / (others + 1.0)))
    return np.divide(inside - outside, spread, out=np.zeros_like(spread), where=spread > 0)
