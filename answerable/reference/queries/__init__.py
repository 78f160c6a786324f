"""What can be asked of the reference room."""

from answerable.reference.queries.choices import (
    country_choices,
    entity_type_choices,
    language_choices,
    sector_choices,
    stakeholder_group_choices,
    target_choices,
)
from answerable.reference.queries.rows import (
    countries,
    countries_of_commission,
    goal,
    goal_labels,
    goals,
    indicators_of,
    languages,
    targets_of,
)

__all__ = [
    "countries",
    "countries_of_commission",
    "country_choices",
    "entity_type_choices",
    "goal",
    "goal_labels",
    "goals",
    "indicators_of",
    "language_choices",
    "languages",
    "sector_choices",
    "stakeholder_group_choices",
    "target_choices",
    "targets_of",
]
