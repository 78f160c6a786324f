"""Outcome reports as readers and the desk find them."""

from django.db.models import QuerySet

from answerable.consultations.models import Consultation
from answerable.synthesis.models import OutcomeReport, ReportFile
from answerable.synthesis.states import ReportState


def published_report(consultation: Consultation) -> OutcomeReport | None:
    """Return the report that stands published now, with its content and files, or None; two queries."""
    rows = OutcomeReport.objects.filter(consultation=consultation, state=ReportState.PUBLISHED)
    return rows.select_related("consultation", "published_by").prefetch_related("files").first()


def draft_of(consultation: Consultation) -> OutcomeReport | None:
    """Return the report that is being written, or None."""
    return OutcomeReport.objects.filter(consultation=consultation, state=ReportState.DRAFT).first()


def report_versions(consultation: Consultation) -> QuerySet[OutcomeReport]:
    """Return the versions that were ever published, newest first, without their long content."""
    rows = OutcomeReport.objects.filter(consultation=consultation).exclude(state=ReportState.DRAFT)
    return rows.defer("content").prefetch_related("files").order_by("-version")


def report_version(consultation: Consultation, *, version: int) -> OutcomeReport | None:
    """Return one version that was ever published, with its content and files, or None."""
    rows = OutcomeReport.objects.filter(consultation=consultation, version=version).exclude(state=ReportState.DRAFT)
    return rows.select_related("consultation", "published_by").prefetch_related("files").first()


def report_file(consultation: Consultation, *, version: int, file_format: str) -> ReportFile | None:
    """Return the file of a published version in one format, or None."""
    rows = ReportFile.objects.filter(report__consultation=consultation, report__version=version, format=file_format)
    return rows.exclude(report__state=ReportState.DRAFT).select_related("report").first()


def has_published_report(consultation: Consultation) -> bool:
    """Say whether a report stands published, for a link that leads there."""
    return OutcomeReport.objects.filter(consultation=consultation, state=ReportState.PUBLISHED).exists()
