"""Files of contributions that came from elsewhere."""

from django.db import models

from answerable.consultations.models.consultation import Consultation, ConsultationSession
from answerable.consultations.models.contribution import Contribution
from answerable.consultations.states import ImportState
from answerable.foundation.ids import new_public_id
from answerable.people.models import Person


class ImportBatch(models.Model):
    """One file that somebody brings in: its column mapping, what a dry run found, how far it is."""

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    consultation = models.ForeignKey(Consultation, models.CASCADE, related_name="imports")
    session = models.ForeignKey(ConsultationSession, models.CASCADE, null=True, blank=True, related_name="imports")
    file = models.FileField(upload_to="imports/")
    file_name = models.CharField(max_length=200)
    file_digest = models.CharField(max_length=64)
    columns = models.JSONField(default=list, help_text="headings found in the file")
    mapping = models.JSONField(default=dict, help_text="our field → heading in the file")
    state = models.CharField(max_length=10, choices=ImportState.choices, default=ImportState.UPLOADED)
    rows_total = models.PositiveIntegerField(default=0)
    rows_done = models.PositiveIntegerField(default=0)
    rows_added = models.PositiveIntegerField(default=0)
    rows_known = models.PositiveIntegerField(default=0)
    problem_count = models.PositiveIntegerField(default=0)
    problems = models.JSONField(default=list, help_text="[{row, column, wrong, right}], the first 1,000")
    notes = models.JSONField(default=list)
    brought_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    brought_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-brought_at", "-id")

    def __str__(self) -> str:
        """Show the file's name."""
        return self.file_name


class ImportedRow(models.Model):
    """A row of a file became a contribution; the key makes the same row known when it comes again."""

    consultation = models.ForeignKey(Consultation, models.CASCADE, related_name="imported_rows")
    batch = models.ForeignKey(ImportBatch, models.CASCADE, related_name="rows")
    row_number = models.PositiveIntegerField()
    row_key = models.CharField(max_length=64)
    contribution = models.OneToOneField(Contribution, models.CASCADE, related_name="imported_row")

    class Meta:
        constraints = (models.UniqueConstraint("consultation", "row_key", name="row_imported_once"),)

    def __str__(self) -> str:
        """Show the row's number."""
        return f"row {self.row_number}"
