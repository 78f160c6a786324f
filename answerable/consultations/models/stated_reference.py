"""What the balance of a consultation is held against, as its convener states it."""

from django.db import models

from answerable.consultations.models.consultation import Consultation
from answerable.consultations.states import ReferenceAxis


class StatedReference(models.Model):
    """
    One axis on which a convener said who should be heard, how much, and who says so.

    ``shares`` maps keys of the axis to numbers, which are taken in proportion to their sum, or to null for a group that
    is expected to be heard without saying how much.
    """

    consultation = models.ForeignKey(Consultation, models.CASCADE, related_name="stated_references")
    axis = models.CharField(max_length=20, choices=ReferenceAxis.choices)
    source = models.CharField(max_length=300)
    shares = models.JSONField(default=dict)
    stated_at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint("consultation", "axis", name="one_reference_an_axis"),)

    def __str__(self) -> str:
        """Name the axis and the source."""
        return f"{self.axis}: {self.source}"
