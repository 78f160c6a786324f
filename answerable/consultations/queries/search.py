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
    terms = search_terms(text, languages)
    if not terms:
        return Q()
    if connection.vendor == "postgresql":
        wanted = RawSQL(_POSTGRESQL, [_tsquery(terms)])  # noqa: S611 - the words go in as a parameter
    else:
        wanted = RawSQL(_SQLITE, [_fts5_query(terms)])  # noqa: S611 - the words go in as a parameter
    return Q(pk__in=wanted)


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
