"""Keep a map without its people, so that a later run can tell which of its groups are the same."""

import dataclasses
from collections.abc import Mapping
from typing import Any

import numpy as np
import numpy.typing as npt

from answerable.engine.opinion.document import opinion_document
from answerable.engine.opinion.records import (
    CurvePoint,
    Lineage,
    OpinionGroup,
    OpinionGroups,
    OpinionSettings,
    Stability,
)

_KEPT = (
    "groups",
    "curve",
    "stability",
    "statements",
    "left_out",
    "axes",
    "means",
    "steadying",
    "lineage",
    "settings",
)


@dataclasses.dataclass(frozen=True)
class KeptMap:
    """
    Hold what is left of a result without anything about single people: what it was drawn with, and its groups.

    `axes` float64 (statements, 2) and `means` (statements,) are in the order of `statements`, which is sorted.
    """

    groups: tuple[OpinionGroup, ...]
    curve: tuple[CurvePoint, ...]
    stability: Stability
    statements: npt.NDArray[np.str_]
    left_out: tuple[str, ...]
    axes: npt.NDArray[np.float64]
    means: npt.NDArray[np.float64]
    steadying: int
    lineage: Lineage
    settings: OpinionSettings

    @property
    def k(self) -> int:
        """Return how many groups there were; 1 where none were clear."""
        return len(self.groups)


def map_to_keep(groups: OpinionGroups) -> dict[str, Any]:
    """Return what `kept_map` reads back, as plain values for JSON; it names no participant and places none."""
    document = opinion_document(groups)
    return {name: document[name] for name in _KEPT}


def kept_map(document: Mapping[str, Any]) -> KeptMap | None:
    """
    Return the map that `map_to_keep`, or `opinion_document`, wrote down; None when the document has no such map.

    Settings that are not known any more are left aside, those not known then are as they are by default.
    """
    if any(name not in document for name in _KEPT):
        return None
    names = {field.name for field in dataclasses.fields(OpinionSettings)}
    stability = document["stability"] | {"splits": tuple(document["stability"]["splits"])}
    return KeptMap(
        groups=tuple(OpinionGroup(one["id"], one["size"], (*one["centre"],)) for one in document["groups"]),
        curve=tuple(CurvePoint(**point) for point in document["curve"]),
        stability=Stability(**stability),
        statements=np.array(document["statements"], dtype=np.str_),
        left_out=tuple(document["left_out"]),
        axes=np.array(document["axes"], dtype=np.float64).reshape(-1, 2),
        means=np.array(document["means"], dtype=np.float64),
        steadying=int(document["steadying"]),
        lineage=Lineage(**document["lineage"]),
        settings=OpinionSettings(**{name: value for name, value in document["settings"].items() if name in names}),
    )
