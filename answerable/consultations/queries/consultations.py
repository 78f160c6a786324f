"""Reads of consultations, their sessions and questions, in the reader's language."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Count, Prefetch, Q

from answerable.consultations.models import (
    Consultation,
    ConsultationDocument,
    ConsultationSession,
    ConsultationText,
    Contribution,
    ConveningOrganisation,
    Digest,
    GuidingQuestion,
    QuestionText,
    SessionText,
)
from answerable.consultations.queries.localised import text_in
from answerable.consultations.states import ConsultationState, Phase, PostState
from answerable.people.models import Organisation
from answerable.reference.models import Goal
from answerable.reference.queries.kept_queries import KeptQuery


@dataclass(frozen=True, slots=True)
class QuestionInWords:
    """A guiding question and its words in the language chosen for the reader."""

    question: GuidingQuestion
    text: QuestionText | None


@dataclass(frozen=True, slots=True)
class SessionInWords:
    """A session, its words in the language chosen for the reader, and its questions in order."""

    session: ConsultationSession
    text: SessionText | None
    questions: Sequence[QuestionInWords]


@dataclass(frozen=True, slots=True)
class ConsultationSummary:
    """A consultation in a list; ``phase`` is None for a draft."""

    consultation: Consultation
    text: ConsultationText | None
    phase: Phase | None
    conveners: Sequence[Organisation]
    session_count: int
    contribution_count: int


@dataclass(frozen=True, slots=True)
class ConsultationPage:
    """All that the page of a consultation says of this stage."""

    consultation: Consultation
    text: ConsultationText | None
    phase: Phase | None
    sessions: Sequence[SessionInWords]
    conveners: Sequence[Organisation]
    goals: Sequence[Goal]
    documents: Sequence[ConsultationDocument]

    @property
    def contribution_count(self) -> int:
        """Public contributions in all sessions."""
        return sum(each.session.contribution_count for each in self.sessions)


@dataclass(frozen=True, slots=True)
class SessionPage:
    """
    All that the page of a session says apart from the contributions; ``phase`` follows the session's own times.

    ``titles`` are what all sessions of the consultation say of themselves by their numbers, where it was asked for.
    """

    consultation: Consultation
    consultation_text: ConsultationText | None
    session: ConsultationSession
    text: SessionText | None
    questions: Sequence[QuestionInWords]
    phase: Phase | None
    digest: Digest | None
    titles: Mapping[int, SessionText | None] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class HeardFigures:
    """The first link of the chain in numbers: what was publicly contributed, by how many, from where."""

    contributions: int
    contributors: int
    organisations: int
    countries: int
    languages: int


def consultations_by_phase(at: datetime, *, language: str | None) -> dict[Phase, list[ConsultationSummary]]:
    """
    Return the published consultations by where they stand at a moment; every phase is there, maybe empty.

    Open ones closing first come first, announced ones by opening, past ones the latest first. Four queries.
    """
    by_phase: dict[Phase, list[ConsultationSummary]] = {phase: [] for phase in Phase}
    rows = Consultation.objects.exclude(state=ConsultationState.DRAFT).order_by("closes_at", "pk")
    for summary in summaries_of(list(rows), language=language, at=at):
        if summary.phase is not None:
            by_phase[summary.phase].append(summary)
    by_phase[Phase.ANNOUNCED].sort(key=lambda each: each.consultation.opens_at or at)
    for phase in (Phase.SYNTHESIS, Phase.CONCLUDED):
        by_phase[phase].reverse()
    return by_phase


def summaries_of(
    consultations: Sequence[Consultation], *, language: str | None, at: datetime
) -> list[ConsultationSummary]:
    """Return consultations with the words, conveners and figures that a list shows; three queries for any number."""
    keys = [row.pk for row in consultations]
    texts: dict[int, list[ConsultationText]] = defaultdict(list)
    for text in _texts.all(keys):
        texts[text.consultation_id].append(text)
    conveners: dict[int, list[Organisation]] = defaultdict(list)
    for tie in _conveners.all(keys):
        conveners[tie.consultation_id].append(tie.organisation)
    figures: dict[int, list[int]] = defaultdict(list)
    for key, count in _counts.all(keys):
        figures[key].append(count)
    return [
        ConsultationSummary(
            consultation=row,
            text=text_in(language, texts[row.pk], default=row.default_language),
            phase=row.phase_at(at),
            conveners=conveners[row.pk],
            session_count=len(figures[row.pk]),
            contribution_count=sum(figures[row.pk]),
        )
        for row in consultations
    ]


def consultation_page(slug: str, *, language: str | None, at: datetime) -> ConsultationPage | None:
    """
    Return a consultation with all its own page shows, or None for an unknown address; nine queries at most.

    Whoever shows it asks ``rules.may_see_consultation`` first.
    """
    consultation = Consultation.objects.filter(slug=slug).first()
    if consultation is None:
        return None
    ties = consultation.convening.select_related("organisation")
    return ConsultationPage(
        consultation=consultation,
        text=text_in(language, consultation.texts.all(), default=consultation.default_language),
        phase=consultation.phase_at(at),
        sessions=sessions_of(consultation, language=language),
        conveners=[tie.organisation for tie in ties],
        goals=list(consultation.goals.order_by("number")),
        documents=list(consultation.documents.order_by("added_at", "pk")),
    )


def sessions_of(consultation: Consultation, *, language: str | None) -> list[SessionInWords]:
    """Return the sessions of a consultation in order, with their questions, in the reader's language; four queries."""
    rows = consultation.sessions.prefetch_related(
        "texts", Prefetch("questions", GuidingQuestion.objects.prefetch_related("texts"))
    )
    found = []
    for session in rows:
        session.consultation = consultation
        questions = _questions(session, language=language)
        text = text_in(language, session.texts.all(), default=consultation.default_language)
        found.append(SessionInWords(session, text, questions))
    return found


def session_page(slug: str, number: int, *, language: str | None, at: datetime) -> SessionPage | None:
    """
    Return a session with what its page shows above the contributions, or None for an unknown address; six queries.

    Whoever shows it asks ``rules.may_see_consultation`` first.
    """
    sessions = ConsultationSession.objects.select_related("consultation").prefetch_related(
        "texts", "consultation__texts", Prefetch("questions", GuidingQuestion.objects.prefetch_related("texts"))
    )
    session = sessions.filter(consultation__slug=slug, number=number).first()
    if session is None:
        return None
    consultation = session.consultation
    return SessionPage(
        consultation=consultation,
        consultation_text=text_in(language, consultation.texts.all(), default=consultation.default_language),
        session=session,
        text=text_in(language, session.texts.all(), default=consultation.default_language),
        questions=_questions(session, language=language),
        phase=session_phase(session, at=at),
        digest=pinned_digest(session, language=language),
    )


def titles_of(consultation: Consultation, *, language: str | None) -> dict[int, SessionText | None]:
    """Return what each session of a consultation says of itself by its number, in the reader's language; one query."""
    texts: dict[int, list[SessionText]] = defaultdict(list)
    for text in _titles.all(consultation.pk):
        texts[text.session.number].append(text)
    return {
        number: text_in(language, rows, default=consultation.default_language) for number, rows in sorted(texts.items())
    }


def session_phase(session: ConsultationSession, *, at: datetime) -> Phase | None:
    """Return where a session stands at a moment, by its own times where it has them."""
    phase = session.consultation.phase_at(at)
    if phase in {None, Phase.CONCLUDED}:
        return phase
    if session.period.opens_at is None or session.period.is_before(at):
        return Phase.ANNOUNCED
    return Phase.SYNTHESIS if session.period.is_over(at) else Phase.OPEN


def pinned_digest(session: ConsultationSession, *, language: str | None) -> Digest | None:
    """Return the pinned weekly summary of a session in the reader's language, else in the main one; one query."""
    return text_in(language, _pinned.all(session.pk), default=session.consultation.default_language)


def digests_of(session: ConsultationSession) -> list[Digest]:
    """Return all weekly summaries of a session, newest first; one query."""
    return list(session.digests.select_related("moderator"))


def heard_figures(consultation: Consultation) -> HeardFigures:
    """Return how much was heard in a consultation; one query."""
    rows = Contribution.objects.filter(session__consultation=consultation, state=PostState.PUBLIC)
    figures = rows.aggregate(
        contributions=Count("pk"),
        authors=Count("author", distinct=True),
        named=Count("attributed_name", distinct=True, filter=Q(author=None) & ~Q(attributed_name="")),
        nameless=Count("pk", filter=Q(author=None, attributed_name="")),
        organisations=Count("organisation", distinct=True),
        countries=Count("country", distinct=True),
        languages=Count("language", distinct=True),
    )
    contributors = figures.pop("authors") + figures.pop("named") + figures.pop("nameless")
    return HeardFigures(contributors=contributors, **figures)


def _questions(session: ConsultationSession, *, language: str | None) -> list[QuestionInWords]:
    default = session.consultation.default_language
    return [
        QuestionInWords(question, text_in(language, question.texts.all(), default=default))
        for question in session.questions.all()
    ]


_texts = KeptQuery(lambda keys: ConsultationText.objects.filter(consultation__in=keys))
_conveners = KeptQuery(
    lambda keys: ConveningOrganisation.objects.filter(consultation__in=keys).select_related("organisation")
)
_counts = KeptQuery(
    lambda keys: ConsultationSession.objects.filter(consultation__in=keys).values_list(
        "consultation_id", "contribution_count"
    )
)
_titles = KeptQuery(lambda key: SessionText.objects.filter(session__consultation=key).select_related("session"))
_pinned = KeptQuery(
    lambda session: (
        Digest.objects.filter(session=session, is_pinned=True)
        .select_related("moderator")
        .order_by("week_starts_on", "pk")
    )
)
