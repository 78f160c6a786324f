"""What was answered, for programs: outcome reports, findings, what became of each contribution."""

from django.http import Http404, HttpRequest
from ninja import Router

from answerable.publish import report_schemas as schemas
from answerable.publish import report_shapes as shapes
from answerable.publish.access import next_address, public_consultation
from answerable.publish.answers import cited_codes, report_to_read, states_of
from answerable.publish.cursors import place_after, read_report_cursor, write_report_cursor
from answerable.publish.parameters import Became, Cursor
from answerable.publish.problems import NothingYet, UnusableParameter
from answerable.synthesis.models import OutcomeReport
from answerable.synthesis.queries import report_versions

router = Router(tags=["reports"])
LIMIT = 50


@router.get("/consultations/{slug:slug}/reports/", response=list[schemas.ReportBrief])
def list_reports(request: HttpRequest, slug: str) -> list[schemas.ReportBrief]:
    """List the versions of a consultation's outcome report that were ever published, newest first."""
    return [shapes.brief(row, slug=slug) for row in report_versions(public_consultation(slug))]


@router.get("/consultations/{slug:slug}/reports/{int:version}/", response=schemas.ReportOut)
def read_report(request: HttpRequest, slug: str, version: int) -> schemas.ReportOut:
    """Read one published version of an outcome report with all its findings."""
    report = report_to_read(public_consultation(slug), version=version)
    states = states_of(cited_codes(shapes.findings_in(report.content)))
    return shapes.report(report, slug=slug, states=states)


@router.get("/consultations/{slug:slug}/findings/", response=schemas.FindingPage)
def list_findings(request: HttpRequest, slug: str, cursor: Cursor = "") -> schemas.FindingPage:
    """List the findings of the newest published report in its order; later pages stay with that version."""
    report, last = _report_at(slug, cursor)
    found = shapes.findings_in(report.content)
    start = place_after([said["public_id"] for said in found], last) if last else 0
    page = found[start : start + LIMIT]
    following = write_report_cursor(report.version, page[-1]["public_id"]) if start + LIMIT < len(found) else ""
    states = states_of(cited_codes(page))
    return schemas.FindingPage(
        report_version=report.version,
        items=[shapes.finding(said, report, slug=slug, states=states) for said in page],
        next=next_address(request, following),
    )


@router.get("/consultations/{slug:slug}/findings/{public_id}/", response=schemas.FindingOut)
def read_finding(request: HttpRequest, slug: str, public_id: str) -> schemas.FindingOut:
    """Read one finding of the newest published report."""
    report = report_to_read(public_consultation(slug))
    for said in shapes.findings_in(report.content):
        if said["public_id"] == public_id:
            return shapes.finding(said, report, slug=slug, states=states_of(cited_codes([said])))
    raise Http404


@router.get("/consultations/{slug:slug}/dispositions/", response=schemas.DispositionPage)
def list_dispositions(
    request: HttpRequest, slug: str, kind: Became = "", cursor: Cursor = ""
) -> schemas.DispositionPage:
    """List what the newest published report says became of each contribution, by receipt code."""
    report, last = _report_at(slug, cursor)
    answers = report.content["answers"]
    if last and last not in answers:
        place_after([], last)
    codes = sorted(code for code, said in answers.items() if code > last and kind in {"", said["kind"]})
    page, states = codes[:LIMIT], states_of(codes[:LIMIT])
    following = write_report_cursor(report.version, page[-1]) if len(codes) > LIMIT else ""
    items = [
        shapes.disposition(code, answers[code], state=states[code], slug=slug, version=report.version) for code in page
    ]
    return schemas.DispositionPage(report_version=report.version, items=items, next=next_address(request, following))


def _report_at(slug: str, cursor: str) -> tuple[OutcomeReport, str]:
    """Return the report that a list reads and the name of the last item of the page before, empty at the start."""
    consultation = public_consultation(slug)
    if not cursor:
        return report_to_read(consultation), ""
    version, last = read_report_cursor(cursor)
    try:
        return report_to_read(consultation, version=version), last
    except NothingYet:
        raise UnusableParameter("cursor", "This cursor is of a version that was never published.") from None
