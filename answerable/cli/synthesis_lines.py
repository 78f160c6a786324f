"""Write records as lines of JSON, many at a time: what `json.dumps` writes, at a fraction of the cost."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass
from functools import lru_cache
from itertools import accumulate, chain, islice, pairwise
from json.encoder import encode_basestring
from math import isfinite
from operator import attrgetter
from types import NoneType
from typing import Any

from answerable.engine.plain_records import to_plain

_AT_A_TIME = 5_000
_LITERALS: Mapping[Any, str] = {True: "true", False: "false", None: "null"}


def json_lines(records: Iterable[object]) -> Iterator[str]:
    """
    Yield each record as JSON on one line, its members in the order of the alphabet, beyond ASCII as it is.

    Records in a record, tuples and mappings are written as `plain_records.to_plain` would make them.
    """
    left = iter(records)
    while some := list(islice(left, _AT_A_TIME)):
        yield from _all_written(some)


def _all_written(values: Sequence[Any]) -> Iterable[str]:
    """Return each of some values as JSON; those of one type are written together, records member by member."""
    kinds = set(map(type, values))
    kind: Any = kinds.pop() if len(kinds) == 1 else None
    are_records = kind is not None and is_dataclass(kind)
    if kind is tuple or kind is list:
        return _lists(values)
    if kind is float and all(map(isfinite, values)):
        return map(float.__repr__, values)
    if are_records:
        form, names = _form(kind)
        columns = [_all_written(list(map(attrgetter(name), values))) for name in names]
        return map(form.__mod__, zip(*columns, strict=True)) if names else [form] * len(values)
    return map(_WRITERS.get(kind, _written), values)


def _lists(values: Sequence[Sequence[Any]]) -> Iterator[str]:
    """Yield each of some lists as JSON, what is in them being written together."""
    inside = list(_all_written(list(chain.from_iterable(values))))
    for start, end in pairwise(accumulate(map(len, values), initial=0)):
        yield f"[{', '.join(inside[start:end])}]"


def _written(value: Any) -> str:
    """Return any value as JSON."""
    kind = type(value)
    if writer := _WRITERS.get(kind):
        return writer(value)
    if is_dataclass(kind):
        return next(iter(_all_written([value])))
    return json.dumps(to_plain(value), ensure_ascii=False, sort_keys=True)


@lru_cache(maxsize=64)
def _form(kind: Any) -> tuple[str, tuple[str, ...]]:
    """Return how records of a kind are written, with places for the values, and the names of these."""
    names = tuple(sorted(field.name for field in fields(kind)))
    return "{" + ", ".join(f'"{name}": %s' for name in names) + "}", names


def _list(values: Iterable[Any]) -> str:
    """Return values as a JSON list."""
    return f"[{', '.join(map(_written, values))}]"


def _mapping(values: Mapping[str, Any]) -> str:
    """Return named values as a JSON object."""
    return "{" + ", ".join(f"{_written(name)}: {_written(values[name])}" for name in sorted(values)) + "}"


def _number(value: float) -> str:
    """Return a number as JSON, the way the library writes what is none."""
    return float.__repr__(value) if isfinite(value) else json.dumps(value)


_WRITERS: Mapping[Any, Callable[[Any], str]] = {
    str: encode_basestring,
    int: int.__repr__,
    float: _number,
    bool: _LITERALS.__getitem__,
    NoneType: _LITERALS.__getitem__,
    tuple: _list,
    list: _list,
    dict: _mapping,
}
