"""What people say: contributions with every revision, replies, stances, drafts."""

from django.db import models
from django.db.models import Q

from answerable.consultations.models.consultation import ConsultationSession, GuidingQuestion
from answerable.consultations.states import Capacity, Channel, ContributionKind, Position, PostState
from answerable.foundation.ids import new_receipt_code
from answerable.people.models import Organisation, Person


class Contribution(models.Model):
    """One person said one thing to one session; its receipt code is its public name for ever."""

    receipt_code = models.CharField(max_length=11, unique=True, default=new_receipt_code, editable=False)
    session = models.ForeignKey(ConsultationSession, models.PROTECT, related_name="contributions")
    questions = models.ManyToManyField(GuidingQuestion, related_name="contributions")
    author = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="contributions")
    kind = models.CharField(max_length=15, choices=ContributionKind.choices)
    language = models.CharField(max_length=10)
    is_language_stated = models.BooleanField(default=False, help_text="the author chose it; otherwise detected")
    capacity = models.CharField(max_length=12, choices=Capacity.choices, default=Capacity.PERSONAL)
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="contributions")
    sector = models.ForeignKey("reference.Sector", models.PROTECT, null=True, blank=True, related_name="+")
    stakeholder_group = models.ForeignKey(
        "reference.StakeholderGroup", models.PROTECT, null=True, blank=True, related_name="+"
    )
    country = models.ForeignKey("reference.Country", models.PROTECT, null=True, blank=True, related_name="+")
    channel = models.CharField(max_length=10, choices=Channel.choices, default=Channel.WEB)
    facilitator = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    is_name_hidden = models.BooleanField(default=False)
    attributed_name = models.CharField(
        max_length=120, blank=True, help_text="name given in an imported file, when there is no account"
    )
    idempotency_key = models.CharField(max_length=64, blank=True)
    state = models.CharField(max_length=10, choices=PostState.choices)
    text = models.TextField(help_text="the newest revision, as written")
    html = models.TextField(help_text="the newest revision, cleaned for showing")
    text_digest = models.CharField(max_length=64)
    revision_count = models.PositiveSmallIntegerField(default=1)
    submitted_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    reply_count = models.PositiveIntegerField(default=0)
    agree_count = models.PositiveIntegerField(default=0)
    disagree_count = models.PositiveIntegerField(default=0)
    pass_count = models.PositiveIntegerField(default=0)
    division = models.PositiveIntegerField(
        default=0, help_text="the smaller of agree and disagree: how divided readers are"
    )

    is_personal = True

    class Meta:
        constraints = (
            models.UniqueConstraint(
                "author", "idempotency_key", condition=~Q(idempotency_key=""), name="one_contribution_a_key"
            ),
            models.CheckConstraint(
                condition=Q(capacity=Capacity.PERSONAL) | Q(organisation__isnull=False),
                name="organisation_named_when_spoken_for",
            ),
        )
        indexes = (
            models.Index(fields=["session", "state", "-published_at", "-id"], name="contribution_newest"),
            models.Index(fields=["state", "-published_at", "-id", "session"], name="contribution_newest_anywhere"),
            models.Index(fields=["session", "state", "-division", "-id"], name="contribution_divided"),
            models.Index(fields=["session", "state", "-reply_count", "-id"], name="contribution_discussed"),
            models.Index(fields=["organisation", "state"], name="contribution_of_organisation"),
            models.Index(fields=["session", "text_digest"], name="contribution_same_text"),
            # All that the filters of a list count, so that counting reads no texts.
            models.Index(
                fields=["session", "state", "kind", "sector", "country", "language"], name="contribution_filters"
            ),
        )

    def __str__(self) -> str:
        """Show the receipt code."""
        return self.receipt_code

    @property
    def public_id(self) -> str:
        """The name used outside: the receipt code."""
        return self.receipt_code


class ContributionRevision(models.Model):
    """The text of a contribution as it stood from one moment; never changed, so that a citation can name it."""

    contribution = models.ForeignKey(Contribution, models.CASCADE, related_name="revisions")
    number = models.PositiveSmallIntegerField()
    text = models.TextField()
    html = models.TextField()
    text_digest = models.CharField(max_length=64)
    kind = models.CharField(max_length=15, choices=ContributionKind.choices)
    language = models.CharField(max_length=10)
    made_at = models.DateTimeField()

    is_personal = True

    class Meta:
        ordering = ("number",)
        constraints = (models.UniqueConstraint("contribution", "number", name="one_revision_number"),)

    def __str__(self) -> str:
        """Show the number."""
        return f"revision {self.number}"


class ExampleCase(models.Model):
    """The structured part of a concrete example: where, who, what came of it."""

    contribution = models.OneToOneField(Contribution, models.CASCADE, related_name="case")
    place = models.CharField(max_length=200, blank=True)
    actors = models.CharField(max_length=300, blank=True)
    started_in = models.CharField(max_length=40, blank=True)
    result = models.TextField(blank=True)
    evidence_address = models.URLField(blank=True)
    targets = models.ManyToManyField("reference.Target", blank=True, related_name="+")

    def __str__(self) -> str:
        """Show the place."""
        return self.place


class Draft(models.Model):
    """What a person has begun to write to a session, kept until it is sent or thrown away."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="drafts")
    session = models.ForeignKey(ConsultationSession, models.CASCADE, related_name="drafts")
    fields = models.JSONField(default=dict)
    saved_at = models.DateTimeField()

    is_personal = True

    class Meta:
        constraints = (models.UniqueConstraint("person", "session", name="one_draft_a_session"),)

    def __str__(self) -> str:
        """Name the session."""
        return f"draft to {self.session_id}"


class Reply(models.Model):
    """One person answered a contribution, one level deep."""

    receipt_code = models.CharField(max_length=11, unique=True, default=new_receipt_code, editable=False)
    contribution = models.ForeignKey(Contribution, models.PROTECT, related_name="replies")
    author = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="replies")
    text = models.TextField()
    html = models.TextField()
    text_digest = models.CharField(max_length=64)
    language = models.CharField(max_length=10)
    is_name_hidden = models.BooleanField(default=False)
    idempotency_key = models.CharField(max_length=64, blank=True)
    state = models.CharField(max_length=10, choices=PostState.choices)
    submitted_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    is_personal = True

    class Meta:
        constraints = (
            models.UniqueConstraint(
                "author", "idempotency_key", condition=~Q(idempotency_key=""), name="one_reply_a_key"
            ),
        )
        indexes = (models.Index(fields=["contribution", "state", "published_at", "id"], name="reply_in_order"),)

    def __str__(self) -> str:
        """Show the receipt code."""
        return self.receipt_code

    @property
    def public_id(self) -> str:
        """The name used outside: the receipt code."""
        return self.receipt_code


class Stance(models.Model):
    """One person's position on one contribution; changing it changes this row, the record keeps each step."""

    contribution = models.ForeignKey(Contribution, models.CASCADE, related_name="stances")
    person = models.ForeignKey(Person, models.CASCADE, related_name="stances")
    position = models.CharField(max_length=10, choices=Position.choices)
    taken_at = models.DateTimeField()

    is_personal = True

    class Meta:
        constraints = (models.UniqueConstraint("contribution", "person", name="one_stance_a_person"),)

    def __str__(self) -> str:
        """Show the position."""
        return self.position
