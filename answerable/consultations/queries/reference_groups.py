"""Whom a statement of who should be heard may name."""

from answerable.consultations.states import ReferenceAxis
from answerable.reference.models.cldr import language_name
from answerable.reference.queries import (
    country_choices,
    language_choices,
    sector_choices,
    stakeholder_group_choices,
)


def reference_groups(axis: str, *, language: str | None) -> dict[str, str]:
    """
    Return the groups of an axis by key with their names in a language, in the order in which they are offered.

    Raises ValueError for an axis on which nothing can be stated.
    """
    if ReferenceAxis(axis) == ReferenceAxis.LANGUAGE:
        return {code: str(language_name(code, language=language)) for code, _label in language_choices(language)}
    offered = {
        ReferenceAxis.SECTOR: sector_choices,
        ReferenceAxis.STAKEHOLDER_GROUP: stakeholder_group_choices,
        ReferenceAxis.COUNTRY: country_choices,
    }
    return dict(offered[ReferenceAxis(axis)](language))
