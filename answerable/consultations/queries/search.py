"""Full-text search in contributions: one index table, written by actions and asked here, for either database engine."""

from collections.abc import Sequence

from django.db import connection
from django.db.models import Q
from django.db.models.expressions import RawSQL

from answerable.consultations.queries.search_words import Term, search_terms

_SQLITE = "SELECT rowid FROM consultations_search WHERE consultations_search MATCH %s"
_POSTGRESQL = "SELECT contribution_id FROM consultations_search WHERE words @@ %s::tsquery"


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
