"""The outcome report: the page, its earlier versions, its files."""

from collections.abc import Mapping
from typing import Any

from django.core.cache import cache
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from answerable.documents.html import write_html_fragment
from answerable.foundation.hashing import text_digest
from answerable.synthesis.models import OutcomeReport
from answerable.synthesis.queries import reports
from answerable.synthesis.queries.gone_quotes import content_without, findings_in, gone_among
from answerable.synthesis.queries.report_document import report_document
from answerable.synthesis.states import ReportState
from answerable.web.chain import place
from answerable.web.consultations.reports import downloads_of
from answerable.web.consultations.shown import NamedConsultation, named_consultation
from answerable.web.crumbs import Crumb, crumb_of_consultation, way_to

_KEPT_SECONDS = 3_600


@require_safe
def outcome(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the published report of a consultation, or that there is none yet."""
    page = named_consultation(request, slug)
    report = reports.published_report(page.consultation)
    if report is None:
        return _none_yet(request, page)
    return _shown(request, page, report)


@require_safe
def version(request: HttpRequest, slug: str, version: int) -> HttpResponse:
    """Show one version of a report that was ever published."""
    page = named_consultation(request, slug)
    report = reports.report_version(page.consultation, version=version)
    if report is None:
        raise Http404
    return _shown(request, page, report)


@require_safe
def report_file(request: HttpRequest, slug: str, version: int, file_format: str) -> HttpResponseBase:
    """Send one file of a published version, byte for byte as it was published."""
    page = named_consultation(request, slug)
    found = reports.report_file(page.consultation, version=version, file_format=file_format)
    if found is None:
        raise Http404
    name = f"{page.consultation.slug}-outcome-v{version}.{file_format}"
    response = FileResponse(found.file.open("rb"), as_attachment=True, filename=name, content_type=found.media_type)
    response["ETag"] = f'"{found.sha256}"'
    return response


def _shown(request: HttpRequest, page: NamedConsultation, report: OutcomeReport) -> HttpResponse:
    row, findings = page.consultation, findings_in(report.content)
    gone = gone_among(findings)
    context: dict[str, Any] = {
        "area": "consultations",
        "crumbs": _way(page),
        "page": page,
        "report": report,
        "is_newest": report.state == ReportState.PUBLISHED,
        "title": report.content["consultation"]["title"],
        "conveners": report.content["consultation"]["conveners"],
        "place": place("answered", _("What was heard has been weighed, and every contribution has its place.")),
        "body": _body(report, gone),
        "gone_count": sum(quote["receipt"] in gone for finding in findings for quote in finding["citations"]),
        "downloads": downloads_of(row, report.version, list(report.files.all())),
        "skipped": list(report.content["skipped_files"].values()),
        "versions": [each for each in reports.report_versions(row) if each.version != report.version],
    }
    return render(request, "consultations/outcome.html", context)


def _body(report: OutcomeReport, gone: Mapping[str, str]) -> SafeString:
    """Return the report's HTML without what is not public now; kept, because what was published never changes."""
    hidden = text_digest(" ".join(f"{code}={state}" for code, state in gone.items())) if gone else ""
    key = f"report:{report.public_id}:{report.content_digest}:{hidden}"
    written: str | None = cache.get(key)
    if written is None:
        written = write_html_fragment(report_document(content_without(report.content, gone)))
        cache.set(key, written, _KEPT_SECONDS)
    return mark_safe(written)  # noqa: S308  # the writer escapes every text


def _none_yet(request: HttpRequest, page: NamedConsultation) -> HttpResponse:
    context = {
        "area": "consultations",
        "crumbs": _way(page),
        "page": page,
        "place": place("heard", _("The report appears here once it is published.")),
    }
    return render(request, "consultations/outcome_none.html", context)


def _way(page: NamedConsultation) -> list[Crumb]:
    return way_to(
        Crumb(_("Consultations"), reverse("consultations")),
        crumb_of_consultation(page.consultation, page.text),
        Crumb(_("Outcome report")),
    )
