"""The figures of a report: what came in and where it went, and who was heard."""

from collections.abc import Iterator, Sequence

from answerable.documents import structure as doc
from answerable.engine.records import AxisBalance, Figure, Interval, Synthesis

_MOST_ROWS = 12
_MOST_NAMES = 40
_AXIS_NAMES = {
    "sector": "Sector",
    "stakeholder_group": "Stakeholder group",
    "country": "Country",
    "language": "Language",
}


def coverage_blocks(synthesis: Synthesis) -> Iterator[doc.Block]:
    """Yield what came in and where each contribution went."""
    coverage = synthesis.coverage
    themes = sum(theme.level == 1 for theme in synthesis.themes)
    yield doc.paragraph(
        f"Contributions received: {coverage.received:,}. They form {counted(themes, 'theme')}, for which "
        f"{counted(coverage.keys, 'key contribution')} can be read."
    )
    parts = (
        ("Key contributions", coverage.keys),
        ("Near a key contribution", coverage.near_keys),
        ("Repeating another", coverage.duplicates),
        ("Standing alone", coverage.standing_alone),
    )
    received = max(1, coverage.received)
    yield doc.Bars(
        "Where each contribution went", tuple((name, count / received, f"{count:,}") for name, count in parts)
    )
    if len({one.language for one in synthesis.languages}) > 1:
        language = next(axis for axis in synthesis.balance if axis.axis == "language")
        yield doc.Bars("Languages", _bars(language))


def balance_blocks(synthesis: Synthesis) -> Iterator[doc.Block]:
    """Yield who was heard, on each axis on which anything is known."""
    yield doc.Heading(1, "Who was heard")
    if unknown := [_axis_name(axis).lower() for axis in synthesis.balance if not axis.shares]:
        yield doc.paragraph(f"The input says nothing about: {', '.join(unknown)}.")
    for axis in synthesis.balance:
        if axis.shares:
            yield from _axis_blocks(axis)
        yield from _reference_blocks(axis)
    if synthesis.coverage.sectors:
        yield _sector_table(synthesis)


def _axis_blocks(axis: AxisBalance) -> Iterator[doc.Block]:
    """Yield the shares on one axis and how dominant the largest are."""
    name = _axis_name(axis)
    yield doc.Heading(2, name)
    rows = tuple(
        (
            _value(axis, one.value),
            f"{one.contributions:,}",
            _percent(one.share),
            _percent(one.word_share),
            _percent(one.cited_share),
        )
        for one in axis.shares[:_MOST_ROWS]
    )
    headings = (name, "Contributions", "Share", "Share of words", "Share of key contributions")
    yield doc.Table(f"{name}: share of the input and of the key contributions", headings, rows, frozenset({1, 2, 3, 4}))
    if len(axis.shares) > _MOST_ROWS:
        yield doc.paragraph(f"{len(axis.shares) - _MOST_ROWS:,} smaller ones are in findings.json.")
    if axis.unstated:
        yield doc.paragraph(f"Contributions that do not say: {axis.unstated:,}.")
    yield doc.paragraph(
        f"Dominance, from 0 (all equal) to 1 (one alone): {_figure(axis.dominance)} by contributions, "
        f"{_figure(axis.word_dominance)} by words, {_figure(axis.cited_dominance)} among the key contributions. "
        f"Effective number: {_figure(axis.effective_number)}."
    )


def _reference_blocks(axis: AxisBalance) -> Iterator[doc.Block]:
    """Yield how one axis compares with the reference stated for it, and who is missing."""
    if axis.reference is None:
        return
    name = _axis_name(axis)
    rows = tuple(
        (
            _value(axis, one.value),
            f"{one.contributions:,}",
            _interval(one.share),
            "not stated" if one.expected is None else _percent(one.expected),
            one.verdict,
        )
        for one in axis.representation
    )
    headings = (name, "Contributions", "Share, with 95 % interval", "Expected share", "Found")
    yield doc.Table(f"{name}, held against: {axis.reference.source}", headings, rows, frozenset({1, 2, 3}))
    if axis.representativeness is not None:
        found = axis.representativeness
        yield doc.paragraph(
            "Representativeness, from 0% (nobody the reference expects) to 100% (just as it expects): "
            f"{_interval(found)}."
        )
    if axis.missing:
        yield doc.paragraph(f"Missing, with no contribution at all: {_names(axis, axis.missing)}.")
    expected = {value.casefold() for value, _ in axis.reference.shares}
    if others := [one.value for one in axis.shares if one.value.casefold() not in expected]:
        yield doc.paragraph(f"Not in the reference: {_names(axis, others)}.")


def _names(axis: AxisBalance, values: Sequence[str]) -> str:
    """Return the first of some values, and how many more there are."""
    shown = ", ".join(_value(axis, one) for one in values[:_MOST_NAMES])
    return shown if len(values) <= _MOST_NAMES else f"{shown} and {len(values) - _MOST_NAMES:,} more"


def _interval(found: Interval) -> str:
    """Return a share with its interval, or that there is too little to say."""
    if found.value is None or found.low is None or found.high is None:
        return f"insufficient data (n = {found.n:,})"
    return f"{_percent(found.value)} ({found.low * 100:.1f} to {found.high * 100:.1f})"


def _sector_table(synthesis: Synthesis) -> doc.Table:
    """Return how near the key contributions are to what each sector said."""
    rows = tuple(
        (one.sector, f"{one.contributions:,}", f"{one.placed:,}", f"{one.mean_similarity:.3f}")
        for one in synthesis.coverage.sectors
    )
    caption = "How well the key contributions speak for each sector (mean similarity, 0 to 1)"
    return doc.Table(caption, ("Sector", "Contributions", "In a theme", "Similarity"), rows, frozenset({1, 2, 3}))


def counted(count: int, noun: str, several: str = "") -> str:
    """Return a count with its noun in the right number; `several` is the plural where it takes more than an s."""
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {several or noun + 's'}"


def language_name(code: str) -> str:
    """Return the name of a language, the code itself where it has none."""
    from babel import Locale

    return str(Locale("en").languages.get(code, "Not determined" if code == "und" else code))


def _axis_name(axis: AxisBalance) -> str:
    """Return what an axis is called: a column of the file goes by its own name."""
    return _AXIS_NAMES.get(axis.axis, axis.axis)


def _value(axis: AxisBalance, value: str) -> str:
    """Return a value of an axis as it is shown."""
    return language_name(value) if axis.axis == "language" else value


def _bars(axis: AxisBalance) -> tuple[tuple[str, float, str], ...]:
    """Return the shares of an axis as bars."""
    return tuple((_value(axis, one.value), one.share, f"{one.contributions:,}") for one in axis.shares[:_MOST_ROWS])


def _percent(share: float) -> str:
    """Return a share as a percentage with one decimal."""
    return f"{share:.1%}"


def _figure(figure: Figure) -> str:
    """Return a figure with its n, or that there is too little to say."""
    return f"insufficient data (n = {figure.n:,})" if figure.value is None else f"{figure.value:.2f} (n = {figure.n:,})"
