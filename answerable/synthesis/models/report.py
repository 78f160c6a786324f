"""The published outcome."""

from django.db import models
from django.db.models import Q

from answerable.consultations.models import Consultation
from answerable.foundation.ids import new_public_id
from answerable.people.models import Person
from answerable.synthesis.models.run import SynthesisRun
from answerable.synthesis.states import ReportState


class OutcomeReport(models.Model):
    """One version of what a consultation came to; once published its content never changes."""

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    consultation = models.ForeignKey(Consultation, models.CASCADE, related_name="reports")
    version = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=10, choices=ReportState.choices, default=ReportState.DRAFT)
    language = models.CharField(max_length=10, default="en")
    key_messages = models.TextField(blank=True, help_text="Markdown subset, a list")
    minority_views = models.TextField(blank=True, help_text="Markdown subset; required before publishing")
    convergences = models.TextField(blank=True)
    divergences = models.TextField(blank=True)
    method = models.TextField(blank=True)
    limits = models.TextField(blank=True)
    run = models.ForeignKey(SynthesisRun, models.SET_NULL, null=True, blank=True, related_name="+")
    content = models.JSONField(default=dict, help_text="everything the report showed when it was published")
    content_digest = models.CharField(max_length=64, blank=True)
    drafted_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True, blank=True)
    published_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")

    is_personal = True

    class Meta:
        ordering = ("-version",)
        constraints = (
            models.UniqueConstraint("consultation", "version", name="one_report_version"),
            models.UniqueConstraint("consultation", condition=Q(state=ReportState.DRAFT), name="one_draft_report"),
            models.UniqueConstraint(
                "consultation", condition=Q(state=ReportState.PUBLISHED), name="one_published_report"
            ),
        )

    def __str__(self) -> str:
        """Show the version."""
        return f"version {self.version}"


class ReportFile(models.Model):
    """A published report as one file of one format, byte for byte as it was published."""

    report = models.ForeignKey(OutcomeReport, models.CASCADE, related_name="files")
    format = models.CharField(max_length=10)
    file = models.FileField(upload_to="reports/")
    media_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)

    class Meta:
        constraints = (models.UniqueConstraint("report", "format", name="one_file_a_format"),)

    def __str__(self) -> str:
        """Show the format."""
        return self.format
