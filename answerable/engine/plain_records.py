"""Write frozen records as plain values that JSON can hold, and read them back as what they were."""

import base64
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from functools import lru_cache
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

import numpy as np

_PLAIN = frozenset({str, int, float, bool, NoneType})


class NotARecord(ValueError):
    """Say that plain values do not fit the record they should be read as."""


def to_plain(value: object) -> Any:
    """Return a record with all records in it as dicts, lists, texts and numbers; arrays as base64."""
    kind: Any = type(value)
    if kind in _PLAIN:
        return value
    if names := _members(kind):
        members = [getattr(value, name) for name in names]
        return dict(zip(names, [one if type(one) in _PLAIN else to_plain(one) for one in members], strict=True))
    if isinstance(value, list | tuple):
        return [one if type(one) in _PLAIN else to_plain(one) for one in value]
    if isinstance(value, dict):
        return {name: to_plain(one) for name, one in value.items()}
    if isinstance(value, np.ndarray):
        written = base64.b64encode(value.tobytes()).decode()
        return {"array": value.dtype.str, "shape": list(value.shape), "base64": written}
    return value


@lru_cache(maxsize=256)
def _members(kind: Any) -> tuple[str, ...]:
    """Return the names of the members of a record, nothing for any other type."""
    return tuple(field.name for field in fields(kind)) if is_dataclass(kind) else ()


def from_plain(kind: Any, value: Any) -> Any:
    """
    Return plain values as a type: a record, a tuple, list or dict of such, an array, or one of several of these.

    Members a record does not have are left out; missing ones take their default. Raises NotARecord.
    """
    try:
        return _read(kind, value)
    except (TypeError, KeyError, ValueError, AttributeError) as error:
        message = f"It cannot be read as {kind}: {error}."
        raise NotARecord(message) from error


def _read(kind: Any, value: Any) -> Any:
    """Return plain values as a type."""
    origin, arguments = get_origin(kind), get_args(kind)
    if origin in {Union, UnionType}:
        return _read(_fitting(arguments, value), value)
    if origin in {tuple, list, dict}:
        return _collection(origin, arguments, value)
    if origin is np.ndarray:
        flat = np.frombuffer(base64.b64decode(value["base64"]), dtype=np.dtype(value["array"]))
        return flat.reshape(value["shape"]).copy()
    if isinstance(kind, type) and is_dataclass(kind):
        known = _kinds(kind)
        return kind(**{name: _read(known[name], part) for name, part in value.items() if name in known})
    return float(value) if kind is float else value


def _collection(origin: Any, arguments: tuple[Any, ...], value: Any) -> Any:
    """Return plain values as a tuple, list or dict."""
    if origin is dict:
        return {name: _read(arguments[1], part) for name, part in value.items()}
    if origin is tuple and arguments[-1] is not Ellipsis:
        return tuple(_read(one, part) for one, part in zip(arguments, value, strict=True))
    return origin(_read(arguments[0], part) for part in value)


def _fitting(kinds: tuple[Any, ...], value: Any) -> Any:
    """Return which of several types plain values are of, by their outer form."""
    if value is None:
        return NoneType
    form: tuple[Any, ...] = (tuple, list) if isinstance(value, list) else (dict,)
    for kind in kinds:
        if isinstance(value, Mapping) and is_dataclass(kind):
            return kind
        if isinstance(value, list | Mapping) and get_origin(kind) in form:
            return kind
    return next(kind for kind in kinds if kind is not NoneType)


@lru_cache(maxsize=256)
def _kinds(record: type) -> dict[str, Any]:
    """Return the type of each member of a record."""
    return get_type_hints(record)
