"""Findings with what they rest on, for the desk."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Prefetch

from answerable.consultations.models import Consultation, ConsultationSession
from answerable.consultations.states import PostState
from answerable.synthesis.models import Citation, Disposition, Finding, Recommendation
from answerable.synthesis.queries.citations import counts_of_findings, number_problems
from answerable.synthesis.states import DispositionKind
from answerable.synthesis.validators import fill_placeholders


@dataclass(frozen=True, slots=True)
class FindingView:
    """A finding with its text as readers will see it, its numbers, and what is wrong with them."""

    finding: Finding
    statement: str
    counts: dict[str, int]
    citations: Sequence[Citation]
    merged: Sequence[Disposition]
    number_problems: Sequence[str]


def findings_of(consultation: Consultation, *, session: ConsultationSession | None = None) -> list[FindingView]:
    """Return findings in order with citations and merged contributions, of one session or of all; six queries."""
    rows = Finding.objects.filter(consultation=consultation).select_related("session")
    if session is not None:
        rows = rows.filter(session=session)
    said_by = ("contribution__author", "contribution__organisation", "contribution__country")
    citations = Prefetch("citations", Citation.objects.select_related(*said_by))
    findings = list(rows.prefetch_related("themes", citations).order_by("session__number", "order", "pk"))
    counts = counts_of_findings(consultation, findings)
    merged: dict[int, list[Disposition]] = {finding.pk: [] for finding in findings}
    dispositions = Disposition.objects.filter(finding__in=findings, kind=DispositionKind.MERGED).filter(
        contribution__state=PostState.PUBLIC
    )
    for row in dispositions.select_related("contribution").order_by("contribution__receipt_code"):
        merged[row.finding_id or 0].append(row)
    return [
        FindingView(
            finding=finding,
            statement=fill_placeholders(finding.statement, counts[finding.pk]),
            counts=counts[finding.pk],
            citations=list(finding.citations.all()),
            merged=merged[finding.pk],
            number_problems=number_problems(finding, counts[finding.pk]),
        )
        for finding in findings
    ]


def finding_page(public_id: str) -> Finding | None:
    """Return a finding with its session and consultation, or None."""
    return Finding.objects.select_related("session", "consultation").filter(public_id=public_id).first()


def recommendations_of(consultation: Consultation) -> list[Recommendation]:
    """Return the recommendations in order with the findings they rest on; two queries."""
    rows = Recommendation.objects.filter(consultation=consultation)
    return list(rows.prefetch_related("findings__session").order_by("order", "pk"))
