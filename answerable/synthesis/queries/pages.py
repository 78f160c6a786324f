"""Cutting a page out of rows that were read with one more than it holds."""

from collections.abc import Callable, Sequence
from typing import TypeVar

from answerable.consultations.queries.paging import Page

Row = TypeVar("Row")


def cut_page(rows: Sequence[Row], *, limit: int, cursor_of: Callable[[Row], str]) -> Page[Row]:
    """Return a page of up to ``limit`` rows; its next cursor is that of its last row when there are more."""
    items = rows[:limit]
    return Page(items, next_cursor=cursor_of(items[-1]) if len(rows) > limit else "")
