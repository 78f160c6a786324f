"""Where the readers of a consultation agree and part, from the stances they took."""

from collections import Counter
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from answerable.consultations.models import Consultation, Stance
from answerable.consultations.states import Position, PostState
from answerable.engine.records import Progress
from answerable.synthesis.models import SynthesisRun
from answerable.synthesis.states import RunState

if TYPE_CHECKING:
    from answerable.engine.opinion import OpinionGroups

EVERYWHERE = 0
_VALUES = {Position.AGREE: 1, Position.DISAGREE: -1, Position.PASS: 0}
_CELLS = 40
_MOST_FIGURES, _MOST_CONSENSUS = 8, 12
_DIGITS = 6


def opinion_maps(consultation: Consultation, *, progress: Progress) -> dict[str, Any]:
    """
    Return the opinion map over all sessions, under ``"of_0"``, and that of each under ``of_`` and its number, as JSON.

    Read from the stances on public contributions as they are now; two queries. A map names nobody: people are counted
    in the cells of a grid. Statements are receipt codes, groups go by the ids of the engine.
    """
    sessions = list(consultation.sessions.order_by("number").values_list("number", flat=True))
    # The only session of a consultation says nothing that the map over everything does not say.
    numbers = [EVERYWHERE, *(sessions if len(sessions) > 1 else [])]
    rows = _stances(consultation)
    maps = {}
    for done, number in enumerate(numbers):
        progress("opinions", done, len(numbers))
        maps[f"of_{number}"] = _map([row for row in rows if number in (EVERYWHERE, row[0])])
    return maps


def opinion_map(consultation: Consultation, *, number: int = EVERYWHERE) -> dict[str, Any] | None:
    """Return the map of a session, or of all of them, as the newest finished run found it; None without one."""
    runs = SynthesisRun.objects.filter(consultation=consultation, state=RunState.DONE)
    kept = runs.order_by("-number").values_list(f"opinions__of_{number}", flat=True).first()
    return kept or None


def _stances(consultation: Consultation) -> list[tuple[int, str, str, int, str]]:
    """Return session, participant, receipt code, value and declared sector of every stance, in one order."""
    rows = Stance.objects.filter(contribution__session__consultation=consultation, contribution__state=PostState.PUBLIC)
    said = rows.order_by("person__public_id", "contribution__receipt_code").values_list(
        "contribution__session__number",
        "person__public_id",
        "contribution__receipt_code",
        "position",
        "person__sector_id",
    )
    return [
        (number, who, what, _VALUES[Position(position)], sector or "") for number, who, what, position, sector in said
    ]


def _map(rows: list[tuple[int, str, str, int, str]]) -> dict[str, Any]:
    # The engine brings large libraries: only the worker that runs it needs them.
    from answerable.engine.opinion import Stances, find_opinion_groups

    stances = Stances.from_rows((who, what, value) for _number, who, what, value, _sector in rows)
    sectors = {who: sector for _number, who, _what, _value, sector in rows if sector}
    return map_document(find_opinion_groups(stances, sectors=sectors or None))


def map_document(found: "OpinionGroups") -> dict[str, Any]:
    """Return what the desk shows of a result, as JSON; cells are ``[column, row, group, people]`` from 0 to 39."""
    return {
        "verdict": found.verdict,
        "people": len(found.labels),
        "placed": int((found.labels >= 0).sum()),
        "statements": len(found.statements),
        "stances": int(found.stance_counts.sum()),
        "groups": [{"id": group.id, "size": group.size} for group in found.groups],
        "cells": _cells(found),
        "curve": [
            {"k": point.k, "silhouette": _rounded(point.silhouette), "null": _rounded(point.null_highest)}
            for point in found.curve
        ],
        "stability": _rounded(found.stability.value),
        "variance": [_rounded(part) for part in found.variance_explained],
        "figures": _figures(found),
        "consensus": [
            {
                "statement": row.statement,
                "agree": row.agree,
                "disagree": row.disagree,
                "passed": row.passed,
                "over_groups": _rounded(row.over_groups),
                "over_sectors": _rounded(row.over_sectors),
                "least": _rounded(row.least),
            }
            for row in sorted(found.consensus, key=lambda row: (-row.least, row.statement))[:_MOST_CONSENSUS]
        ],
    }


def _cells(found: "OpinionGroups") -> list[list[int]]:
    """Count the people on the map in the cells of a grid that spans it, group by group."""
    placed = found.labels >= 0
    points, labels = found.points[placed], found.labels[placed]
    if not len(points):
        return []
    least, most = points.min(axis=0), points.max(axis=0)
    # Both axes keep one scale, so that distances on the picture are those of the map.
    span = max(int((most - least).max()), 1)
    middle = (least + most) // 2
    places = ((points - middle + span // 2) * (_CELLS - 1) // span).clip(0, _CELLS - 1)
    counted: Counter[tuple[int, int, int]] = Counter(
        (int(column), int(row), int(label)) for (column, row), label in zip(places, labels, strict=True)
    )
    return [[*cell, count] for cell, count in sorted(counted.items())]


def _figures(found: "OpinionGroups") -> dict[str, list[Mapping[str, Any]]]:
    """Return for each group the statements that tell it from the others, the most telling first."""
    telling = [row for row in found.figures if row.is_representative]
    telling.sort(key=lambda row: (-row.representativeness * row.share, row.statement))
    by_group: dict[str, list[Mapping[str, Any]]] = {group.id: [] for group in found.groups}
    for row in telling:
        if len(by_group[row.group]) < _MOST_FIGURES:
            by_group[row.group].append(
                {
                    "statement": row.statement,
                    "agree": row.agree,
                    "disagree": row.disagree,
                    "passed": row.passed,
                    "direction": row.direction,
                    "share": _rounded(row.share),
                    "ratio": _rounded(row.representativeness),
                    "adjusted_p": _rounded(row.adjusted_p),
                }
            )
    return by_group


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(float(value), _DIGITS)
