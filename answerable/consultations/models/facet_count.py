"""Kept numbers beside the filters of a session's list."""

from django.db import models

from answerable.consultations.models.consultation import ConsultationSession


class FacetCount(models.Model):
    """How many public contributions of a session have one value; written with every act that changes the number."""

    session = models.ForeignKey(ConsultationSession, models.CASCADE, related_name="facet_counts", db_index=False)
    facet = models.CharField(max_length=10)
    value = models.CharField(max_length=40)
    count = models.IntegerField()

    class Meta:
        constraints = (models.UniqueConstraint("session", "facet", "value", name="counted_once"),)

    def __str__(self) -> str:
        """Name the value."""
        return f"{self.facet} {self.value}"
