"""Who took part, counted for a report."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from answerable.consultations.models import Contribution
from answerable.consultations.states import Channel, ReferenceAxis
from answerable.engine.records import AxisReference
from answerable.reference.models.cldr import language_name
from answerable.synthesis.queries.reference_figures import reference_figures

LEAST_FOR_SHARES = 10


@dataclass(frozen=True, slots=True)
class _Axis:
    name: str
    caption: str
    label_of: Callable[[Contribution], str]


def participation(
    rows: Sequence[Contribution], *, cited: set[int], references: Iterable[AxisReference], language: str
) -> dict[str, Any]:
    """
    Return who took part as JSON: totals, one table an axis, and sentences on what the figures cannot tell.

    Each table row is ``{label, count, share, cited, cited_share}``; shares run from 0 to 1 and are None when fewer than
    ten contributions name a value on that axis. ``references`` has the axes for which the convener stated who should be
    heard. ``rows`` come with sector, group, country and region, ``cited`` has the keys of those quoted; no query.
    """
    return {
        "contribution_count": len(rows),
        "participant_count": len({row.author_id or f"name:{row.attributed_name}" for row in rows}),
        "organisation_count": len({row.organisation_id for row in rows} - {None}),
        "country_count": len({row.country_id for row in rows} - {None}),
        "language_count": len({row.language for row in rows}),
        "tables": [_table(axis, rows, cited) for axis in _axes(language)],
        "references": [
            reference_figures(reference, counts=_counts(rows, reference.axis), language=language)
            for reference in references
        ],
        "limits": _limits(rows),
    }


def _axes(language: str) -> Sequence[_Axis]:
    def labelled(name: str) -> Callable[[Contribution], str]:
        return lambda row: str(one.label(language)) if (one := getattr(row, name)) else ""

    def region(row: Contribution) -> str:
        return str(row.country.region.label(language)) if row.country and row.country.region else ""

    return (
        _Axis("sector", _("By sector"), labelled("sector")),
        _Axis("stakeholder_group", _("By stakeholder group"), labelled("stakeholder_group")),
        _Axis("region", _("By region of the world"), region),
        _Axis("country_group", _("By country group"), _country_group),
        _Axis("language", _("By language"), lambda row: str(language_name(row.language, language=language))),
        _Axis("channel", _("By channel"), lambda row: str(Channel(row.channel).label)),
    )


def _country_group(row: Contribution) -> str:
    if row.country is None:
        return ""
    groups = (
        (row.country.is_ldc, _("Least developed countries")),
        (row.country.is_lldc, _("Landlocked developing countries")),
        (row.country.is_sids, _("Small island developing States")),
    )
    return next((label for is_in, label in groups if is_in), _("Other countries and areas"))


def _table(axis: _Axis, rows: Iterable[Contribution], cited: set[int]) -> dict[str, Any]:
    counts: Counter[str] = Counter()
    cited_counts: Counter[str] = Counter()
    for row in rows:
        label = axis.label_of(row)
        counts[label] += 1
        cited_counts[label] += row.pk in cited
    unstated = counts.pop("", 0)
    cited_counts.pop("", 0)
    ordered = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    return {
        "axis": axis.name,
        "caption": axis.caption,
        "unstated": unstated,
        "rows": [
            {
                "label": label,
                "count": count,
                "share": _share(count, counts.total()),
                "cited": cited_counts[label],
                "cited_share": _share(cited_counts[label], cited_counts.total()),
            }
            for label, count in ordered
        ],
    }


def _counts(rows: Iterable[Contribution], axis: str) -> Counter[str]:
    """Return how many contributions name each group of an axis, by its key."""
    attribute = axis if axis == ReferenceAxis.LANGUAGE else f"{axis}_id"
    keys = (getattr(row, attribute) for row in rows)
    return Counter(key for key in keys if key)


def _share(count: int, total: int) -> float | None:
    return round(count / total, 4) if total >= LEAST_FOR_SHARES else None


def _limits(rows: Sequence[Contribution]) -> list[str]:
    said = [
        _("Contributors chose to take part. They are not a sample, and numbers of contributions are not votes."),
        _("Sector, stakeholder group and country are what contributors stated themselves; not everybody stated them."),
        _("In the table by country group, each country is counted in the first group that it belongs to."),
    ]
    brought = sum(1 for row in rows if row.channel != Channel.WEB)
    if brought:
        sentence = _("%(brought)s of %(all)s contributions came by another way than this site.")
        said.append(sentence % {"brought": brought, "all": len(rows)})
    return said
