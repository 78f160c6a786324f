"""Write the result down as plain values for `opinion.json`: in a fixed order, with a fixed number of digits."""

import dataclasses
from typing import Any

import numpy as np
import numpy.typing as npt

from answerable.engine.opinion.records import POINT_UNIT, OpinionGroups

SIGNIFICANT_DIGITS = 9
_FORMAT = "answerable-opinion-1"


def opinion_document(groups: OpinionGroups) -> dict[str, Any]:
    """
    Return the result as what JSON can hold, without the ids of people.

    Numbers that are not whole have nine significant digits. `map` has the number of people at each place, on a grid
    above 1,600 people; figures are in the order of groups and statements, consensus the strongest first.
    """
    plain = {
        "format": _FORMAT,
        "verdict": groups.verdict,
        "people": {
            "received": len(groups.participants),
            "placed": int((groups.labels >= 0).sum()),
            "stances": int(groups.stance_counts.sum(dtype=np.int64)),
        },
        "groups": [dataclasses.asdict(group) for group in groups.groups],
        "curve": [dataclasses.asdict(point) for point in groups.curve],
        "stability": dataclasses.asdict(groups.stability),
        "variance_explained": list(groups.variance_explained),
        "figures": [figure._asdict() for figure in groups.figures],
        "consensus": [figure._asdict() for figure in groups.consensus],
        "statements": [str(one) for one in groups.statements.tolist()],
        "left_out": list(groups.left_out),
        "axes": groups.axes.tolist(),
        "means": groups.means.tolist(),
        "steadying": groups.steadying,
        "map": _map(groups),
        "lineage": dataclasses.asdict(groups.lineage),
        "settings": dataclasses.asdict(groups.settings),
    }
    return {name: _rounded(value) for name, value in plain.items()}


def _map(groups: OpinionGroups) -> list[dict[str, Any]]:
    """Return how many people of each group are at each place; the middle of a square stands for those in it."""
    placed = groups.labels >= 0
    points, labels = groups.points[placed].astype(np.int64), groups.labels[placed].astype(np.int64)
    if len(points) > groups.settings.grid**2:
        points = _squared(points, grid=groups.settings.grid)
    rows, counts = np.unique(np.column_stack([points, labels]), axis=0, return_counts=True)
    return [
        {"x": x / POINT_UNIT, "y": y / POINT_UNIT, "group": groups.groups[label].id, "people": people}
        for (x, y, label), people in zip(rows.tolist(), counts.tolist(), strict=True)
    ]


def _squared(points: npt.NDArray[np.int64], *, grid: int) -> npt.NDArray[np.int64]:
    """Return the middles of the squares that points lie in, on a grid over all of them."""
    lowest = points.min(axis=0)
    side = np.maximum((points.max(axis=0) - lowest) // grid + 1, 1)
    middles: npt.NDArray[np.int64] = (points - lowest) // side * side + lowest + side // 2
    return middles


def _rounded(value: Any) -> Any:
    """Return a value with every number that is not whole at nine significant digits."""
    if isinstance(value, float):
        return float(f"{value:.{SIGNIFICANT_DIGITS}g}")
    if isinstance(value, dict):
        return {name: _rounded(one) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [_rounded(one) for one in value]
    return value
