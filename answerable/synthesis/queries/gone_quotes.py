"""
Quotes in published reports whose contributions are no longer public.

The frozen content and the files of a report stay as they were published; pages are made of what is public now.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from answerable.consultations.models import Consultation, Contribution
from answerable.consultations.states import PostState
from answerable.synthesis.models import OutcomeReport
from answerable.synthesis.queries.report_findings import finding_anchor
from answerable.synthesis.states import ReportState

Content = Mapping[str, Any]
_HIDDEN = {"quote": "", "name": "", "person": "", "organisation": "", "country": ""}


@dataclass(frozen=True, slots=True)
class GoneQuote:
    """One quote that a published report still holds though its contribution is not public; ``state`` says why."""

    receipt: str
    state: PostState
    number: str
    title: str
    language: str
    version: int
    address: str


def gone_among(findings: Sequence[Content]) -> dict[str, str]:
    """
    Return the receipt codes that frozen findings quote and that are not public now, with the state of each.

    One query for all of them, none when nothing is quoted. A code that is not known has an empty state.
    """
    codes = {quote["receipt"] for finding in findings for quote in finding["citations"]}
    if not codes:
        return {}
    found = dict(Contribution.objects.filter(receipt_code__in=codes).order_by().values_list("receipt_code", "state"))
    return {code: found.get(code, "") for code in sorted(codes) if found.get(code) != PostState.PUBLIC}


def findings_in(content: Content) -> list[Content]:
    """Return the findings of frozen content in order."""
    return [finding for session in content["sessions"] for finding in session["findings"]]


def content_without(content: Content, gone: Mapping[str, str]) -> Content:
    """Return frozen content in which the words and names of some receipt codes are gone; the original stays."""
    if not gone:
        return content
    sessions = [
        {**session, "findings": [_finding_without(finding, gone) for finding in session["findings"]]}
        for session in content["sessions"]
    ]
    return {**content, "sessions": sessions}


def _finding_without(finding: Content, gone: Mapping[str, str]) -> Content:
    quotes = [
        {**quote, **_HIDDEN, "gone": gone[quote["receipt"]]} if quote["receipt"] in gone else quote
        for quote in finding["citations"]
    ]
    return {**finding, "citations": quotes}


def gone_quotes(consultations: Sequence[Consultation]) -> dict[int, list[GoneQuote]]:
    """
    Return the quotes in the reports that stand published whose contributions are not public, by consultation's key.

    Consultations without any are left out. Two queries for any number: reports are read only where something that was
    public is not so any more.
    """
    hidden: dict[int, dict[str, str]] = {}
    rows = Contribution.objects.filter(session__consultation__in=[row.pk for row in consultations])
    rows = rows.exclude(state=PostState.PUBLIC).exclude(published_at=None).order_by()
    for consultation_id, code, state in rows.values_list("session__consultation_id", "receipt_code", "state"):
        hidden.setdefault(consultation_id, {})[code] = state
    reports = OutcomeReport.objects.filter(consultation__in=list(hidden), state=ReportState.PUBLISHED).order_by()
    said = reports.values_list("consultation_id", "version", "content__sessions", "consultation__slug")
    found = {pk: list(_gone_in(hidden[pk], *report)) for pk, *report in said}
    return {pk: quotes for pk, quotes in found.items() if quotes}


def _gone_in(hidden: Mapping[str, str], version: int, sessions: Any, slug: str) -> Iterator[GoneQuote]:
    address = f"/consultations/{slug}/outcome/"
    for finding in findings_in({"sessions": sessions or []}):
        for quote in finding["citations"]:
            if quote["receipt"] in hidden:
                yield GoneQuote(
                    receipt=quote["receipt"],
                    state=PostState(hidden[quote["receipt"]]),
                    number=finding["number"],
                    title=finding["title"],
                    language=finding["language"],
                    version=version,
                    address=f"{address}#{finding_anchor(finding['public_id'])}",
                )
