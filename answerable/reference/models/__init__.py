"""What one row is in the world: goals, places, axes and languages. Rows come from the package and hardly change."""

from answerable.reference.models.axes import EntityType, Sector, StakeholderGroup
from answerable.reference.models.goals import Goal, Indicator, Target
from answerable.reference.models.labels import LANGUAGES_OF_LABELS, LocalText, reading_language
from answerable.reference.models.languages import Language
from answerable.reference.models.places import Country, Region

__all__ = [
    "LANGUAGES_OF_LABELS",
    "Country",
    "EntityType",
    "Goal",
    "Indicator",
    "Language",
    "LocalText",
    "Region",
    "Sector",
    "StakeholderGroup",
    "Target",
    "reading_language",
]
