"""The frame of a session's page, kept as long as the record knows of no change to its consultation."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.core.cache import cache
from django.db.models import Exists, OuterRef, QuerySet, Subquery

from answerable.consultations.models import (
    ConsultationSession,
    ConsultationText,
    Digest,
    QuestionText,
    SessionText,
)
from answerable.consultations.queries.consultations import (
    QuestionInWords,
    SessionPage,
    pinned_digest,
    session_phase,
    titles_of,
)
from answerable.consultations.queries.contributions import questions_of
from answerable.consultations.queries.localised import text_in
from answerable.ledger.models import Entry
from answerable.reference.queries.kept_queries import KeptQuery

_KEPT_SECONDS = 30
_LARGEST_NUMBER = 32_767


@dataclass(frozen=True, slots=True)
class _Words:
    """What a session and its consultation say of themselves in the language chosen for a reader."""

    consultation_text: ConsultationText | None
    titles: Mapping[int, SessionText | None]
    questions: Sequence[QuestionInWords]


def kept_session_page(slug: str, number: int, *, language: str | None, at: datetime) -> SessionPage | None:
    """
    Return what ``session_page`` returns, its words out of memory: one query, five when they are read anew.

    One more where a weekly summary is pinned. Every act that changes texts or questions writes an entry about the
    consultation, so the newest one tells whether anything changed. Words changed behind the record's back show after
    half a minute.
    """
    session = _session.first(slug, number) if 0 < number <= _LARGEST_NUMBER else None
    if session is None:
        return None
    words = _kept_words(session, language)
    has_digest = vars(session)["has_digest"]
    return SessionPage(
        consultation=session.consultation,
        consultation_text=words.consultation_text,
        session=session,
        text=words.titles.get(session.number),
        questions=words.questions,
        phase=session_phase(session, at=at),
        digest=pinned_digest(session, language=language) if has_digest else None,
        titles=words.titles,
    )


def _with_marks(slug: str, number: int) -> QuerySet[ConsultationSession]:
    """Return the session of an address, the newest entry about its consultation, and whether a summary is pinned."""
    about = Entry.objects.filter(subject_type="consultation", subject_id=OuterRef("consultation__public_id"))
    rows = ConsultationSession.objects.select_related("consultation").filter(consultation__slug=slug, number=number)
    return rows.annotate(
        changed_by=Subquery(about.order_by("-index").values("index")[:1]),
        has_digest=Exists(Digest.objects.filter(session=OuterRef("pk"), is_pinned=True)),
    ).order_by()


def _kept_words(session: ConsultationSession, language: str | None) -> _Words:
    changed_by = vars(session)["changed_by"]
    key = f"words:{session.consultation.public_id}:{session.number}:{language}:{changed_by}"
    words: _Words | None = cache.get(key)
    if words is None:
        words = _words(session, language)
        cache.set(key, words, _KEPT_SECONDS)
    return words


def _words(session: ConsultationSession, language: str | None) -> _Words:
    default = session.consultation.default_language
    texts: dict[int, list[QuestionText]] = defaultdict(list)
    for text in _question_texts.all(session.pk):
        texts[text.question_id].append(text)
    return _Words(
        text_in(language, _texts.all(session.consultation_id), default=default),
        titles_of(session.consultation, language=language),
        [QuestionInWords(each, text_in(language, texts[each.pk], default=default)) for each in questions_of(session)],
    )


_texts = KeptQuery(lambda key: ConsultationText.objects.filter(consultation=key))
_question_texts = KeptQuery(lambda key: QuestionText.objects.filter(question__session=key))
_session = KeptQuery(_with_marks)
