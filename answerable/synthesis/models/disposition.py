"""What became of each contribution."""

from django.db import models
from django.db.models import Q

from answerable.consultations.models import Consultation, Contribution
from answerable.people.models import Person
from answerable.synthesis.models.finding import Finding
from answerable.synthesis.models.run import SynthesisRun
from answerable.synthesis.states import DispositionKind, LabelKind, SetAsideReason


class Disposition(models.Model):
    """One contribution was cited, merged into a finding, or set aside for a reason; a citation makes its own row."""

    contribution = models.OneToOneField(Contribution, models.CASCADE, related_name="disposition")
    kind = models.CharField(max_length=10, choices=DispositionKind.choices)
    finding = models.ForeignKey(Finding, models.CASCADE, null=True, blank=True, related_name="dispositions")
    reason_code = models.CharField(max_length=20, choices=SetAsideReason.choices, blank=True)
    reason = models.TextField(blank=True)
    decided_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    decided_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=(Q(kind=DispositionKind.SET_ASIDE, finding__isnull=True) & ~Q(reason_code=""))
                | (~Q(kind=DispositionKind.SET_ASIDE) & Q(finding__isnull=False)),
                name="disposition_says_where_or_why",
            ),
        )

    def __str__(self) -> str:
        """Show the kind."""
        return self.kind


class ContributionLabel(models.Model):
    """A run found that a contribution resembles others; it is labelled and counted apart, never hidden."""

    consultation = models.ForeignKey(Consultation, models.CASCADE, related_name="contribution_labels")
    contribution = models.ForeignKey(Contribution, models.CASCADE, related_name="labels")
    kind = models.CharField(max_length=10, choices=LabelKind.choices)
    group_key = models.CharField(max_length=64)
    is_first = models.BooleanField(default=False, help_text="the earliest of its group, which counts for the others")
    run = models.ForeignKey(SynthesisRun, models.CASCADE, related_name="labels")

    class Meta:
        constraints = (models.UniqueConstraint("run", "contribution", "kind", name="labelled_once_a_run"),)
        indexes = (models.Index(fields=["consultation", "kind", "group_key"], name="label_group"),)

    def __str__(self) -> str:
        """Show the kind."""
        return self.kind
