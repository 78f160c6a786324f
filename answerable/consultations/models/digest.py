"""The moderator's weekly summary."""

from django.db import models

from answerable.consultations.models.consultation import ConsultationSession
from answerable.consultations.models.contribution import Contribution
from answerable.foundation.ids import new_public_id
from answerable.people.models import Person


class Digest(models.Model):
    """What was said in a session in one week, as its moderator sums it up; the newest stands pinned on top."""

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    session = models.ForeignKey(ConsultationSession, models.CASCADE, related_name="digests")
    week_starts_on = models.DateField()
    language = models.CharField(max_length=10, default="en")
    title = models.CharField(max_length=200)
    text = models.TextField(help_text="Markdown subset; [R-XXXX-XXXX] cites a contribution")
    moderator = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    published_at = models.DateTimeField()
    is_pinned = models.BooleanField(default=True)

    class Meta:
        ordering = ("-week_starts_on", "-id")
        constraints = (models.UniqueConstraint("session", "week_starts_on", "language", name="one_digest_a_week"),)

    def __str__(self) -> str:
        """Show the title."""
        return self.title


class DigestCitation(models.Model):
    """A digest cites a contribution."""

    digest = models.ForeignKey(Digest, models.CASCADE, related_name="citations")
    contribution = models.ForeignKey(Contribution, models.PROTECT, related_name="digest_citations")

    class Meta:
        constraints = (models.UniqueConstraint("digest", "contribution", name="cited_once_a_digest"),)

    def __str__(self) -> str:
        """Show what is cited."""
        return str(self.contribution_id)
