"""Keeping the search index in step, inside the transaction of the act that changes a text."""

from collections.abc import Iterable, Sequence

from django.db import connection

from answerable.consultations.actions.facets import facets_by_contribution
from answerable.consultations.models import Contribution
from answerable.consultations.queries.search_marks import marks_of
from answerable.consultations.queries.search_words import index_words
from answerable.consultations.states import PostState

_FORGET_SQLITE = "DELETE FROM consultations_search WHERE rowid = %s"
_FORGET_POSTGRESQL = "DELETE FROM consultations_search WHERE contribution_id = %s"
_ADD_SQLITE = "INSERT INTO consultations_search (rowid, words) VALUES (%s, %s)"
_ADD_POSTGRESQL = "INSERT INTO consultations_search (contribution_id, words) VALUES (%s, array_to_tsvector(%s::text[]))"


def index_contributions(contributions: Iterable[Contribution]) -> None:
    """Make contributions findable by their present text and, where they are public, by their present facets."""
    found = list(contributions)
    marks = _marks([row for row in found if row.state == PostState.PUBLIC])
    rows = [
        (row.pk, [*marks.get(row.pk, ()), *index_words(f"{row.text} {row.receipt_code}", row.language)])
        for row in found
    ]
    forget_contributions(key for key, _words in rows)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.executemany(_ADD_POSTGRESQL, rows)
        else:
            cursor.executemany(_ADD_SQLITE, [(key, " ".join(words)) for key, words in rows])


def forget_contributions(keys: Iterable[int]) -> None:
    """Take contributions out of the search."""
    statement = _FORGET_POSTGRESQL if connection.vendor == "postgresql" else _FORGET_SQLITE
    with connection.cursor() as cursor:
        cursor.executemany(statement, [(key,) for key in keys])


def _marks(contributions: Sequence[Contribution]) -> dict[int, list[str]]:
    facets = facets_by_contribution(contributions)
    return {row.pk: marks_of(row.session_id, facets[row.pk]) for row in contributions}
