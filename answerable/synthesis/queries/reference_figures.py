"""Who was heard against whom a convener expected, in figures that a page and a report show alike."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from answerable.consultations.queries import reference_groups
from answerable.consultations.states import ReferenceAxis
from answerable.engine.records import AxisReference, Interval, Settings
from answerable.engine.representation import missing_values, representation_of, representativeness
from answerable.reference.models.cldr import language_name

_VERDICTS = {
    "as expected": gettext_lazy("As expected"),
    "insufficient data": gettext_lazy("Insufficient data"),
    "less than expected": gettext_lazy("Less than expected"),
    "more than expected": gettext_lazy("More than expected"),
    "no share stated": gettext_lazy("No share stated"),
}


def reference_figures(reference: AxisReference, *, counts: Mapping[str, int], language: str) -> dict[str, Any]:
    """
    Return as JSON how the contributions by group compare with a reference, with 95 % intervals, shares from 0 to 1.

    ``{axis, name, source, count, has_shares, representativeness, rows, missing, others}``; a row is ``{label, count,
    share, low, high, expected, verdict, is_missing}``. Where fewer contributions than the engine's least name a group,
    shares and representativeness are None, as representativeness is where the reference states no shares. ``missing``
    are the expected groups of which nobody spoke, ``others`` those that spoke and are not in the reference.
    """
    least = Settings().least_for_balance
    labels = _labels(reference, counts, language)
    missing = missing_values(counts, reference=reference)
    found = representativeness(counts, reference=reference, least=least)
    rows = representation_of(counts, reference=reference, least=least)
    ordered = sorted(rows, key=lambda row: list(labels).index(row.value) if row.value in labels else len(labels))
    expected = {group for group, _share in reference.shares}
    return {
        "axis": reference.axis,
        "name": str(ReferenceAxis(reference.axis).label),
        "source": reference.source,
        "count": sum(counts.values()),
        "has_shares": any(share is not None for _group, share in reference.shares),
        "representativeness": _interval(found) if found else None,
        "rows": [
            {
                "label": labels.get(row.value, row.value),
                "count": row.contributions,
                "expected": row.expected,
                "verdict": str(_VERDICTS[row.verdict]),
                "is_missing": row.value in missing,
                **(_interval(row.share) or {"share": None, "low": None, "high": None}),
            }
            for row in ordered
        ],
        "missing": [labels.get(group, group) for group in missing],
        "others": [label for group, label in labels.items() if counts.get(group) and group not in expected],
    }


def _labels(reference: AxisReference, counts: Mapping[str, int], language: str) -> dict[str, str]:
    """Return the names of groups, also of languages that are spoken here and offered nowhere."""
    labels = reference_groups(reference.axis, language=language)
    if reference.axis == ReferenceAxis.LANGUAGE:
        spoken = (*counts, *(group for group, _share in reference.shares))
        labels |= {code: str(language_name(code, language=language)) for code in spoken if code not in labels}
    return labels


def representativeness_sentence(figures: Mapping[str, Any], *, share: str, low: str, high: str) -> str:
    """Return what the figures come to in a sentence; the numbers come as they are shown in its language."""
    if not figures.get("has_shares", True):
        return _("The reference says who should be heard and states no shares.")
    if figures["representativeness"] is None:
        sentence = _(
            "Insufficient data: %(count)s contributions name a group here, and a comparison needs at least %(least)s."
        )
        return sentence % {"count": figures["count"], "least": Settings().least_for_balance}
    sentence = _(
        "Representativeness: %(share)s (95 %% interval: %(low)s to %(high)s). At 100 %% every group spoke as much as "
        "the reference expects; at 0 %% only groups did that it does not expect."
    )
    return sentence % {"share": share, "low": low, "high": high}


def _interval(found: Interval) -> dict[str, float] | None:
    if found.value is None or found.low is None or found.high is None:
        return None
    return {"share": found.value, "low": found.low, "high": found.high}
