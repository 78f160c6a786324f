"""The frame of a consultation: sessions, questions, their texts in several languages."""

from datetime import datetime

from django.db import models
from django.db.models import F, Q

from answerable.consultations.states import ConsultationState, ModerationPolicy, ParticipationPolicy, Phase, TextStatus
from answerable.foundation.ids import new_public_id
from answerable.foundation.periods import Period
from answerable.people.models import Organisation, Person, check_time_zone


class Consultation(models.Model):
    """One event at which somebody asks the public, for a purpose and between two moments."""

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    slug = models.SlugField(max_length=80, unique=True)
    state = models.CharField(max_length=12, choices=ConsultationState.choices, default=ConsultationState.DRAFT)
    default_language = models.CharField(max_length=10, default="en")
    languages = models.JSONField(default=list)
    opens_at = models.DateTimeField(null=True, blank=True)
    closes_at = models.DateTimeField(null=True, blank=True)
    time_zone = models.CharField(max_length=60, default="UTC", validators=[check_time_zone])
    participation_policy = models.CharField(
        max_length=10, choices=ParticipationPolicy.choices, default=ParticipationPolicy.OPEN
    )
    moderation_policy = models.CharField(max_length=10, choices=ModerationPolicy.choices, default=ModerationPolicy.POST)
    event_name = models.CharField(max_length=200, blank=True)
    event_place = models.CharField(max_length=120, blank=True)
    event_starts_on = models.DateField(null=True, blank=True)
    event_ends_on = models.DateField(null=True, blank=True)
    event_address = models.URLField(blank=True)
    goals = models.ManyToManyField("reference.Goal", blank=True, related_name="+")
    conveners = models.ManyToManyField(Organisation, through="ConveningOrganisation", related_name="convened")
    created_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True, blank=True)
    concluded_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(closes_at__isnull=True) | Q(opens_at__isnull=True) | Q(closes_at__gt=F("opens_at")),
                name="consultation_closes_after_opening",
            ),
        )

    def __str__(self) -> str:
        """Show the slug."""
        return self.slug

    @property
    def period(self) -> Period:
        """When contributions are taken."""
        return Period(self.opens_at, self.closes_at)

    def phase_at(self, moment: datetime) -> Phase | None:
        """Return where the consultation stands at a moment; None while it is a draft."""
        if self.state == ConsultationState.DRAFT:
            return None
        if self.state == ConsultationState.CONCLUDED:
            return Phase.CONCLUDED
        if self.opens_at is None or self.period.is_before(moment):
            return Phase.ANNOUNCED
        return Phase.SYNTHESIS if self.period.is_over(moment) else Phase.OPEN


class ConveningOrganisation(models.Model):
    """One organisation convenes one consultation; the first in order is named first."""

    consultation = models.ForeignKey(Consultation, models.CASCADE, related_name="convening")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="convening")
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ("order", "id")
        constraints = (models.UniqueConstraint("consultation", "organisation", name="convenes_once"),)

    def __str__(self) -> str:
        """Name the organisation."""
        return str(self.organisation)


class ConsultationText(models.Model):
    """What a consultation says of itself in one language."""

    consultation = models.ForeignKey(Consultation, models.CASCADE, related_name="texts")
    language = models.CharField(max_length=10)
    title = models.CharField(max_length=200)
    summary = models.TextField(blank=True)
    purpose = models.TextField(blank=True)
    status = models.CharField(max_length=12, choices=TextStatus.choices, default=TextStatus.ORIGINAL)
    reviewer = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        constraints = (models.UniqueConstraint("consultation", "language", name="one_consultation_text"),)

    def __str__(self) -> str:
        """Show the title."""
        return self.title


class ConsultationSession(models.Model):
    """One of the ordered parts of a consultation, with its background text and guiding questions."""

    consultation = models.ForeignKey(Consultation, models.CASCADE, related_name="sessions")
    number = models.PositiveSmallIntegerField()
    opens_at = models.DateTimeField(null=True, blank=True)
    closes_at = models.DateTimeField(null=True, blank=True)
    contribution_count = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ("number",)
        constraints = (models.UniqueConstraint("consultation", "number", name="one_session_number"),)

    def __str__(self) -> str:
        """Show the number."""
        return f"session {self.number} of {self.consultation_id}"

    @property
    def period(self) -> Period:
        """When contributions are taken: the session's own times, else the consultation's."""
        return Period(self.opens_at or self.consultation.opens_at, self.closes_at or self.consultation.closes_at)


class SessionText(models.Model):
    """What a session says in one language: title, one-sentence lead, background."""

    session = models.ForeignKey(ConsultationSession, models.CASCADE, related_name="texts")
    language = models.CharField(max_length=10)
    title = models.CharField(max_length=200)
    lead = models.TextField(blank=True)
    background = models.TextField(blank=True)
    status = models.CharField(max_length=12, choices=TextStatus.choices, default=TextStatus.ORIGINAL)
    reviewer = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        constraints = (models.UniqueConstraint("session", "language", name="one_session_text"),)

    def __str__(self) -> str:
        """Show the title."""
        return self.title


class GuidingQuestion(models.Model):
    """One question that a session asks."""

    session = models.ForeignKey(ConsultationSession, models.CASCADE, related_name="questions")
    number = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ("number",)
        constraints = (models.UniqueConstraint("session", "number", name="one_question_number"),)

    def __str__(self) -> str:
        """Show the number."""
        return f"question {self.number}"


class QuestionText(models.Model):
    """A guiding question in one language."""

    question = models.ForeignKey(GuidingQuestion, models.CASCADE, related_name="texts")
    language = models.CharField(max_length=10)
    text = models.TextField()
    status = models.CharField(max_length=12, choices=TextStatus.choices, default=TextStatus.ORIGINAL)
    reviewer = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        constraints = (models.UniqueConstraint("question", "language", name="one_question_text"),)

    def __str__(self) -> str:
        """Show the text."""
        return self.text


class ConsultationDocument(models.Model):
    """A file that the convener gives readers of a consultation."""

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    consultation = models.ForeignKey(Consultation, models.CASCADE, related_name="documents")
    title = models.CharField(max_length=200)
    language = models.CharField(max_length=10, default="en")
    file = models.FileField(upload_to="documents/")
    media_type = models.CharField(max_length=80)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")

    def __str__(self) -> str:
        """Show the title."""
        return self.title
