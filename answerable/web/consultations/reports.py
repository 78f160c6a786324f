"""The published outcome report, as other pages link to it."""

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from answerable.consultations.models import Consultation
from answerable.synthesis.models import ReportFile
from answerable.synthesis.queries.reports import report_versions


@dataclass(frozen=True, slots=True)
class Download:
    """One file of a published report."""

    label: str
    address: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class ReportLink:
    """The newest published version of a report, with its files."""

    version: int
    published_at: datetime
    address: str
    downloads: tuple[Download, ...]


_LABELS = {"pdf": "PDF", "docx": "DOCX", "md": "Markdown", "html": "HTML"}


def report_link(consultation: Consultation) -> ReportLink | None:
    """Return the report that stands published, or None; two queries."""
    report = report_versions(consultation).first()
    if report is None or report.published_at is None:
        return None
    files = list(report.files.all())
    address = reverse("outcome", kwargs={"slug": consultation.slug})
    return ReportLink(report.version, report.published_at, address, downloads_of(consultation, report.version, files))


def downloads_of(consultation: Consultation, version: int, files: list[ReportFile]) -> tuple[Download, ...]:
    """Return the files of a version in the order in which people ask for them."""
    by_format = {file.format: file for file in files}
    return tuple(
        Download(
            label,
            reverse("report_file", kwargs={"slug": consultation.slug, "version": version, "file_format": name}),
            by_format[name].size,
            by_format[name].sha256,
        )
        for name, label in _LABELS.items()
        if name in by_format
    )
