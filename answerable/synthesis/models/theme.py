"""Themes and what is coded to them."""

from django.db import models
from django.db.models import Q

from answerable.consultations.models import Consultation, ConsultationSession, Contribution, GuidingQuestion
from answerable.foundation.ids import new_public_id
from answerable.people.models import Person
from answerable.synthesis.models.run import SynthesisRun
from answerable.synthesis.states import Provenance, ThemeState


class Theme(models.Model):
    """A subject that several contributions share, on one of two levels; a person's name for it stands over a run's."""

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    consultation = models.ForeignKey(Consultation, models.CASCADE, related_name="themes")
    session = models.ForeignKey(ConsultationSession, models.CASCADE, related_name="themes")
    question = models.ForeignKey(GuidingQuestion, models.SET_NULL, null=True, blank=True, related_name="+")
    parent = models.ForeignKey("self", models.CASCADE, null=True, blank=True, related_name="children")
    language = models.CharField(max_length=10, blank=True)
    label = models.CharField(max_length=200)
    label_provenance = models.CharField(max_length=10, choices=Provenance.choices, default=Provenance.MACHINE)
    provenance = models.CharField(max_length=10, choices=Provenance.choices, default=Provenance.MACHINE)
    key_phrases = models.JSONField(default=list)
    engine_key = models.CharField(max_length=64, blank=True, help_text="the engine's id, to match a later run")
    run = models.ForeignKey(SynthesisRun, models.SET_NULL, null=True, blank=True, related_name="themes")
    state = models.CharField(max_length=10, choices=ThemeState.choices, default=ThemeState.ACTIVE)
    merged_into = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="merged_from")
    is_kept = models.BooleanField(default=False, help_text="a person named, made, merged or filled it: no run drops it")
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ("session", "order", "id")
        indexes = (models.Index(fields=["consultation", "state"], name="theme_in_use"),)

    def __str__(self) -> str:
        """Show the label."""
        return self.label


class Coding(models.Model):
    """A span of a contribution speaks to a theme; ``start`` and ``end`` count characters of that revision's text."""

    theme = models.ForeignKey(Theme, models.CASCADE, related_name="codings")
    contribution = models.ForeignKey(Contribution, models.CASCADE, related_name="codings")
    revision_number = models.PositiveSmallIntegerField(default=1)
    start = models.PositiveIntegerField(default=0)
    end = models.PositiveIntegerField(default=0)
    score = models.FloatField(default=0.0)
    is_key = models.BooleanField(default=False, help_text="the engine chose it to represent the theme")
    key_contribution = models.ForeignKey(Contribution, models.SET_NULL, null=True, blank=True, related_name="+")
    provenance = models.CharField(max_length=10, choices=Provenance.choices, default=Provenance.MACHINE)
    run = models.ForeignKey(SynthesisRun, models.SET_NULL, null=True, blank=True, related_name="+")
    decided_by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint("theme", "contribution", name="coded_once_a_theme"),
            models.CheckConstraint(condition=Q(end__gte=models.F("start")), name="coding_ends_after_start"),
        )

    def __str__(self) -> str:
        """Name both sides."""
        return f"{self.contribution_id} in {self.theme_id}"
