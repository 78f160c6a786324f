"""What a rapporteur found, in their words, resting on exact quotes."""

from django.db import models

from answerable.consultations.models import Consultation, ConsultationSession, Contribution
from answerable.foundation.ids import new_public_id
from answerable.people.models import Person
from answerable.synthesis.models.theme import Theme
from answerable.synthesis.states import FindingKind


class Finding(models.Model):
    """One statement about what was heard, with the quotes it rests on."""

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    consultation = models.ForeignKey(Consultation, models.CASCADE, related_name="findings")
    session = models.ForeignKey(ConsultationSession, models.CASCADE, related_name="findings")
    themes = models.ManyToManyField(Theme, blank=True, related_name="findings")
    kind = models.CharField(max_length=15, choices=FindingKind.choices)
    title = models.CharField(max_length=200)
    statement = models.TextField(help_text="Markdown subset")
    language = models.CharField(max_length=10, default="en")
    order = models.PositiveSmallIntegerField(default=0)
    written_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    written_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        ordering = ("session__number", "order", "id")

    def __str__(self) -> str:
        """Show the title."""
        return self.title


class Citation(models.Model):
    """A finding quotes the characters ``start`` to ``end`` of one revision of one contribution."""

    finding = models.ForeignKey(Finding, models.CASCADE, related_name="citations")
    contribution = models.ForeignKey(Contribution, models.PROTECT, related_name="citations")
    revision_number = models.PositiveSmallIntegerField()
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    quote = models.TextField()
    text_digest = models.CharField(max_length=64, help_text="digest of the whole revision, so that any change is found")
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ("order", "id")
        constraints = (
            models.UniqueConstraint("finding", "contribution", "start", "end", name="same_quote_once"),
            models.CheckConstraint(condition=models.Q(end__gt=models.F("start")), name="quote_is_not_empty"),
        )

    def __str__(self) -> str:
        """Show the quote."""
        return self.quote


class Recommendation(models.Model):
    """Something that ought to be done, by whom, resting on findings."""

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    consultation = models.ForeignKey(Consultation, models.CASCADE, related_name="recommendations")
    findings = models.ManyToManyField(Finding, blank=True, related_name="recommendations")
    title = models.CharField(max_length=200)
    text = models.TextField()
    addressee = models.CharField(max_length=200, blank=True)
    language = models.CharField(max_length=10, default="en")
    order = models.PositiveSmallIntegerField(default=0)
    written_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    written_at = models.DateTimeField()

    class Meta:
        ordering = ("order", "id")

    def __str__(self) -> str:
        """Show the title."""
        return self.title
