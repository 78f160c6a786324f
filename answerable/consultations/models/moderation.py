"""What moderators do, and who may object."""

from django.db import models
from django.db.models import Q

from answerable.consultations.models.consultation import Consultation
from answerable.consultations.models.contribution import Contribution, Reply
from answerable.consultations.states import AppealOutcome, ModerationMove, PostState, ReasonCode
from answerable.foundation.ids import new_public_id
from answerable.people.models import Person


class ModerationAct(models.Model):
    """A moderator decided something about one contribution or one reply, for a published reason."""

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    consultation = models.ForeignKey(Consultation, models.PROTECT, related_name="moderation_acts")
    contribution = models.ForeignKey(
        Contribution, models.PROTECT, null=True, blank=True, related_name="moderation_acts"
    )
    reply = models.ForeignKey(Reply, models.PROTECT, null=True, blank=True, related_name="moderation_acts")
    move = models.CharField(max_length=10, choices=ModerationMove.choices)
    state_before = models.CharField(max_length=10, choices=PostState.choices)
    state_after = models.CharField(max_length=10, choices=PostState.choices)
    reason_code = models.CharField(max_length=20, choices=ReasonCode.choices)
    note_to_author = models.TextField(blank=True)
    moderator = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    decided_at = models.DateTimeField()

    class Meta:
        ordering = ("-decided_at", "-id")
        constraints = (
            models.CheckConstraint(
                condition=Q(contribution__isnull=False, reply__isnull=True)
                | Q(contribution__isnull=True, reply__isnull=False),
                name="moderates_one_thing",
            ),
        )
        indexes = (models.Index(fields=["consultation", "-decided_at", "-id"], name="moderation_log"),)

    def __str__(self) -> str:
        """Show the move."""
        return self.move


class Appeal(models.Model):
    """An author objected to a moderator's act; somebody other than that moderator decides, once."""

    act = models.OneToOneField(ModerationAct, models.CASCADE, related_name="appeal")
    text = models.TextField()
    filed_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="appeals")
    filed_at = models.DateTimeField()
    outcome = models.CharField(max_length=12, choices=AppealOutcome.choices, default=AppealOutcome.OPEN)
    answer = models.TextField(blank=True)
    decided_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)

    is_personal = True

    def __str__(self) -> str:
        """Show the outcome."""
        return self.outcome
