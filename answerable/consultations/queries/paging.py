"""
Pages that cost the same however deep they lie: each is found by the place where the last one ended.

A cursor is an opaque word for an address. It names the row at the edge by its public name, never by a database id.
"""

import base64
import binascii
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, TypeVar

from django.db.models import Model, QuerySet, Subquery

Row = TypeVar("Row", bound=Model)
Item = TypeVar("Item")
NAMES = {"Contribution": "receipt_code", "Reply": "receipt_code"}


@dataclass(frozen=True, slots=True)
class Page(Generic[Item]):
    """Some rows in order; a cursor is empty where nothing follows or precedes."""

    items: Sequence[Item]
    next_cursor: str = ""
    previous_cursor: str = ""


@dataclass(frozen=True, slots=True)
class Order:
    """Order by one column that has an index together with the id, both in one direction."""

    field: str
    is_descending: bool = True


@dataclass(frozen=True, slots=True)
class _Place:
    """The row at the edge of a page, and whether to read on after it or back before it."""

    is_back: bool
    value: int | datetime
    name: str


def page_of(rows: QuerySet[Row], *, order: Order, cursor: str, limit: int) -> Page[Row]:
    """
    Return up to ``limit`` rows from a cursor on, or from the start when it is empty or broken.

    One query, and from a cursor on at most two, beside those for what the rows prefetch.
    """
    place = _read(cursor)
    is_back = place is not None and place.is_back
    found = _found(rows, order.field, place, is_descending=order.is_descending != is_back, most=limit + 1)
    has_more = len(found) > limit
    found = found[:limit][::-1] if is_back else found[:limit]
    has_next, has_previous = (True, has_more) if is_back else (has_more, place is not None)
    return Page(
        items=found,
        next_cursor=_write(found[-1], order.field, is_back=False) if found and has_next else "",
        previous_cursor=_write(found[0], order.field, is_back=True) if found and has_previous else "",
    )


def _found(rows: QuerySet[Row], field: str, place: _Place | None, *, is_descending: bool, most: int) -> list[Row]:
    """
    Return up to ``most`` rows beyond a place, in order.

    Rows with the same value as the place are asked for first and by themselves: only so does SQLite enter the index at
    the very row where thousands share a value, as all those of one imported file do.
    """
    sign, step = ("-", "lt") if is_descending else ("", "gt")
    ordered = rows.order_by(f"{sign}{field}", f"{sign}pk")
    if place is None:
        return list(ordered[:most])
    alike = {field: place.value, f"pk__{step}": Subquery(_edge(rows, place))}
    found = list(ordered.filter(**alike)[:most])
    if len(found) < most:
        found += ordered.filter(**{f"{field}__{step}": place.value})[: most - len(found)]
    return found


def _edge(rows: QuerySet[Row], place: _Place) -> QuerySet[Row, Any]:
    """Return the id of the row at a place as a query."""
    name = NAMES.get(rows.model.__name__, "public_id")
    return rows.model._default_manager.filter(**{name: place.name}).values("pk")[:1]


def _write(row: Model, field: str, *, is_back: bool) -> str:
    value: Any = getattr(row, field)
    name: str = getattr(row, NAMES.get(type(row).__name__, "public_id"))
    parts = [int(is_back), value.isoformat() if isinstance(value, datetime) else value, name]
    return base64.urlsafe_b64encode(json.dumps(parts, separators=(",", ":")).encode()).decode().rstrip("=")


def _read(cursor: str) -> _Place | None:
    """Return the place a cursor stands for; None for an empty or a broken one, which then means the start."""
    if not cursor:
        return None
    try:
        is_back, value, name = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        moment = datetime.fromisoformat(value) if isinstance(value, str) else int(value)
    except (ValueError, TypeError, binascii.Error, UnicodeEncodeError):
        return None
    if isinstance(moment, datetime) and moment.tzinfo is None:
        return None
    return _Place(bool(is_back), moment, str(name))
