"""Telling contributors what became of their words."""

from collections.abc import Iterator
from datetime import datetime

from answerable.consultations.models import Contribution
from answerable.notices.actions import send_notices
from answerable.people.models import Person
from answerable.synthesis.models import OutcomeReport
from answerable.synthesis.rules import public_contributions
from answerable.synthesis.states import ReportState

KIND = "synthesis.report_published"
_BATCH = 500


def tell_contributors(report_id: int, *, at: datetime) -> int:
    """
    Tell everybody with a public contribution that the report is published, once each; returns how many were told.

    The notice leads to the receipt of the person's first contribution. It may be repeated: whoever was told of this
    version is not told again.
    """
    report = OutcomeReport.objects.select_related("consultation").get(pk=report_id)
    if report.state == ReportState.DRAFT:
        return 0
    title = report.content["consultation"]["title"]
    told = 0
    for people in _batches(report):
        told += send_notices(KIND, [_notice(person, codes, report, title) for person, codes in people], at=at)
    return told


def _notice(
    person: Person, codes: list[str], report: OutcomeReport, title: str
) -> tuple[Person, dict[str, str | int], str, str]:
    facts: dict[str, str | int] = {
        "title": title,
        "version": report.version,
        "count": len(codes),
        "codes": ", ".join(codes),
    }
    return person, facts, f"/c/{codes[0]}/", report.public_id


def _batches(report: OutcomeReport) -> Iterator[list[tuple[Person, list[str]]]]:
    rows = public_contributions(report.consultation).filter(author__isnull=False, author__is_active=True)
    last = 0
    while authors := list(
        rows.filter(author_id__gt=last).order_by("author_id").values_list("author_id", flat=True).distinct()[:_BATCH]
    ):
        yield _with_codes(authors, report)
        last = authors[-1]


def _with_codes(author_ids: list[int], report: OutcomeReport) -> list[tuple[Person, list[str]]]:
    codes: dict[Person, list[str]] = {}
    rows: list[Contribution] = list(
        public_contributions(report.consultation)
        .filter(author__in=author_ids)
        .select_related("author")
        .defer("text", "html")
        .order_by("author_id", "submitted_at", "pk")
    )
    for row in rows:
        if row.author is not None:
            codes.setdefault(row.author, []).append(row.receipt_code)
    return list(codes.items())
