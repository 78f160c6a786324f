"""Filling the database with the rows that come with the package."""

import json
from collections.abc import Callable, Iterable, Sequence

from django.db import models, transaction

from answerable.reference.queries import packaged

# In an order in which every row finds the rows it points at.
_BUILDERS: tuple[Callable[[], Sequence[models.Model]], ...] = (
    packaged.packaged_goals,
    packaged.packaged_targets,
    packaged.packaged_indicators,
    packaged.packaged_regions,
    packaged.packaged_countries,
    packaged.packaged_sectors,
    packaged.packaged_stakeholder_groups,
    packaged.packaged_entity_types,
    packaged.packaged_languages,
)


def load_reference(*, using: str = "default") -> dict[str, int]:
    """
    Bring the reference rows up to the packaged tables, and say how many rows of each model were written.

    Repeating it writes nothing. Official wording that an operator loaded stays; rows that left the tables stay, since
    others may point at them.
    """
    with transaction.atomic(using=using):
        return {rows[0]._meta.object_name or "": _write(rows, using=using) for rows in (build() for build in _BUILDERS)}


def _write(rows: Sequence[models.Model], *, using: str) -> int:
    """Insert or update the rows that are missing or differ, and count them."""
    model = type(rows[0])
    fields = [field for field in model._meta.concrete_fields if not field.name.startswith("official_")]
    columns = [field.attname for field in fields]
    kept = set(_comparable(model._base_manager.using(using).values_list(*columns)))
    wanted = _comparable([getattr(row, column) for column in columns] for row in rows)
    stale = [row for row, values in zip(rows, wanted, strict=True) if values not in kept]
    if stale:
        model._base_manager.using(using).bulk_create(
            stale,
            update_conflicts=True,
            unique_fields=[model._meta.pk.name],
            update_fields=[field.name for field in fields if not field.primary_key],
        )
    return len(stale)


def _comparable(rows: Iterable[Iterable[object]]) -> list[str]:
    """Turn rows into texts that are equal when the rows are, whatever the order inside their JSON."""
    return [json.dumps([*row], sort_keys=True) for row in rows]
