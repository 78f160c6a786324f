"""
What a form offers, as pairs of stored value and shown text.

These read the packaged tables, not the database, once for each process and language: a form costs no query, and
``dict(country_choices(language))`` names a country from its code alone.
"""

from functools import lru_cache

from answerable.reference.models import Language, reading_language
from answerable.reference.models.labels import Labelled
from answerable.reference.queries.packaged import (
    packaged_countries,
    packaged_entity_types,
    packaged_languages,
    packaged_sectors,
    packaged_stakeholder_groups,
    packaged_targets,
)
from answerable.reference.queries.sorting import sorting_key

_Choices = tuple[tuple[str, str], ...]
_LANGUAGES_KEPT = 128


def country_choices(language: str | None) -> list[tuple[str, str]]:
    """Offer every country and area as (ISO alpha-3, name), sorted in the reader's language."""
    return list(_countries(reading_language(language)))


def sector_choices(language: str | None) -> list[tuple[str, str]]:
    """Offer every sector as (key, label)."""
    return list(_sectors(reading_language(language)))


def stakeholder_group_choices(language: str | None) -> list[tuple[str, str]]:
    """Offer every stakeholder group as (key, label), Major Groups first."""
    return list(_stakeholder_groups(reading_language(language)))


def entity_type_choices(language: str | None) -> list[tuple[str, str]]:
    """Offer every entity type as (key, label)."""
    return list(_entity_types(reading_language(language)))


def language_choices(language: str | None) -> list[tuple[str, str]]:
    """Offer every language as (code, name with its own name in brackets), the six first, then sorted."""
    return list(_languages(reading_language(language)))


def target_choices(language: str | None) -> list[tuple[str, str]]:
    """Offer every target as (code, code and short label) in their official order."""
    return list(_targets(reading_language(language)))


def _labelled(rows: list[Labelled], *, language: str) -> _Choices:
    """Pair the key and the label of rows in their own order."""
    return tuple((str(row.pk), row.label(language).text) for row in rows)


@lru_cache(maxsize=_LANGUAGES_KEPT)
def _countries(language: str) -> _Choices:
    """Pair and sort the countries."""
    pairs = [(country.iso3, country.label(language).text) for country in packaged_countries()]
    return tuple(sorted(pairs, key=lambda pair: sorting_key(pair[1], language=language)))


@lru_cache(maxsize=_LANGUAGES_KEPT)
def _sectors(language: str) -> _Choices:
    """Pair the sectors."""
    return _labelled([*packaged_sectors()], language=language)


@lru_cache(maxsize=_LANGUAGES_KEPT)
def _stakeholder_groups(language: str) -> _Choices:
    """Pair the stakeholder groups."""
    return _labelled([*packaged_stakeholder_groups()], language=language)


@lru_cache(maxsize=_LANGUAGES_KEPT)
def _entity_types(language: str) -> _Choices:
    """Pair the entity types."""
    return _labelled([*packaged_entity_types()], language=language)


@lru_cache(maxsize=_LANGUAGES_KEPT)
def _targets(language: str) -> _Choices:
    """Pair the targets."""
    return tuple((row.code, f"{row.code} {row.label(language).text}") for row in packaged_targets())


@lru_cache(maxsize=_LANGUAGES_KEPT)
def _languages(language: str) -> _Choices:
    """Pair the languages, the six in their fixed order and the others by name."""
    rows = packaged_languages()
    official = [(row.code, _language_text(row, language=language)) for row in rows if row.is_un_language]
    others = [(row.code, _language_text(row, language=language)) for row in rows if not row.is_un_language]
    return (*official, *sorted(others, key=lambda pair: sorting_key(pair[1], language=language)))


def _language_text(row: Language, *, language: str) -> str:
    """Write a language for a list: its name to the reader, and in brackets its own where that differs."""
    name, own = row.label(language).text, row.own_name
    listed = name[:1].upper() + name[1:]  # CLDR writes names as inside a sentence, lists begin with a capital.
    return listed if own.casefold() == name.casefold() else f"{listed} ({own})"
