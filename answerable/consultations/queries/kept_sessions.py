"""The frame of a session's page, kept as long as the record knows of no change to its consultation."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.core.cache import cache
from django.db.models import OuterRef, QuerySet, Subquery

from answerable.consultations import log_types
from answerable.consultations.models import (
    ConsultationSession,
    ConsultationText,
    Digest,
    GuidingQuestion,
    SessionText,
)
from answerable.consultations.queries.consultations import QuestionInWords, SessionPage, pinned_digest, session_phase
from answerable.consultations.queries.localised import text_in
from answerable.ledger.models import Entry

_KEPT_SECONDS = 30


@dataclass(frozen=True, slots=True)
class _Words:
    """What a session and its consultation say of themselves in the language chosen for a reader."""

    consultation_text: ConsultationText | None
    text: SessionText | None
    questions: Sequence[QuestionInWords]
    digest: Digest | None


def kept_session_page(slug: str, number: int, *, language: str | None, at: datetime) -> SessionPage | None:
    """
    Return what ``session_page`` returns, its words out of memory: one query, or six when they are read anew.

    Every act that changes texts or questions writes an entry about the consultation, and every summary one of its kind;
    the newest of each tell whether anything changed. What changed behind the record's back shows after half a minute.
    """
    session = _session_with_marks(slug, number).first()
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
        digest=words.digest,
    )


def _session_with_marks(slug: str, number: int) -> QuerySet[ConsultationSession]:
    """Return the session of an address with the newest entries that its words may hang on."""
    about = Entry.objects.filter(subject_type="consultation", subject_id=OuterRef("consultation__public_id"))
    digests = Entry.objects.filter(kind=log_types.DIGEST_PUBLISHED)
    rows = ConsultationSession.objects.select_related("consultation").filter(consultation__slug=slug, number=number)
    return rows.annotate(
        changed_by=Subquery(about.order_by("-index").values("index")[:1]),
        summed_up_by=Subquery(digests.order_by("-index").values("index")[:1]),
    ).order_by()


def _kept_words(session: ConsultationSession, language: str | None) -> _Words:
    marks = f"{getattr(session, 'changed_by', None)}:{getattr(session, 'summed_up_by', None)}"
    key = f"words:{session.consultation.public_id}:{session.number}:{language}:{marks}"
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
        pinned_digest(session, language=language),
    )
