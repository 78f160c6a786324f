"""Where the readers of a consultation agree and part, from the stances they took."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from answerable.consultations.models import Consultation, Stance
from answerable.consultations.states import Position, PostState
from answerable.engine.records import Progress
from answerable.synthesis.models import SynthesisRun
from answerable.synthesis.states import RunState

if TYPE_CHECKING:
    from answerable.engine.opinion import OpinionGroups

EVERYWHERE = 0
LETTERS = "ABCDE"
_VALUES = {Position.AGREE: 1, Position.DISAGREE: -1, Position.PASS: 0}
_CELLS = 40
_MOST_FIGURES, _MOST_CONSENSUS = 8, 12
_DIGITS = 6
_RUNS_TO_CHANGE = 2


def opinion_maps(consultation: Consultation, *, progress: Progress) -> dict[str, Any]:
    """
    Return the opinion map over all sessions, under ``"of_0"``, and that of each under ``of_`` and its number, as JSON.

    Read from the stances on public contributions as they are now; three queries. A map names nobody: people are counted
    in the cells of a grid. Statements are receipt codes, groups go by the ids of the engine. Under ``"drawn"`` a map
    keeps what it was drawn with, by which the next run knows its groups again without having kept their people.
    """
    sessions = list(consultation.sessions.order_by("number").values_list("number", flat=True))
    # The only session of a consultation says nothing that the map over everything does not say.
    numbers = [EVERYWHERE, *(sessions if len(sessions) > 1 else [])]
    rows = _stances(consultation)
    before = _maps_before(consultation)
    maps = {}
    for done, number in enumerate(numbers):
        progress("opinions", done, len(numbers))
        own = [row for row in rows if number in (EVERYWHERE, row[0])]
        maps[f"of_{number}"] = _map(own, before=before.get(f"of_{number}") or {})
    return maps


def opinion_map(consultation: Consultation, *, number: int = EVERYWHERE) -> dict[str, Any] | None:
    """Return the map of a session, or of all of them, as the newest finished run found it; None without one."""
    runs = SynthesisRun.objects.filter(consultation=consultation, state=RunState.DONE)
    kept = runs.order_by("-number").values_list(f"opinions__of_{number}", flat=True).first()
    return kept or None


def _maps_before(consultation: Consultation) -> dict[str, Any]:
    runs = SynthesisRun.objects.filter(consultation=consultation, state=RunState.DONE)
    return runs.order_by("-number").values_list("opinions", flat=True).first() or {}


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


def _map(rows: list[tuple[int, str, str, int, str]], *, before: Mapping[str, Any]) -> dict[str, Any]:
    # The engine brings large libraries: only the worker that runs it needs them.
    from answerable.engine.opinion import OpinionSettings, Stances, find_opinion_groups, kept_map

    stances = Stances.from_rows((who, what, value) for _number, who, what, value, _sector in rows)
    sectors = {who: sector for _number, who, _what, _value, sector in rows if sector}
    previous = kept_map(before.get("drawn") or {})
    # Runs are days apart: another number of groups need not wait as long as between two stances.
    settings = OpinionSettings(wins_to_change=_RUNS_TO_CHANGE)
    found = find_opinion_groups(stances, settings=settings, sectors=sectors or None, previous=previous)
    return map_document(found, before=before)


def map_document(found: "OpinionGroups", *, before: Mapping[str, Any]) -> dict[str, Any]:
    """
    Return what the desk shows of a result, as JSON; cells are ``[column, row, group, people]`` from 0 to 39.

    ``before`` is the earlier map: groups that it had keep their letter, others get one that it did not use.
    """
    from answerable.engine.opinion import map_to_keep

    letters = letters_of([group.id for group in found.groups], before=before)
    return {
        "verdict": found.verdict,
        "people": len(found.labels),
        "placed": int((found.labels >= 0).sum()),
        "statements": len(found.statements),
        "stances": int(found.stance_counts.sum()),
        "groups": [{"id": group.id, "size": group.size, "letter": letters[group.id]} for group in found.groups],
        "since": _since(letters, found.verdict, before=before),
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
        "drawn": map_to_keep(found),
    }


def letters_of(groups: Sequence[str], *, before: Mapping[str, Any]) -> dict[str, str]:
    """Return a letter for each id of a group: the one it had, else the first free one, of those never used first."""
    had = letters_before(before) if "drawn" in before else {}
    found = {group: had[group] for group in groups if group in had}
    free = [letter for letter in LETTERS if letter not in found.values()]
    free.sort(key=lambda letter: letter in had.values())
    return {group: found.get(group) or free.pop(0) for group in groups}


def letters_before(document: Mapping[str, Any]) -> dict[str, str]:
    """Return the letter of each group of a kept map, which goes by its place where none was kept."""
    groups = document.get("groups", [])
    return {group["id"]: group.get("letter", LETTERS[place]) for place, group in enumerate(groups)}


def _since(letters: Mapping[str, str], verdict: str, *, before: Mapping[str, Any]) -> dict[str, list[str]] | None:
    """Return the letters kept since the earlier map, new, and gone; None unless both maps have clear groups."""
    if "drawn" not in before or not before.get("verdict") == verdict == "groups":
        return None
    had = letters_before(before)
    return {
        "kept": sorted(letter for group, letter in letters.items() if group in had),
        "new": sorted(letter for group, letter in letters.items() if group not in had),
        "gone": sorted(letter for group, letter in had.items() if group not in letters),
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
