"""Consultations and what is said in them; each row is the least that is valid."""

from datetime import UTC, datetime, timedelta

import factory
from factory.django import DjangoModelFactory

from answerable.consultations.actions import ContributionDraft
from answerable.consultations.actions.posts import count_post
from answerable.consultations.actions.search_index import index_contributions
from answerable.consultations.models import (
    Consultation,
    ConsultationSession,
    ConsultationText,
    Contribution,
    ContributionRevision,
    GuidingQuestion,
    QuestionText,
    Reply,
    SessionText,
    Stance,
    StatedReference,
)
from answerable.consultations.states import ConsultationState, ContributionKind, Position, PostState, ReferenceAxis
from answerable.foundation.hashing import text_digest
from answerable.foundation.rich_text import html_of
from tests.factories.people import PersonFactory

OPENS = datetime(2026, 10, 10, 0, 0, tzinfo=UTC)
CLOSES = datetime(2026, 11, 20, 16, 59, 59, tzinfo=UTC)
NOW = datetime(2026, 11, 1, 12, 0, tzinfo=UTC)


class ConsultationFactory(DjangoModelFactory):
    """A published consultation that is open at NOW."""

    class Meta:
        model = Consultation

    slug = factory.Sequence("consultation-{}".format)
    state = ConsultationState.PUBLISHED
    languages = factory.LazyFunction(lambda: ["en", "fr"])
    opens_at = OPENS
    closes_at = CLOSES
    created_at = OPENS - timedelta(days=30)


class ConsultationTextFactory(DjangoModelFactory):
    class Meta:
        model = ConsultationText

    consultation = factory.SubFactory(ConsultationFactory)
    language = "en"
    title = "Partnerships for the Goals"
    purpose = "To hear what people have learned."


class ConsultationSessionFactory(DjangoModelFactory):
    class Meta:
        model = ConsultationSession

    consultation = factory.SubFactory(ConsultationFactory)
    number = factory.Sequence(lambda number: number + 1)


class SessionTextFactory(DjangoModelFactory):
    class Meta:
        model = SessionText

    session = factory.SubFactory(ConsultationSessionFactory)
    language = "en"
    title = factory.Sequence("Session about matter {}".format)


class GuidingQuestionFactory(DjangoModelFactory):
    class Meta:
        model = GuidingQuestion

    session = factory.SubFactory(ConsultationSessionFactory)
    number = factory.LazyAttribute(lambda row: row.session.questions.count() + 1)


class QuestionTextFactory(DjangoModelFactory):
    class Meta:
        model = QuestionText

    question = factory.SubFactory(GuidingQuestionFactory)
    language = "en"
    text = factory.Sequence("What have you learned about matter {}?".format)


class ContributionFactory(DjangoModelFactory):
    """A public contribution with its first revision, counted and findable; it has no entry in the record."""

    class Meta:
        model = Contribution
        skip_postgeneration_save = True

    session = factory.SubFactory(ConsultationSessionFactory)
    author = factory.SubFactory(PersonFactory)
    kind = ContributionKind.VIEW
    language = "en"
    state = PostState.PUBLIC
    text = factory.Sequence("Meetings number {} were held in the market hall, where people are anyway.".format)
    html = factory.LazyAttribute(lambda row: html_of(row.text))
    text_digest = factory.LazyAttribute(lambda row: text_digest(row.text))
    submitted_at = factory.Sequence(lambda number: NOW - timedelta(days=10) + timedelta(seconds=number))
    published_at = factory.LazyAttribute(lambda row: row.submitted_at if row.state == PostState.PUBLIC else None)

    @factory.post_generation
    def companions(self, create, extracted, **kwargs):
        ContributionRevision.objects.create(
            contribution=self,
            number=1,
            text=self.text,
            html=self.html,
            text_digest=self.text_digest,
            kind=self.kind,
            language=self.language,
            made_at=self.submitted_at,
        )

    @factory.post_generation
    def questions(self, create, extracted, **kwargs):
        self.questions.set(
            extracted or self.session.questions.all()[:1] or [GuidingQuestionFactory(session=self.session)]
        )
        index_contributions([self])
        if self.state == PostState.PUBLIC:
            count_post(self, by=1)


class ReplyFactory(DjangoModelFactory):
    """A public reply, counted; it has no entry in the record."""

    class Meta:
        model = Reply
        skip_postgeneration_save = True

    contribution = factory.SubFactory(ContributionFactory)
    author = factory.SubFactory(PersonFactory)
    language = "en"
    state = PostState.PUBLIC
    text = factory.Sequence("That is what we saw in village {} as well.".format)
    html = factory.LazyAttribute(lambda row: html_of(row.text))
    text_digest = factory.LazyAttribute(lambda row: text_digest(row.text))
    submitted_at = factory.Sequence(lambda number: NOW + timedelta(seconds=number))
    published_at = factory.SelfAttribute("submitted_at")

    @factory.post_generation
    def counted(self, create, extracted, **kwargs):
        if self.state == PostState.PUBLIC:
            count_post(self, by=1)


class StanceFactory(DjangoModelFactory):
    """A stance that is not counted and has no entry in the record."""

    class Meta:
        model = Stance

    contribution = factory.SubFactory(ContributionFactory)
    person = factory.SubFactory(PersonFactory)
    position = Position.AGREE
    taken_at = NOW


class ContributionDraftFactory(factory.Factory):
    """What a contributor fills in at least."""

    class Meta:
        model = ContributionDraft

    kind = "view"
    text = factory.Sequence("The committee met {} times before anybody asked who would pay for it.".format)
    questions = (1,)
    language = "en"


class StatedReferenceFactory(DjangoModelFactory):
    """Half public, half private, as a register says."""

    class Meta:
        model = StatedReference

    consultation = factory.SubFactory(ConsultationFactory)
    axis = ReferenceAxis.SECTOR
    source = "Register of partners, 2025"
    shares = factory.LazyFunction(lambda: {"public": 50, "private": 50})
    stated_at = NOW
