"""What published reports say, read out of their frozen content, and whether what they quote is still public."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from django.db.models.fields.json import KeyTransform

from answerable.consultations.models import Consultation, Contribution
from answerable.consultations.states import PostState
from answerable.publish import report_shapes
from answerable.publish.problems import NothingYet
from answerable.publish.report_schemas import DispositionOut
from answerable.synthesis.models import OutcomeReport
from answerable.synthesis.queries import published_report, report_version
from answerable.synthesis.states import ReportState

_AT_ONCE = 10_000


def report_to_read(consultation: Consultation, *, version: int | None = None) -> OutcomeReport:
    """Return a published version of a consultation's report, the newest without a number; raises NothingYet."""
    report = published_report(consultation) if version is None else report_version(consultation, version=version)
    if report is None:
        raise NothingYet("No outcome report is published here." if version is None else "There is no such version.")
    return report


def states_of(codes: Collection[str]) -> dict[str, PostState]:
    """Return where contributions stand by receipt code, removed where there is none any more; one query mostly."""
    wanted = sorted(codes)
    found = dict.fromkeys(wanted, PostState.REMOVED)
    for start in range(0, len(wanted), _AT_ONCE):
        rows = Contribution.objects.filter(receipt_code__in=wanted[start : start + _AT_ONCE])
        found |= {code: PostState(state) for code, state in rows.values_list("receipt_code", "state")}
    return found


def cited_codes(findings: Sequence[Mapping[str, Any]]) -> set[str]:
    """Return the receipt codes that findings quote."""
    return {citation["receipt"] for finding in findings for citation in finding["citations"]}


def dispositions_of(consultation: Consultation, contributions: Sequence[Contribution]) -> dict[str, DispositionOut]:
    """
    Return by receipt code what the newest report says became of contributions to a consultation; one query.

    Contributions that the report does not speak of are left out.
    """
    if not contributions:
        return {}
    keys = {f"answer_{place}": row for place, row in enumerate(contributions)}
    asked = {name: KeyTransform(row.receipt_code, KeyTransform("answers", "content")) for name, row in keys.items()}
    reports = OutcomeReport.objects.filter(consultation=consultation, state=ReportState.PUBLISHED)
    said = reports.annotate(**asked).values("version", *asked).first() or {}
    return {
        row.receipt_code: report_shapes.disposition(
            row.receipt_code,
            said[name],
            state=PostState(row.state),
            slug=consultation.slug,
            version=said["version"],
        )
        for name, row in keys.items()
        if said.get(name)
    }
