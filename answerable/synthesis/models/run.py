"""Runs of the engine over the contributions of one consultation."""

from django.db import models

from answerable.consultations.models import Consultation
from answerable.people.models import Person
from answerable.synthesis.states import RunKind, RunState


class SynthesisRun(models.Model):
    """
    The engine read the public contributions of one consultation, frozen by digest, with one seed and settings.

    The manifest holds codes, places and counts, never words: what somebody takes back is then gone from it too.
    """

    consultation = models.ForeignKey(Consultation, models.CASCADE, related_name="synthesis_runs")
    number = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=10, choices=RunState.choices, default=RunState.WAITING)
    kind = models.CharField(
        max_length=10,
        choices=RunKind.choices,
        default=RunKind.WHOLE,
        db_default=models.Value("whole"),
        help_text="as asked for while it waits, as carried out once it is done",
    )
    stage = models.CharField(max_length=40, blank=True)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    seed = models.PositiveIntegerField(default=0)
    settings = models.JSONField(default=dict)
    input_digest = models.CharField(max_length=64, blank=True)
    contribution_count = models.PositiveIntegerField(default=0)
    engine_version = models.CharField(max_length=40, blank=True)
    manifest = models.JSONField(default=dict)
    balance = models.JSONField(default=dict)
    opinions = models.JSONField(
        default=dict,
        db_default=models.Value({}, models.JSONField()),
        help_text="where readers agree and part: all sessions under of_0, and each",
    )
    timings = models.JSONField(default=dict)
    error = models.TextField(blank=True)
    requested_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    requested_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True, blank=True)
    heard_from_at = models.DateTimeField(
        null=True, blank=True, help_text="last sign of life, so that a dead run is found"
    )
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-number",)
        constraints = (models.UniqueConstraint("consultation", "number", name="one_run_number"),)

    def __str__(self) -> str:
        """Show the number."""
        return f"run {self.number}"
