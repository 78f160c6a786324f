"""Published findings across all consultations: the newest, and those that hold some words."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from answerable.consultations.states import ConsultationState
from answerable.synthesis.models import OutcomeReport
from answerable.synthesis.queries.report_findings import finding_anchor
from answerable.synthesis.states import ReportState

_MOST_REPORTS = 200


@dataclass(frozen=True, slots=True)
class PublishedFinding:
    """One finding as the published report says it, with one of its quotes and where it is to be read."""

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


def newest_findings(*, limit: int = 3) -> list[PublishedFinding]:
    """Return the first findings of the reports published last, one of each report in turn; one query."""
    rows = list(_published()[:limit])
    columns = [list(_findings(row)) for row in rows]
    depth = max((len(column) for column in columns), default=0)
    in_turn = [column[place] for place in range(depth) for column in columns if place < len(column)]
    return in_turn[:limit]


def findings_matching(words: str, *, limit: int = 20) -> list[PublishedFinding]:
    """
    Return published findings whose title or statement holds all the words, of the newest reports first; one query.

    The content of a report is frozen as one piece, so its findings are compared here rather than in the database.
    """
    wanted = [word.casefold() for word in words.split()]
    if not wanted:
        return []
    found: list[PublishedFinding] = []
    for row in _published()[:_MOST_REPORTS].iterator():
        for finding in _findings(row):
            text = f"{finding.title} {finding.statement}".casefold()
            if all(word in text for word in wanted):
                found.append(finding)
                if len(found) == limit:
                    return found
    return found


def _published() -> Any:  # a query set of values
    rows = OutcomeReport.objects.filter(state=ReportState.PUBLISHED)
    rows = rows.exclude(consultation__state=ConsultationState.DRAFT).order_by("-published_at", "-pk")
    return rows.values("content__sessions", "content__consultation", "content__language", "published_at")


def _findings(row: dict[str, Any]) -> Iterator[PublishedFinding]:
    consultation = row["content__consultation"]
    for session in row["content__sessions"]:
        for finding in session["findings"]:
            yield _finding(finding, consultation, language=row["content__language"], at=row["published_at"])


def _finding(finding: dict[str, Any], consultation: dict[str, Any], *, language: str, at: datetime) -> PublishedFinding:
    quote = finding["citations"][0] if finding["citations"] else {}
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
        published_at=at,
        address=f"{consultation['address']}#{finding_anchor(finding['public_id'])}",
        quote=quote.get("quote", ""),
        quote_language=quote.get("language", ""),
        quote_by=", ".join(part for part in by if part),
        quote_receipt=quote.get("receipt", ""),
    )
