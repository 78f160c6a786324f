"""Measure how evenly a consultation heard its sectors, stakeholder groups, countries, languages, or any other axis."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import asdict
from operator import attrgetter

from answerable.engine.records import AxisBalance, AxisReference, Contribution, Figure, Share
from answerable.engine.representation import missing_values, representation_of, representativeness
from answerable.engine.word_arrays import word_counts

AXES = ("sector", "stakeholder_group", "country", "language")
INSUFFICIENT = "insufficient data"
_METHODS = {
    "citation_gap": "half the sum of |share of citations - share of input|, over the values",
    "dominance": "(H - 1/N) / (1 - 1/N), H the sum of the squared shares of N values; 0 even, 1 all with one",
    "effective_number": "1 / H (Laakso and Taagepera, 1979)",
    "representation": "share of contributions with its 95 % score interval (Wilson, 1927)",
    "representativeness": (
        "1 - half the sum of |share - expected share| (Duncan and Duncan, 1955), with a 95 % bootstrap interval"
    ),
}


def dominance(amounts: Mapping[str, int]) -> float | None:
    """
    Return the normalised Herfindahl-Hirschman index: 0 when all amounts are equal, 1 when one has everything.

    (H - 1/N) / (1 - 1/N), where H is the sum of the squared shares and N the number of amounts above zero (Hirschman,
    "The Paternity of an Index", 1964). None with no amount; 1 with a single one.
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


def citation_gap(amounts: Mapping[str, int], *, cited: Mapping[str, int]) -> float | None:
    """
    Return the part of the citations that would have to go to other values for both to have the same shares, 0 to 1.

    Half the sum of the differences between the shares, the index of dissimilarity (Duncan and Duncan, "A
    Methodological Analysis of Segregation Indexes", 1955). None without input or without citations.
    """
    total, cited_total = sum(amounts.values()), sum(cited.values())
    if not total or not cited_total:
        return None
    values = sorted(set(amounts) | set(cited))
    return sum(abs(amounts.get(value, 0) / total - cited.get(value, 0) / cited_total) for value in values) / 2


def measure_balance(
    contributions: Sequence[Contribution],
    *,
    cited: Collection[str],
    least: int,
    references: Iterable[AxisReference] = (),
) -> tuple[AxisBalance, ...]:
    """
    Return the balance on each of AXES; `cited` holds the ids of the contributions that are quoted.

    A figure that rests on fewer than `least` contributions has no value: insufficient data. An axis with a reference is
    also measured against it. Raises ReferenceShareError for a reference that is none.
    """
    axes = {axis: attrgetter(axis) for axis in AXES}
    return measure_axes(contributions, axes=axes, cited=cited, least=least, references=references)


def measure_axes(
    contributions: Sequence[Contribution],
    *,
    axes: Mapping[str, Callable[[Contribution], str]],
    cited: Collection[str],
    least: int,
    references: Iterable[AxisReference] = (),
) -> tuple[AxisBalance, ...]:
    """
    Return the balance on any axes, in their order, as `measure_balance` does on its own.

    `axes` says for each name what a contribution's value is; an empty one is not stated.
    """
    counted = word_counts([one.text for one in contributions])
    words = {one.id: count for one, count in zip(contributions, counted, strict=True)}
    against = {reference.axis: reference for reference in references}
    return tuple(
        _axis(axis, contributions, value_of=axes[axis], words=words, cited=cited, least=least, references=against)
        for axis in axes
    )


def balance_document(balance: Iterable[AxisBalance]) -> dict[str, object]:
    """
    Return the balance as plain values for balance.json, with the formulae, the same for the same balance.

    A figure without enough contributions is {"value": null, "n": …, "note": "insufficient data"}.
    """
    axes = {axis.axis: _noted(asdict(axis)) for axis in balance}
    return {"axes": axes, "methods": dict(_METHODS)}


def _axis(
    axis: str,
    contributions: Sequence[Contribution],
    *,
    value_of: Callable[[Contribution], str],
    words: Mapping[str, int],
    cited: Collection[str],
    least: int,
    references: Mapping[str, AxisReference],
) -> AxisBalance:
    """Return the balance on one axis."""
    reference = references.get(axis)
    counts: Counter[str] = Counter()
    word_counts: Counter[str] = Counter()
    cited_counts: Counter[str] = Counter()
    for contribution in contributions:
        value = value_of(contribution)
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
        citation_gap=_figure(citation_gap(counts, cited=cited_counts), cited_n, least),
        reference=reference,
        representativeness=representativeness(counts, reference=reference, least=least) if reference else None,
        representation=representation_of(counts, reference=reference, least=least) if reference else (),
        missing=missing_values(counts, reference=reference) if reference else (),
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


def _noted(axis: dict[str, object]) -> dict[str, object]:
    """Return an axis with a note at every figure that has no value."""
    return {
        name: {**value, "note": INSUFFICIENT} if isinstance(value, dict) and value.get("value", 0) is None else value
        for name, value in axis.items()
    }
