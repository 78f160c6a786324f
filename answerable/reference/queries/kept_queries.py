"""
Queries that are written once and asked many times with other values.

Writing a query as SQL costs Django more than the database needs to answer it. A kept query is an ordinary query set
whose SQL is written the first time; afterwards only its values change, and they always go in as parameters.
"""

import operator
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Generic, TypeVar

from django.core.exceptions import EmptyResultSet
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import QuerySet
from django.db.models.query import ModelIterable, ValuesListIterable, get_related_populators

from answerable.reference.queries.read_models import from_db_of, make_quick

Row = TypeVar("Row")
Value = int | str | datetime | Sequence[int]
Fill = Callable[[Sequence[Any]], Any]
_populators: Callable[..., list[Any]] = get_related_populators  # what the types say of it is of another release
# Small enough for every kind of number column, and nothing that a query says of itself.
_FIRST_NUMBER = 29_341
_FIRST_MOMENT = datetime(1907, 3, 9, 4, 7, 31, 100_003, tzinfo=UTC)
_PLACE = "answerable_kept_queries"


@dataclass(frozen=True, slots=True)
class _Written:
    """A query as SQL, how each of its parameters is filled from the values, and how its answer is read."""

    sql: str
    fills: tuple[Fill, ...]
    read: Callable[[Sequence[Sequence[Any]]], Iterator[Any]]


class KeptQuery(Generic[Row]):
    """
    A query whose SQL is kept: ``make`` gets one value for each it is asked with, and returns the query set.

    It must build the same query whatever the values are, and use each of them. Values are whole numbers, texts,
    moments, or sequences of numbers for ``__in``; a query is written anew for each length of a sequence, and for each
    set of named arguments, which may change the query itself. Rows come as models or, after ``values_list``, as tuples.
    Prefetches are not followed. What is kept belongs to one connection, so threads share nothing.
    """

    def __init__(self, make: Callable[..., QuerySet[Any, Row]]) -> None:
        """Keep how the query is made; nothing is asked yet."""
        self._make = make

    def all(self, *values: Value, **shape: object) -> list[Row]:
        """Return all rows; one query."""
        connection = connections["default"]
        lengths = tuple(_length(value) for value in values)
        if 0 in lengths:
            return []
        kept: dict[tuple[object, ...], _Written] = vars(connection).setdefault(_PLACE, {})
        key = (self, lengths, *map(type, values), *shape.items())
        written = kept.get(key)
        if written is None:
            written = kept[key] = _write(connection, self._make(*_marks(lengths, values), **shape), lengths, values)
        flat = _flat(connection, values)
        with connection.cursor() as cursor:
            cursor.execute(written.sql, [fill(flat) for fill in written.fills])
            found = cursor.fetchall()
        return list(written.read(found))

    def first(self, *values: Value, **shape: object) -> Row | None:
        """Return the first row, or None; the query set itself should not ask for more than one."""
        return next(iter(self.all(*values, **shape)), None)


def _length(value: Value) -> int:
    """Return the length of a sequence of numbers, -1 for a single value."""
    return -1 if isinstance(value, int | str | datetime) else len(value)


def within(text: str) -> str:
    """Return a text as a kept query is asked with it for ``__contains`` or ``__icontains``: nothing in it is a sign."""
    return str(connections["default"].ops.prep_for_like_query(text))


def _flat(connection: BaseDatabaseWrapper, values: Sequence[Value]) -> list[Any]:
    """Return the values one by one, as the database takes them."""
    flat: list[Any] = []
    for value in values:
        if isinstance(value, datetime):
            flat.append(connection.ops.adapt_datetimefield_value(value))
        elif isinstance(value, int | str):
            flat.append(value)
        else:
            flat.extend(value)
    return flat


def _marks(lengths: Sequence[int], values: Sequence[Value]) -> list[Any]:
    """Return a value of the same kind for each value, different from all others."""
    marks: list[Any] = []
    number = _FIRST_NUMBER
    for length, value in zip(lengths, values, strict=True):
        if length >= 0:
            marks.append([number + step for step in range(length)])
        elif isinstance(value, datetime):
            marks.append(_FIRST_MOMENT.replace(microsecond=number))
        else:
            marks.append(f"mark{number}" if isinstance(value, str) else number)
        number += max(length, 1)
    return marks


def _write(
    connection: BaseDatabaseWrapper, rows: QuerySet[Any, Any], lengths: Sequence[int], values: Sequence[Value]
) -> _Written:
    """Write a query that was made with marks for values, and find where they went."""
    marks = _flat(connection, _marks(lengths, values))
    compiler = rows.query.get_compiler(connection=connection)
    try:
        sql, params = compiler.as_sql()
    except EmptyResultSet:
        raise ValueError("A kept query cannot be one that is empty whatever its values are.") from None
    used: set[int] = set()
    fills = tuple(_fill(param, marks, used) for param in params)
    if len(used) < len(marks) or any(str(mark) in sql for mark in marks):
        raise ValueError("A value of a kept query does not go in as a parameter.")
    return _Written(sql, fills, _reader(rows, compiler))


def _fill(param: Any, marks: Sequence[Any], used: set[int]) -> Fill:  # whatever a database takes
    """Return what makes a parameter of the values: one of them, a text or a list around some, or always the same."""
    if isinstance(param, list | tuple):
        parts = [_fill(each, marks, used) for each in param]
        return lambda flat: [part(flat) for part in parts]
    for number, mark in enumerate(marks):
        if isinstance(param, type(mark)) and param == mark:
            used.add(number)
            return operator.itemgetter(number) if type(param) is type(mark) else _as(type(param), number)
        if isinstance(param, str) and isinstance(mark, str) and mark in param:
            used.add(number)
            return _around(number, *param.split(mark))
    return lambda _flat: param


def _as(kind: Callable[[Any], Any], number: int) -> Fill:
    """Return what gives a value in a kind of its own, as PostgreSQL is given small numbers."""
    return lambda flat: kind(flat[number])


def _around(number: int, *pieces: str) -> Fill:
    return lambda flat: str(flat[number]).join(pieces)


def _reader(rows: QuerySet[Any, Any], compiler: Any) -> Callable[..., Iterator[Any]]:  # Django does not type compilers
    """Return what turns rows of the database into models or tuples."""
    select = compiler.select[: compiler.col_count]
    steps = [
        (place, convert, expression)
        for place, (converts, expression) in compiler.get_converters([each[0] for each in select]).items()
        for convert in converts
    ]
    connection = compiler.connection

    def converted(found: Sequence[Sequence[Any]]) -> Iterator[list[Any]]:
        for each in found:
            row = list(each)
            for place, convert, expression in steps:
                row[place] = convert(row[place], expression, connection)
            yield row

    kind = rows._iterable_class  # noqa: SLF001  # as Django's own iterables do
    if kind is ValuesListIterable:
        return lambda found: map(tuple, converted(found))
    if kind is not ModelIterable:
        raise ValueError("A kept query gives models or tuples.")
    models = _models(rows, compiler)
    return lambda found: map(models, converted(found))


def _models(rows: QuerySet[Any, Any], compiler: Any) -> Callable[[list[Any]], Any]:
    """Return what turns a row into a model with those that are selected along with it."""
    klass, select, alias = compiler.klass_info, compiler.select, rows.db
    model, fields = klass["model"], klass["select_fields"]
    first, after = fields[0], fields[-1] + 1
    names = [each[0].target.attname for each in select[first:after]]
    populators = _populators(klass, select, alias)
    make_quick(populators)
    from_db = from_db_of(model)
    notes = list(compiler.annotation_col_map.items())

    def made(row: list[Any]) -> Any:
        one = from_db(alias, names, row[first:after])
        for populator in populators:
            populator.populate(row, one)
        for name, place in notes:
            setattr(one, name, row[place])
        return one

    return made
