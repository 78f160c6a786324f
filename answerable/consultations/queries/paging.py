"""
Pages that cost the same however deep they lie: each is found by the place where the last one ended.

A cursor is an opaque word for an address. It names the row at the edge by its public name, never by a database id.
"""

import base64
import binascii
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, Protocol, TypeVar

from django.db.models import Model, QuerySet, Subquery

from answerable.reference.queries.kept_queries import KeptQuery, Value

Row = TypeVar("Row", bound=Model)
Item = TypeVar("Item")
_LARGEST_COUNT = 2_147_483_647
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


class _Finder(Protocol[Row]):
    """Stand for what returns up to ``most`` rows beyond a place, or from the start, in order."""

    def __call__(self, place: _Place | None, *, is_descending: bool, most: int) -> list[Row]:
        """Return the rows."""
        ...


class KeptPages(Generic[Row]):
    """
    Pages of a query whose SQL is kept; ``make`` gets the values it is asked with and returns the rows in no order.

    What ``KeptQuery`` asks of ``make`` holds here too.
    """

    def __init__(self, make: Callable[..., QuerySet[Row]]) -> None:
        """Keep how the rows are found; nothing is asked yet."""
        self._make = make
        self._first = KeptQuery(self._rows)
        self._alike = KeptQuery(self._rows_alike)
        self._beyond = KeptQuery(self._rows_beyond)

    def page(self, *values: Value, order: Order, cursor: str, limit: int, **shape: object) -> Page[Row]:
        """Return what ``page_of`` returns for the rows that ``make`` gives for these values."""

        def found(place: _Place | None, *, is_descending: bool, most: int) -> list[Row]:
            asked = {**shape, "field": order.field, "is_descending": is_descending, "most": most}
            if place is None:
                return self._first.all(*values, **asked)
            rows = self._alike.all(*values, place.value, place.name, **asked)
            if len(rows) < most:
                rows += self._beyond.all(*values, place.value, **asked)[: most - len(rows)]
            return rows

        return _page(found, order=order, cursor=cursor, limit=limit)

    def _rows(self, *marks: Value, field: str, is_descending: bool, most: int, **shape: object) -> QuerySet[Row]:
        return _ordered(self._make(*marks, **shape), field, is_descending=is_descending)[:most]

    def _rows_alike(self, *marks: Value, field: str, is_descending: bool, most: int, **shape: object) -> QuerySet[Row]:
        *of_make, value, name = marks
        rows = _ordered(self._make(*of_make, **shape), field, is_descending=is_descending)
        return _alike(rows, field, value, name, is_descending=is_descending)[:most]

    def _rows_beyond(self, *marks: Value, field: str, is_descending: bool, most: int, **shape: object) -> QuerySet[Row]:
        *of_make, value = marks
        rows = _ordered(self._make(*of_make, **shape), field, is_descending=is_descending)
        return _beyond(rows, field, value, is_descending=is_descending)[:most]


def page_of(rows: QuerySet[Row], *, order: Order, cursor: str, limit: int) -> Page[Row]:
    """
    Return up to ``limit`` rows from a cursor on, or from the start when it is empty or broken.

    One query, and from a cursor on at most two, beside those for what the rows prefetch.
    """

    def found(place: _Place | None, *, is_descending: bool, most: int) -> list[Row]:
        ordered = _ordered(rows, order.field, is_descending=is_descending)
        if place is None:
            return list(ordered[:most])
        first = list(_alike(ordered, order.field, place.value, place.name, is_descending=is_descending)[:most])
        if len(first) < most:
            others = _beyond(ordered, order.field, place.value, is_descending=is_descending)
            first += others[: most - len(first)]
        return first

    return _page(found, order=order, cursor=cursor, limit=limit)


def _page(found_by: _Finder[Row], *, order: Order, cursor: str, limit: int) -> Page[Row]:
    """Return the page of a cursor with the cursors of its neighbours."""
    place = _read(cursor, is_moment=order.field.endswith("_at"))
    is_back = place is not None and place.is_back
    found = found_by(place, is_descending=order.is_descending != is_back, most=limit + 1)
    has_more = len(found) > limit
    found = found[:limit][::-1] if is_back else found[:limit]
    has_next, has_previous = (True, has_more) if is_back else (has_more, place is not None)
    return Page(
        items=found,
        next_cursor=_write(found[-1], order.field, is_back=False) if found and has_next else "",
        previous_cursor=_write(found[0], order.field, is_back=True) if found and has_previous else "",
    )


def _ordered(rows: QuerySet[Row], field: str, *, is_descending: bool) -> QuerySet[Row]:
    sign = "-" if is_descending else ""
    return rows.order_by(f"{sign}{field}", f"{sign}pk")


def _alike(rows: QuerySet[Row], field: str, value: object, name: object, *, is_descending: bool) -> QuerySet[Row]:
    """
    Return the rows beyond a place that have the same value as it.

    They are asked for first and by themselves: only so does SQLite enter the index at the very row where thousands
    share a value, as all those of one imported file do.
    """
    named = NAMES.get(rows.model.__name__, "public_id")
    edge = rows.model._default_manager.filter(**{named: name}).values("pk")[:1]
    return rows.filter(**{field: value, f"pk__{'lt' if is_descending else 'gt'}": Subquery(edge)})


def _beyond(rows: QuerySet[Row], field: str, value: object, *, is_descending: bool) -> QuerySet[Row]:
    return rows.filter(**{f"{field}__{'lt' if is_descending else 'gt'}": value})


def _write(row: Model, field: str, *, is_back: bool) -> str:
    value: Any = getattr(row, field)
    name: str = getattr(row, NAMES.get(type(row).__name__, "public_id"))
    parts = [int(is_back), value.isoformat() if isinstance(value, datetime) else value, name]
    return base64.urlsafe_b64encode(json.dumps(parts, separators=(",", ":")).encode()).decode().rstrip("=")


def _read(cursor: str, *, is_moment: bool) -> _Place | None:
    """Return the place a cursor stands for; None for an empty or a broken one, which then means the start."""
    if not cursor:
        return None
    try:
        is_back, value, name = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        place = datetime.fromisoformat(value) if is_moment else int(value)
    except (ValueError, TypeError, OverflowError, binascii.Error, UnicodeEncodeError):
        return None
    if place.tzinfo is None if isinstance(place, datetime) else not 0 <= place <= _LARGEST_COUNT:
        return None
    return _Place(bool(is_back), place, str(name))
