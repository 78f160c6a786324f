"""Keeping the numbers beside the filters in step, inside the transaction of the act that changes them."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from django.db import connection

from answerable.consultations.models import Contribution, FacetCount
from answerable.consultations.queries.question_numbers import question_numbers

FacetKey = tuple[int, str, str]
_AT_ONCE = 200


def facets_had_by(contributions: Sequence[Contribution]) -> Counter[FacetKey]:
    """Return how often contributions, in whatever state, have each value as (session id, facet, value)."""
    by_key = facets_by_contribution(contributions)
    return Counter((row.session_id, *pair) for row in contributions for pair in by_key[row.pk])


def facets_by_contribution(contributions: Sequence[Contribution]) -> dict[int, list[tuple[str, str]]]:
    """Return the facets of each contribution with their values, by contribution id; one query for every 500."""
    found = {row.pk: [(facet, value) for facet, value in _said_by(row) if value] for row in contributions}
    for key, number in question_numbers(list(found)):
        found[key].append(("question", str(number)))
    return found


def _said_by(row: Contribution) -> tuple[tuple[str, str | None], ...]:
    return ("kind", row.kind), ("sector", row.sector_id), ("country", row.country_id), ("language", row.language)


def add_to_facets(changes: Mapping[FacetKey, int]) -> None:
    """Add to the kept numbers, or take from them; the caller holds the locks of the sessions."""
    added = sorted((key, by) for key, by in changes.items() if by)
    with connection.cursor() as cursor:
        for first in range(0, len(added), _AT_ONCE):
            chunk = added[first : first + _AT_ONCE]
            cursor.execute(_upsert(len(chunk)), [*_params(chunk)])


def _params(chunk: Sequence[tuple[FacetKey, int]]) -> Iterator[int | str]:
    for (session, facet, value), by in chunk:
        yield from (session, facet, value, by)


def _upsert(rows: int) -> str:
    """Write what adds to rows, or makes those that are missing: one statement, which no query set can say."""
    table = FacetCount._meta.db_table
    values = ", ".join(["(%s, %s, %s, %s)"] * rows)
    return (
        f"INSERT INTO {table} (session_id, facet, value, count) VALUES {values} "  # noqa: S608  # names of our own
        f"ON CONFLICT (session_id, facet, value) DO UPDATE SET count = {table}.count + excluded.count"
    )
