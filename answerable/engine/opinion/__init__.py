"""
Find groups of people who take similar stances, what sets each apart, and what all of them agree to.

Stances go in as columns (`Stances`), groups come out (`find_opinion_groups`); `LiveGroups` follows a running
consultation, `opinion_document` is what `opinion.json` holds. See docs/concepts/opinion_groups.md.
"""

from answerable.engine.opinion.covotes import CovoteStatistics
from answerable.engine.opinion.document import opinion_document
from answerable.engine.opinion.groups import find_opinion_groups
from answerable.engine.opinion.kept import KeptMap, kept_map, map_to_keep
from answerable.engine.opinion.live import LiveGroups
from answerable.engine.opinion.records import (
    ConsensusFigure,
    CurvePoint,
    GroupFigure,
    OpinionGroup,
    OpinionGroups,
    OpinionSettings,
    Person,
    Stability,
)
from answerable.engine.opinion.stances import BadStance, Stances, UnknownStatement

__all__ = [
    "BadStance",
    "ConsensusFigure",
    "CovoteStatistics",
    "CurvePoint",
    "GroupFigure",
    "KeptMap",
    "LiveGroups",
    "OpinionGroup",
    "OpinionGroups",
    "OpinionSettings",
    "Person",
    "Stability",
    "Stances",
    "UnknownStatement",
    "find_opinion_groups",
    "kept_map",
    "map_to_keep",
    "opinion_document",
]
