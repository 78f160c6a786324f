"""
Write frozen records as plain values that JSON can hold, and read them back as what they were.

Records are written one by one with the names of their members (`to_plain`), or, where only this program reads them
back, column by column (`to_packed`), which takes a fraction of the time and the space.
"""

import base64
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from functools import lru_cache
from itertools import accumulate, chain, pairwise
from operator import attrgetter
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

import numpy as np

_PLAIN = frozenset({str, int, float, bool, NoneType})
_SPARSE_UP_TO = 0.25


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


def to_packed(value: object) -> Any:
    """Return what `from_plain` reads back as the same, short: many records of a kind as one list for each member."""
    kind: Any = type(value)
    if isinstance(value, list | tuple) and _are_records(value):
        record: Any = type(value[0])
        kinds = _kinds(record)
        return {"columns": {name: _column(value, name, kinds[name]) for name in _members(record)}}
    if isinstance(value, np.ndarray):
        return _packed_array(value)
    if isinstance(value, list | tuple):
        return [one if type(one) in _PLAIN else to_packed(one) for one in value]
    if isinstance(value, dict):
        return {name: to_packed(one) for name, one in value.items()}
    if names := _members(kind):
        return {name: to_packed(getattr(value, name)) for name in names}
    return to_plain(value)


def _are_records(values: Any) -> bool:
    """Tell whether values are records, at least one, and all of one kind with members."""
    kinds: set[Any] = set(map(type, values))
    return len(kinds) == 1 and bool(_members(kinds.pop()))


def _column(records: Any, name: str, kind: Any) -> Any:
    """Return one member of all records; the records in many lists as those of one, with the length of each."""
    values = list(map(attrgetter(name), records))
    if _is_plain(kind):
        return values
    inside = list(chain.from_iterable(values)) if _is_records(kind) else []
    if inside and _are_records(inside):
        return {"lengths": list(map(len, values)), "all": to_packed(inside)}
    return [to_packed(one) for one in values]


@lru_cache(maxsize=256)
def _is_records(kind: Any) -> bool:
    """Tell whether a type is a tuple of any length, of records of one kind."""
    arguments = get_args(kind)
    return get_origin(kind) is tuple and arguments[1:] == (Ellipsis,) and is_dataclass(arguments[0])


@lru_cache(maxsize=256)
def _is_plain(kind: Any) -> bool:
    """Tell whether JSON can hold every value of a type as it is."""
    origin, arguments = get_origin(kind), get_args(kind)
    if origin in {tuple, list, Union, UnionType}:
        return all(one is Ellipsis or _is_plain(one) for one in arguments)
    return kind in _PLAIN or origin is Literal


def _packed_array(value: np.ndarray[Any, Any]) -> Any:
    """Return an array by the places and values of what is not 0, if that is little."""
    flat = value.ravel()
    places = np.flatnonzero(flat)
    if value.dtype.kind not in "iuf" or len(places) > _SPARSE_UP_TO * len(flat):
        return to_plain(value)
    return {**to_plain(flat[places]), "shape": list(value.shape), "places": to_plain(places.astype(np.int64))}


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
        return _array(value)
    if isinstance(kind, type) and is_dataclass(kind):
        known = _kinds(kind)
        return kind(**{name: _read(known[name], part) for name, part in value.items() if name in known})
    return float(value) if kind is float else value


def _array(value: Any) -> np.ndarray[Any, Any]:
    """Return an array from its bytes, or from those of the values at some places, all others being 0."""
    flat = np.frombuffer(base64.b64decode(value["base64"]), dtype=np.dtype(value["array"]))
    if "places" not in value:
        return flat.reshape(value["shape"]).copy()
    whole = np.zeros(value["shape"], dtype=flat.dtype)
    whole.ravel()[_array(value["places"])] = flat
    return whole


def _collection(origin: Any, arguments: tuple[Any, ...], value: Any) -> Any:
    """Return plain values as a tuple, list or dict."""
    if origin is not dict and isinstance(value, Mapping):
        return origin(_records(arguments[0], value["columns"]))
    if origin is dict:
        return {name: _read(arguments[1], part) for name, part in value.items()}
    if origin is tuple and arguments[-1] is not Ellipsis:
        return tuple(_read(one, part) for one, part in zip(arguments, value, strict=True))
    return origin(_read(arguments[0], part) for part in value)


def _records(kind: Any, columns: Mapping[str, Any]) -> list[Any]:
    """Return the records that are given by one list for each of their members."""
    kinds = get_args(kind) if get_origin(kind) in {Union, UnionType} else (kind,)
    record = next(one for one in kinds if isinstance(one, type) and is_dataclass(one))
    known = _kinds(record)
    named = {name: _read_column(known[name], values) for name, values in columns.items() if name in known}
    made: list[Any] = [record(**dict(zip(named, values, strict=True))) for values in zip(*named.values(), strict=True)]
    return made


def _read_column(kind: Any, values: Any) -> list[Any]:
    """Return one member of many records."""
    if not isinstance(values, Mapping):
        return [_read(kind, one) for one in values]
    inside = _read(kind, values["all"])
    ends = accumulate(values["lengths"], initial=0)
    return [inside[start:end] for start, end in pairwise(ends)]


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
