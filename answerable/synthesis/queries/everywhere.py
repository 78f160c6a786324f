"""Published findings across all consultations: the newest, and those that hold some words."""

from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from itertools import islice
from typing import Any

from django.db.models import QuerySet

from answerable.consultations.queries.search_words import Term, index_words, search_terms
from answerable.consultations.states import ConsultationState
from answerable.reference.queries.kept_queries import KeptQuery
from answerable.synthesis.models import OutcomeReport
from answerable.synthesis.queries.gone_quotes import gone_among
from answerable.synthesis.queries.report_findings import finding_anchor
from answerable.synthesis.states import ReportState

_MOST_REPORTS, _AT_ONCE = 200, 20
Report = tuple[Any, Any, Any, Any, Any]  # sessions, consultation, language, when it was published, time zone
Frozen = tuple[dict[str, Any], Report]  # a finding as it was published, and the report it stands in


@dataclass(frozen=True, slots=True)
class PublishedFinding:
    """
    One finding as the published report says it, with one of its quotes and where it is to be read.

    The quote is the first whose contribution is public now; the texts about it are empty when there is none.
    """

    number: str
    title: str
    statement: str
    kind: str
    kind_label: str
    language: str
    consultation_title: str
    consultation_language: str
    published_at: datetime
    address: str
    quote: str
    quote_language: str
    quote_by: str
    quote_receipt: str
    time_zone: str


def newest_findings(*, limit: int = 3) -> list[PublishedFinding]:
    """Return the first findings of the reports published last, one of each report in turn; two queries."""
    rows = _published.all(first=0, most=limit)
    columns = [list(_findings(row)) for row in rows]
    depth = max((len(column) for column in columns), default=0)
    in_turn = [column[place] for place in range(depth) for column in columns if place < len(column)]
    return _shown(in_turn[:limit])


def findings_matching(words: str, *, limit: int = 20) -> list[PublishedFinding]:
    """
    Return published findings whose title or statement holds all the words, of the newest reports first.

    Words are compared as the search of contributions does, whatever their accents and endings. One query for each
    twenty reports, and one for what is quoted. The content of a report is frozen as one piece, so its findings are
    compared here rather than in the database.
    """
    if not search_terms(words, ()):
        return []
    matching = (frozen for row in _newest_reports() for frozen in _findings(row) if _holds(frozen[0], words))
    return _shown(list(islice(matching, limit)))


def _holds(finding: Mapping[str, Any], words: str) -> bool:
    language = finding["language"]
    known = _words_of(f"{finding['title']} {finding['statement']}", language)
    return all(_is_among(term, known) for term in _terms_of(words, language))


def _is_among(term: Term, known: frozenset[str]) -> bool:
    if term.is_prefix:
        return any(word.startswith(term.words) for word in known)
    return not known.isdisjoint(term.words)


@lru_cache(maxsize=10_000)
def _words_of(text: str, language: str) -> frozenset[str]:
    return frozenset(index_words(text, language))


@lru_cache(maxsize=100)
def _terms_of(words: str, language: str) -> tuple[Term, ...]:
    return tuple(search_terms(words, (language,)))


def _newest_reports() -> Iterator[Report]:
    """Yield the newest published reports, at most two hundred; a query for each twenty that are asked for."""
    for first in range(0, _MOST_REPORTS, _AT_ONCE):
        rows = _published.all(first=first, most=_AT_ONCE)
        yield from rows
        if len(rows) < _AT_ONCE:
            return


def _reports(*, first: int, most: int) -> QuerySet[OutcomeReport, Any]:
    rows = OutcomeReport.objects.filter(state=ReportState.PUBLISHED)
    rows = rows.exclude(consultation__state=ConsultationState.DRAFT).order_by("-published_at", "-pk")
    said = rows.values_list(
        "content__sessions", "content__consultation", "content__language", "published_at", "consultation__time_zone"
    )
    return said[first : first + most]


_published = KeptQuery(_reports)


def _findings(report: Report) -> Iterator[Frozen]:
    return ((finding, report) for session in report[0] for finding in session["findings"])


def _shown(found: Sequence[Frozen]) -> list[PublishedFinding]:
    """Return findings with a quote that is public now; one query."""
    gone = gone_among([finding for finding, _report in found])
    return [_finding(finding, report, gone=gone) for finding, report in found]


def _finding(finding: dict[str, Any], report: Report, *, gone: Container[str]) -> PublishedFinding:
    _sessions, consultation, language, published_at, time_zone = report
    quote: dict[str, Any] = next((each for each in finding["citations"] if each["receipt"] not in gone), {})
    by = [quote.get("name", ""), quote.get("organisation", ""), quote.get("country", "")]
    return PublishedFinding(
        number=finding["number"],
        title=finding["title"],
        statement=finding["statement"],
        kind=finding["kind"],
        kind_label=finding["kind_label"],
        language=finding["language"] or language,
        consultation_title=consultation["title"],
        consultation_language=consultation["text_language"],
        published_at=published_at,
        address=f"{consultation['address']}#{finding_anchor(finding['public_id'])}",
        quote=quote.get("quote", ""),
        quote_language=quote.get("language", ""),
        quote_by=", ".join(part for part in by if part),
        quote_receipt=quote.get("receipt", ""),
        time_zone=time_zone,
    )
