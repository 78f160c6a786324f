"""Full-text search in contributions: one index table, written by actions and asked here, for either database engine."""

from collections.abc import Iterable, Sequence

from django.db import connection
from django.db.models import F, Q, Value
from django.db.models.expressions import RawSQL
from django.db.models.functions import Coalesce
from django.db.models.lookups import Exact

from answerable.consultations.queries.search_marks import marks_of
from answerable.consultations.queries.search_words import Term, search_terms
from answerable.consultations.states import PostState

_SQLITE = "SELECT rowid FROM consultations_search WHERE consultations_search MATCH %s"
_POSTGRESQL = "SELECT contribution_id FROM consultations_search WHERE words @@ %s::tsquery"
_MOST_FEW = 300


def matching(text: str, *, languages: Sequence[str]) -> Q:
    """
    Return the condition that a contribution has all words of a search text, whatever their accents and endings.

    ``languages`` are those whose endings are tried, the reader's first. A text without words matches everything.
    """
    expression = search_expression(text, languages=languages)
    return having(expression) if expression else Q()


def search_expression(text: str, *, languages: Sequence[str]) -> str:
    """Return a search text as the database's own search is asked for it; empty for a text without words."""
    terms = search_terms(text, languages)
    return _tsquery(terms) if connection.vendor == "postgresql" else _fts5_query(terms)


def having(expression: str) -> Q:
    """Return the condition that a contribution fits what ``search_expression`` returned."""
    asked = _POSTGRESQL if connection.vendor == "postgresql" else _SQLITE
    return Q(pk__in=RawSQL(asked, [expression]))  # noqa: S611 - the words go in as a parameter


def marked(expression: str, *, session: int, facets: Iterable[tuple[str, str]]) -> str:
    """Return an expression, if any, that is narrowed to the public contributions of a session with some facets."""
    marks = marks_of(session, facets)[1:] or marks_of(session, ())
    if connection.vendor == "postgresql":
        return " & ".join([*(f"'{mark}'" for mark in marks), *filter(None, [expression])])
    return " AND ".join([*(f'"{mark}"' for mark in marks), *filter(None, [expression])])


def found_count(expression: str, *, most: int | None = None) -> int:
    """Return how many contributions, public or not, the search finds, counting up to ``most``; one query."""
    asked = _POSTGRESQL if connection.vendor == "postgresql" else _SQLITE
    limit = "" if most is None else f" LIMIT {most:d}"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT COUNT(*) FROM ({asked}{limit}) AS found", [expression])  # noqa: S608  # a number
        return int(cursor.fetchone()[0])


def counts_best(words: str) -> bool:
    """Say whether the search counts faster than the database over its rows: on PostgreSQL only with words."""
    return connection.vendor == "sqlite" or bool(words)


def are_few(expression: str) -> bool:
    """
    Say whether the search finds so few that their rows are read at once; one query, on SQLite alone.

    PostgreSQL knows how frequent words are, and chooses by itself.
    """
    return connection.vendor == "sqlite" and found_count(expression, most=_MOST_FEW + 1) <= _MOST_FEW


def is_few(count: int) -> bool:
    """Say whether so many rows are best found by the search and put in order, and not by walking along an order."""
    return count <= _MOST_FEW


def public_among_few() -> Exact[str]:
    """
    Return the condition that contributions which the search finds are public, where they are few.

    It hides from the database that an index knows the state: it would rather walk along all public contributions in
    order, in the hope of meeting some soon, than read the few.
    """
    return Exact(Coalesce(F("state"), Value("")), Value(PostState.PUBLIC.value))


def _fts5_query(terms: list[Term]) -> str:
    """Write terms for SQLite's FTS5; words are letters, digits and marks only, so quoting them is enough."""
    return " AND ".join(
        "(" + " OR ".join(f'"{word}"{"*" if term.is_prefix else ""}' for word in term.words) + ")" for term in terms
    )


def _tsquery(terms: list[Term]) -> str:
    """Write terms for PostgreSQL; words are letters, digits and marks only, so quoting them is enough."""
    return " & ".join(
        "(" + " | ".join(f"'{word}'{':*' if term.is_prefix else ''}" for word in term.words) + ")" for term in terms
    )
