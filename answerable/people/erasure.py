"""The register of erasers: how each room forgets a person."""

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from answerable.people.models import Person

Eraser = Callable[["Person", datetime], int]
_ERASERS: dict[str, Eraser] = {}


def register_eraser(model_label: str, eraser: Eraser) -> None:
    """Keep the function that erases a person's data from one model; it returns how many rows it changed."""
    _ERASERS[model_label] = eraser


def registered_erasers() -> dict[str, Eraser]:
    """Return the erasers by model label, for ``erase_person`` and for the test that demands one a personal model."""
    return dict(_ERASERS)
