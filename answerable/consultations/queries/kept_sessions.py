"""The frame of a session's page, kept as long as the record knows of no change to its consultation."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.core.cache import cache

from answerable.consultations.models import (
    ConsultationSession,
    ConsultationText,
    GuidingQuestion,
    SessionText,
)
from answerable.consultations.queries.consultations import QuestionInWords, SessionPage, pinned_digest, session_phase
from answerable.consultations.queries.localised import text_in
from answerable.ledger.queries import entries_of

_KEPT_SECONDS = 30


@dataclass(frozen=True, slots=True)
class _Words:
    """What a session and its consultation say of themselves in the language chosen for a reader."""

    consultation_text: ConsultationText | None
    text: SessionText | None
    questions: Sequence[QuestionInWords]


def kept_session_page(slug: str, number: int, *, language: str | None, at: datetime) -> SessionPage | None:
    """
    Return what ``session_page`` returns with its words out of memory; three queries, or seven when they are read anew.

    Every act that changes texts or questions writes an entry about the consultation, so the newest one tells whether
    anything changed. Words changed behind the record's back show after half a minute.
    """
    rows = ConsultationSession.objects.select_related("consultation")
    session = rows.filter(consultation__slug=slug, number=number).first()
    if session is None:
        return None
    words = _kept_words(session, language)
    return SessionPage(
        consultation=session.consultation,
        consultation_text=words.consultation_text,
        session=session,
        text=words.text,
        questions=words.questions,
        phase=session_phase(session, at=at),
        digest=pinned_digest(session, language=language),
    )


def _kept_words(session: ConsultationSession, language: str | None) -> _Words:
    entries = entries_of("consultation", session.consultation.public_id).order_by("-index")
    newest = entries.values_list("index", flat=True).first()
    key = f"words:{session.consultation.public_id}:{session.number}:{language}:{newest}"
    words: _Words | None = cache.get(key)
    if words is None:
        words = _words(session, language)
        cache.set(key, words, _KEPT_SECONDS)
    return words


def _words(session: ConsultationSession, language: str | None) -> _Words:
    default = session.consultation.default_language
    questions = []
    for question in GuidingQuestion.objects.filter(session_id=session.pk).prefetch_related("texts"):
        questions.append(QuestionInWords(question, text_in(language, question.texts.all(), default=default)))
        question._prefetched_objects_cache.clear()  # type: ignore[attr-defined]  # noqa: SLF001  # only one is kept
    return _Words(
        text_in(language, ConsultationText.objects.filter(consultation=session.consultation_id), default=default),
        text_in(language, SessionText.objects.filter(session=session.pk), default=default),
        questions,
    )
