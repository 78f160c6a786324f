"""Hold who was heard against a stated reference: the shares of a population, or a list of who should be there."""

import math
from collections.abc import Mapping

import numpy as np
import numpy.typing as npt

from answerable.engine.records import AxisReference, Interval, Representation, Verdict

_Z = 1.959963984540054
_DRAWS = 2_000
_SEED = 20161128
_DECIMALS = 6


class ReferenceShareError(ValueError):
    """Say that a reference cannot be compared with: a negative share, or a value named twice."""


def wilson_interval(count: int, *, total: int) -> tuple[float, float]:
    """
    Return the 95 % score interval of a share (Wilson, "Probable Inference", 1927), shares from 0 to 1.

    (p + z²/2n ± z √(p(1 - p)/n + z²/4n²)) / (1 + z²/n) with z = 1.96. It takes contributions for independent draws:
    where one author or campaign wrote many, the true interval is wider.
    """
    share, square = count / total, _Z * _Z / total
    middle = share + square / 2
    reach = _Z * math.sqrt(share * (1 - share) / total + square / (4 * total))
    return max(0.0, (middle - reach) / (1 + square)), min(1.0, (middle + reach) / (1 + square))


def representation_of(counts: Mapping[str, int], *, reference: AxisReference, least: int) -> tuple[Representation, ...]:
    """
    Return each value of the reference with its share of the contributions, in the order of the reference.

    A value is over or under its expected share only where that lies outside the interval. Raises ReferenceShareError.
    """
    expected = _expected(reference)
    total = sum(counts.values())
    return tuple(
        _representation(value, expected[value], count=_count(counts, value), total=total, least=least)
        for value, _ in reference.shares
    )


def representativeness(counts: Mapping[str, int], *, reference: AxisReference, least: int) -> Interval | None:
    """
    Return 1 minus the index of dissimilarity between the shares and those of the reference, with an interval.

    1 - Σ|p - q| / 2 (Duncan and Duncan, 1955), over all values, those not in the reference having q = 0. The interval
    is the 2.5th to 97.5th percentile of 2,000 multinomial draws of as many contributions with the shares found (Efron,
    "Bootstrap Methods", 1979), from a fixed seed. None where the reference states no share.
    """
    expected = _expected(reference)
    stated = {value.casefold(): share for value, share in expected.items() if share is not None}
    if not stated:
        return None
    total = sum(counts.values())
    if total < max(1, least):
        return Interval(None, None, None, total)
    found = _folded(counts)
    values = sorted(set(stated) | set(found))
    shares = np.array([found.get(value, 0) / total for value in values])
    wanted = np.array([stated.get(value, 0.0) for value in values])
    drawn = np.random.default_rng(_SEED).multinomial(total, shares / shares.sum(), size=_DRAWS) / total
    low, high = np.percentile(_likeness(drawn, wanted), [2.5, 97.5])
    return _interval(float(_likeness(shares[None, :], wanted)[0]), float(low), float(high), n=total)


def missing_values(counts: Mapping[str, int], *, reference: AxisReference) -> tuple[str, ...]:
    """Return the values of the reference that no contribution has, in the order of the reference."""
    expected = _expected(reference)
    return tuple(value for value in expected if expected[value] != 0.0 and not _count(counts, value))


def _representation(value: str, expected: float | None, *, count: int, total: int, least: int) -> Representation:
    """Return how one value is represented."""
    if total < max(1, least):
        return Representation(value, count, expected, Interval(None, None, None, total), "insufficient data")
    low, high = wilson_interval(count, total=total)
    share = _interval(count / total, low, high, n=total)
    return Representation(value, count, expected, share, _verdict(expected, low, high))


def _interval(value: float, low: float, high: float, *, n: int) -> Interval:
    """Return a number with its interval, rounded."""
    return Interval(round(value, _DECIMALS), round(low, _DECIMALS), round(high, _DECIMALS), n)


def _verdict(expected: float | None, low: float, high: float) -> Verdict:
    """Say how an expected share lies to the interval of the share found."""
    if expected is None:
        return "no share stated"
    if expected > high:
        return "less than expected"
    return "more than expected" if expected < low else "as expected"


def _expected(reference: AxisReference) -> dict[str, float | None]:
    """Return the expected shares, those that are stated adding up to 1. Raises ReferenceShareError."""
    if len({value.casefold() for value, _ in reference.shares}) < len(reference.shares):
        raise ReferenceShareError(f"The reference for {reference.axis} names a value twice.")
    stated = [share for _, share in reference.shares if share is not None]
    if any(not math.isfinite(share) or share < 0 for share in stated):
        raise ReferenceShareError(f"A share in the reference for {reference.axis} is not a number from 0 up.")
    total = sum(stated)
    if stated and total == 0:
        raise ReferenceShareError(f"The shares in the reference for {reference.axis} are all 0.")
    return {value: None if share is None else round(share / total, _DECIMALS) for value, share in reference.shares}


def _folded(counts: Mapping[str, int]) -> dict[str, int]:
    """Return counts by value without regard to capitals."""
    folded: dict[str, int] = {}
    for value, count in counts.items():
        folded[value.casefold()] = folded.get(value.casefold(), 0) + count
    return folded


def _count(counts: Mapping[str, int], value: str) -> int:
    """Return how many contributions have a value of the reference."""
    return _folded(counts).get(value.casefold(), 0)


def _likeness(shares: npt.NDArray[np.float64], wanted: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Return 1 minus the index of dissimilarity for each row of shares, shape (rows,)."""
    return np.asarray(1 - np.abs(shares - wanted[None, :]).sum(axis=1) / 2, dtype=np.float64)
