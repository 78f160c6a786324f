"""
Cursors: the opaque words in ``next`` addresses.

Pages of rows are cut by the consultations' own queries, which take a broken cursor for the start; here it is refused
before it reaches them. Lists out of a frozen report have cursors of their own: the version and the last item's name.
"""

import base64
import json
import re
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from answerable.consultations.queries.paging import Order
from answerable.publish.problems import UnusableParameter

_LARGEST_COUNT = 2_147_483_647
_NAME = re.compile(r"[0-9A-Za-z_-]{1,40}")
_ROW_PARTS, _REPORT_PARTS = 3, 2


def require_cursor(cursor: str, *, order: Order) -> None:
    """Raise UnusableParameter for a cursor that no page in this order has issued; an empty one is the start."""
    if not cursor:
        return
    match _parts(cursor, _ROW_PARTS):
        case [0 | 1, value, str(name)] if _is_value(value, order) and _NAME.fullmatch(name):
            return
    raise _broken()


def write_report_cursor(version: int, name: str) -> str:
    """Return the cursor after an item of one version of a report."""
    return _written([version, name])


def read_report_cursor(cursor: str) -> tuple[int, str]:
    """Return version and name of a cursor; raises UnusableParameter for a broken one."""
    match _parts(cursor, _REPORT_PARTS):
        case [int(version), str(name)] if 0 < version <= _LARGEST_COUNT:
            return version, name
    raise _broken()


def place_after(names: Sequence[str], name: str) -> int:
    """Return where the items after one begin; raises UnusableParameter where there is none of this name."""
    try:
        return names.index(name) + 1
    except ValueError:
        raise _broken() from None


def _parts(cursor: str, count: int) -> list[Any] | None:
    """Return what a cursor holds when it is written as we write it."""
    try:
        parts = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    except (ValueError, RecursionError):
        return None
    is_ours = isinstance(parts, list) and len(parts) == count and _written(parts) == cursor
    return parts if is_ours and not any(isinstance(part, bool) for part in parts) else None


def _written(parts: list[Any]) -> str:
    return base64.urlsafe_b64encode(json.dumps(parts, separators=(",", ":")).encode()).decode().rstrip("=")


def _is_value(value: Any, order: Order) -> bool:  # whatever JSON holds
    if not order.field.endswith("_at"):
        return isinstance(value, int) and 0 <= value <= _LARGEST_COUNT
    try:
        moment = datetime.fromisoformat(value)
        return moment.tzinfo is not None and bool(moment.astimezone(UTC))
    except (ValueError, TypeError, OverflowError):
        return False


def _broken() -> UnusableParameter:
    return UnusableParameter("cursor", "This cursor is broken: take it from `next` of the page before as it is.")
