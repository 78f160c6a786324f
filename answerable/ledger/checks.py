"""
Checks that the verifier runs beside its own: each stage compares its live rows with what the record says of them.

An app registers its checks when it starts, from its ``apps.py``. This registry and the people's erasers are the only
two of the house.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing found altered: a word for machines, what it is about, and a sentence that says what is wrong."""

    kind: str
    subject: str
    message: str
    index: int | None = None
    field: str = ""


CheckFunction = Callable[[], Iterable[Problem]]

_checks: dict[str, CheckFunction] = {}


def register_check(name: str, function: CheckFunction) -> None:
    """Have the verifier run a function under a name; raise ValueError when the name belongs to another function."""
    if _checks.setdefault(name, function) is not function:
        raise ValueError(f"The check {name!r} is already registered.")


def registered_checks() -> Mapping[str, CheckFunction]:
    """Return the checks by name, in the order in which they were registered."""
    return MappingProxyType(_checks)
