"""The rows as the package carries them, unsaved: what a fresh database is filled with, and what forms offer."""

from collections.abc import Iterator
from typing import Any

from answerable.reference.models import (
    LANGUAGES_OF_LABELS,
    Country,
    EntityType,
    Goal,
    Indicator,
    Language,
    Region,
    Sector,
    StakeholderGroup,
    Target,
)
from answerable.reference.models.tables import read_csv, read_toml


def _labels(row: dict[str, Any]) -> dict[str, str]:
    """Take the labels by language out of a row of a table."""
    return {language: row[language] for language in LANGUAGES_OF_LABELS if language in row}


def packaged_goals() -> list[Goal]:
    """Build the 17 goals."""
    return [Goal(**row) for row in read_toml("goals.toml")["goals"]]


def packaged_targets() -> list[Target]:
    """Build the 169 targets in their official order."""
    table: dict[str, dict[str, str]] = read_toml("targets.toml")
    return [
        Target(
            code=code,
            goal_id=int(code.split(".")[0]),
            position=position,
            labels={language: labels[code] for language, labels in table.items() if code in labels},
        )
        for position, code in enumerate(table["en"], start=1)
    ]


def packaged_indicators() -> list[Indicator]:
    """Build the listed indicators, then the withdrawn ones as inactive."""
    table = read_toml("indicators.toml")
    listed: list[str] = table["listed"]
    withdrawn: list[str] = table["withdrawn"]
    return [
        Indicator(
            code=code,
            target_id=code.rsplit(".", 1)[0],
            position=position,
            framework_edition=table["edition"],
            is_active=position <= len(listed),
        )
        for position, code in enumerate([*listed, *withdrawn], start=1)
    ]


def packaged_regions() -> list[Region]:
    """Build the regions, a parent before its parts."""
    return [
        Region(code=code, parent_id=row.get("parent"), labels=_labels(row))
        for code, row in read_toml("regions.toml").items()
    ]


def packaged_countries() -> list[Country]:
    """Build the countries and areas."""
    return [
        Country(
            iso3=row["iso3"],
            iso2=row["iso2"],
            m49=row["m49"],
            region_id=row["region"] or None,
            sub_region_id=row["sub_region"] or None,
            intermediate_region_id=row["intermediate_region"] or None,
            is_ldc=row["ldc"] == "1",
            is_lldc=row["lldc"] == "1",
            is_sids=row["sids"] == "1",
            commissions=row["commissions"].split(),
            associate_commissions=row["associate_commissions"].split(),
        )
        for row in read_csv("countries.csv")
    ]


def _ordered_rows(name: str) -> Iterator[dict[str, Any]]:
    """Read a table of keys in the order of forms, ready for a model's fields."""
    for position, (key, row) in enumerate(read_toml(name).items(), start=1):
        yield {"key": key, "position": position, "labels": _labels(row), "table_row": row}


def packaged_sectors() -> list[Sector]:
    """Build the sectors."""
    return [
        Sector(key=row["key"], position=row["position"], labels=row["labels"]) for row in _ordered_rows("sectors.toml")
    ]


def packaged_stakeholder_groups() -> list[StakeholderGroup]:
    """Build the stakeholder groups, Major Groups first."""
    return [
        StakeholderGroup(key=row["key"], position=row["position"], labels=row["labels"], kind=row["table_row"]["kind"])
        for row in _ordered_rows("stakeholder_groups.toml")
    ]


def packaged_entity_types() -> list[EntityType]:
    """Build the entity types."""
    return [
        EntityType(
            key=row["key"], position=row["position"], labels=row["labels"], sector_id=row["table_row"].get("sector")
        )
        for row in _ordered_rows("entity_types.toml")
    ]


def packaged_languages() -> list[Language]:
    """Build the languages, the six official ones first."""
    return [
        Language(
            code=row["code"],
            iso639_3=row["iso639_3"],
            direction=row["direction"],
            is_un_language=row["is_un_language"] == "1",
            autonym=row["autonym"],
            position=position,
        )
        for position, row in enumerate(read_csv("languages.csv"), start=1)
    ]
