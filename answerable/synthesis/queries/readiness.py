"""What is still missing before a report may be published."""

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from answerable.synthesis.models import Finding, OutcomeReport
from answerable.synthesis.queries.citations import citation_problems, counts_of_findings, number_problems
from answerable.synthesis.queries.coverage import coverage
from answerable.synthesis.rules import public_contributions
from answerable.synthesis.states import FindingKind

CODES_SHOWN = 20


def publishing_problems(report: OutcomeReport) -> dict[str, list[str]]:
    """
    Return all that stands against publishing a report, by kind; empty when it may be published.

    The kinds are ``contributions`` (undecided), ``findings``, ``citations``, ``numbers`` and ``minority_views``.
    """
    consultation = report.consultation
    findings = list(Finding.objects.filter(consultation=consultation).select_related("session"))
    counts = counts_of_findings(consultation, findings)
    problems = {
        "contributions": _undecided(report),
        "findings": _findings(findings, counts),
        "citations": [problem.sentence for problem in citation_problems(consultation)],
        "numbers": [said for finding in findings for said in number_problems(finding, counts[finding.pk])],
        "minority_views": _minority_views(report, findings),
    }
    return {kind: said for kind, said in problems.items() if said}


def _undecided(report: OutcomeReport) -> list[str]:
    missing = coverage(report.consultation).undecided
    if not missing:
        return []
    rows = public_contributions(report.consultation).filter(disposition__isnull=True).order_by("published_at", "pk")
    codes = list(rows.values_list("receipt_code", flat=True)[:CODES_SHOWN])
    said = ngettext(
        "%(count)s contribution has no place yet: %(codes)s.",
        "%(count)s contributions have no place yet: %(codes)s.",
        missing,
    )
    return [said % {"count": missing, "codes": ", ".join(codes) + (" …" if missing > len(codes) else "")}]


def _findings(findings: Sequence[Finding], counts: dict[int, dict[str, int]]) -> list[str]:
    if not findings:
        return [_("There is no finding yet.")]
    bare = [finding for finding in findings if not counts[finding.pk]["cited"]]
    return [_("The finding “%(title)s” rests on no quote.") % {"title": finding.title} for finding in bare]


def _minority_views(report: OutcomeReport, findings: Sequence[Finding]) -> list[str]:
    if report.minority_views.strip() or any(finding.kind == FindingKind.MINORITY_VIEW for finding in findings):
        return []
    return [_("The section on minority views is empty: write it, or write a finding of that kind.")]
