"""Measure how evenly a consultation heard its sectors, stakeholder groups, countries and languages."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence

from answerable.engine.records import AxisBalance, Contribution, Figure, Share
from answerable.engine.writing_systems import word_count

AXES = ("sector", "stakeholder_group", "country", "language")


def dominance(amounts: Mapping[str, int]) -> float | None:
    """
    Return the normalised Herfindahl-Hirschman index: 0 when all amounts are equal, 1 when one has everything.

    (H - 1/N) / (1 - 1/N), where H is the sum of the squared shares and N the number of amounts above zero. None
    with no amount; 1 with a single one.
    """
    count = sum(1 for amount in amounts.values() if amount > 0)
    if count == 0:
        return None
    if count == 1:
        return 1.0
    return (_concentration(amounts) - 1 / count) / (1 - 1 / count)


def effective_number(amounts: Mapping[str, int]) -> float | None:
    """
    Return 1/H, the number of equal amounts that would be as concentrated (Laakso and Taagepera, 1979).

    None with no amount.
    """
    concentration = _concentration(amounts)
    return 1 / concentration if concentration else None


def measure_balance(
    contributions: Sequence[Contribution], *, cited: Collection[str], least: int
) -> tuple[AxisBalance, ...]:
    """
    Return the balance on each axis; `cited` holds the ids of the contributions that are quoted.

    A figure that rests on fewer than `least` contributions has no value: insufficient data.
    """
    words = {contribution.id: word_count(contribution.text) for contribution in contributions}
    return tuple(_axis(axis, contributions, words=words, cited=cited, least=least) for axis in AXES)


def _axis(
    axis: str,
    contributions: Sequence[Contribution],
    *,
    words: Mapping[str, int],
    cited: Collection[str],
    least: int,
) -> AxisBalance:
    """Return the balance on one axis."""
    counts: Counter[str] = Counter()
    word_counts: Counter[str] = Counter()
    cited_counts: Counter[str] = Counter()
    for contribution in contributions:
        value = getattr(contribution, axis)
        if not value:
            continue
        counts[value] += 1
        word_counts[value] += words[contribution.id]
        cited_counts[value] += contribution.id in cited
    n, cited_n = counts.total(), cited_counts.total()
    return AxisBalance(
        axis=axis,
        shares=_shares(counts, word_counts, cited_counts),
        unstated=len(contributions) - n,
        dominance=_figure(dominance(counts), n, least),
        word_dominance=_figure(dominance(word_counts), n, least),
        cited_dominance=_figure(dominance(cited_counts), cited_n, least),
        effective_number=_figure(effective_number(counts), n, least),
    )


def _shares(counts: Counter[str], words: Counter[str], cited: Counter[str]) -> tuple[Share, ...]:
    """Return the share of each value, the largest first."""
    totals = (counts.total() or 1, words.total() or 1, cited.total() or 1)
    return tuple(
        Share(
            value=value,
            contributions=count,
            share=round(count / totals[0], 6),
            word_share=round(words[value] / totals[1], 6),
            cited=cited[value],
            cited_share=round(cited[value] / totals[2], 6),
        )
        for value, count in sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    )


def _figure(value: float | None, n: int, least: int) -> Figure:
    """Return a value with its n, without the value when n is too small."""
    return Figure(None if value is None or n < least else round(value, 6), n)


def _concentration(amounts: Mapping[str, int]) -> float:
    """Return the sum of the squared shares, 0 for nothing."""
    total = sum(amounts.values())
    return sum((amount / total) ** 2 for amount in amounts.values()) if total else 0.0
