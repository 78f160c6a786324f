"""Setting up the sessions of a consultation and their guiding questions."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import F, Max, QuerySet
from django.utils.translation import gettext as _

from answerable.consultations import rules
from answerable.consultations.actions.entries import record_change
from answerable.consultations.models import (
    Consultation,
    ConsultationSession,
    Contribution,
    GuidingQuestion,
    QuestionText,
    SessionText,
)
from answerable.consultations.states import TextStatus
from answerable.consultations.validators import period_problems, raise_if_any, text_problems, title_problems
from answerable.foundation.hashing import text_digest
from answerable.foundation.rich_text import tidy_text
from answerable.foundation.verdicts import Unacceptable, require
from answerable.people.models import Person

_ASIDE = 10_000


def add_session(
    consultation: Consultation, *, by: Person, fields: Mapping[str, str], at: datetime, language: str = ""
) -> ConsultationSession:
    """
    Add a session after the others, with its ``title``, ``lead`` and ``background`` in one language.

    The language is the consultation's main one unless another is named. Raises NotAllowed, Unacceptable.
    """
    require(rules.may_edit_consultation(by, consultation, at=at))
    with transaction.atomic():
        Consultation.objects.select_for_update().get(pk=consultation.pk)
        session = ConsultationSession.objects.create(
            consultation=consultation, number=_next_number(consultation.sessions.all())
        )
        set_session_text(session, language or consultation.default_language, by=by, fields=fields, at=at)
    return session


def change_session(
    session: ConsultationSession, *, by: Person, opens_at: datetime | None, closes_at: datetime | None, at: datetime
) -> None:
    """Give a session times of its own; None takes the consultation's. Raises NotAllowed, Unacceptable."""
    require(rules.may_edit_consultation(by, session.consultation, at=at))
    session.opens_at, session.closes_at = opens_at, closes_at
    raise_if_any({"closes_at": period_problems(session.period.opens_at, session.period.closes_at)})
    with transaction.atomic():
        session.save(update_fields=["opens_at", "closes_at"])
        facts = {"part": f"session {session.number}", "opens_at": opens_at, "closes_at": closes_at}
        record_change(session.consultation, by=by, facts=facts, at=at)


def set_session_text(
    session: ConsultationSession,
    language: str,
    *,
    by: Person,
    fields: Mapping[str, str],
    at: datetime,
    status: TextStatus = TextStatus.ORIGINAL,
) -> SessionText:
    """Set a session's ``title``, ``lead`` and ``background`` in one language. Raises NotAllowed, Unacceptable."""
    require(rules.may_edit_consultation(by, session.consultation, at=at))
    said = {name: tidy_text(fields.get(name, "")) for name in ("title", "lead", "background")}
    raise_if_any({"title": title_problems(said["title"])})
    reviewer = by if status == TextStatus.REVIEWED else None
    with transaction.atomic():
        text, _made = SessionText.objects.update_or_create(
            session=session, language=language, defaults={**said, "status": status, "reviewer": reviewer}
        )
        digest = text_digest("\n\n".join(said.values()))
        facts = {"part": f"session {session.number}", "language": language, "text_digest": digest}
        record_change(session.consultation, by=by, facts=facts, at=at)
    return text


def reorder_sessions(consultation: Consultation, numbers: Sequence[int], *, by: Person, at: datetime) -> None:
    """
    Put the sessions, named by their present numbers, in a new order and number them from 1.

    Raises NotAllowed, and Unacceptable once somebody has contributed.
    """
    require(rules.may_edit_consultation(by, consultation, at=at))
    with transaction.atomic():
        _require_unanswered(consultation)
        _renumber(ConsultationSession.objects.filter(consultation=consultation), numbers)
        facts = {"part": "sessions", "order": ", ".join(map(str, numbers))}
        record_change(consultation, by=by, facts=facts, at=at)


def remove_session(session: ConsultationSession, *, by: Person, at: datetime) -> None:
    """Remove a session to which nobody has contributed; the later ones move up. Raises NotAllowed, Unacceptable."""
    require(rules.may_edit_consultation(by, session.consultation, at=at))
    with transaction.atomic():
        if session.contributions.exists():
            raise Unacceptable({"": [_("People have contributed to this session, so it stays.")]})
        number, consultation = session.number, session.consultation
        if consultation.sessions.filter(number__gt=number).exists():
            _require_unanswered(consultation)
        session.delete()
        _renumber(consultation.sessions.all(), list(consultation.sessions.values_list("number", flat=True)))
        record_change(consultation, by=by, facts={"part": f"session {number}", "is_removed": True}, at=at)


def add_question(
    session: ConsultationSession, *, by: Person, text: str, at: datetime, language: str = ""
) -> GuidingQuestion:
    """Add a guiding question after the others, in the consultation's main language unless another is named."""
    require(rules.may_edit_consultation(by, session.consultation, at=at))
    with transaction.atomic():
        ConsultationSession.objects.select_for_update().get(pk=session.pk)
        question = GuidingQuestion.objects.create(session=session, number=_next_number(session.questions.all()))
        set_question_text(question, language or session.consultation.default_language, by=by, text=text, at=at)
    return question


def set_question_text(
    question: GuidingQuestion,
    language: str,
    *,
    by: Person,
    text: str,
    at: datetime,
    status: TextStatus = TextStatus.ORIGINAL,
) -> QuestionText:
    """Set the words of a guiding question in one language. Raises NotAllowed, Unacceptable."""
    consultation = question.session.consultation
    require(rules.may_edit_consultation(by, consultation, at=at))
    text = tidy_text(text)
    raise_if_any({"text": text_problems(text, most=2_000)})
    reviewer = by if status == TextStatus.REVIEWED else None
    with transaction.atomic():
        row, _made = QuestionText.objects.update_or_create(
            question=question, language=language, defaults={"text": text, "status": status, "reviewer": reviewer}
        )
        part = f"question {question.number} of session {question.session.number}"
        facts = {"part": part, "language": language, "text_digest": text_digest(text)}
        record_change(consultation, by=by, facts=facts, at=at)
    return row


def reorder_questions(session: ConsultationSession, numbers: Sequence[int], *, by: Person, at: datetime) -> None:
    """
    Put the questions, named by their present numbers, in a new order and number them from 1.

    Raises NotAllowed, and Unacceptable once somebody has contributed.
    """
    require(rules.may_edit_consultation(by, session.consultation, at=at))
    with transaction.atomic():
        _require_unanswered(session.consultation)
        _renumber(session.questions.all(), numbers)
        facts = {"part": f"questions of session {session.number}", "order": ", ".join(map(str, numbers))}
        record_change(session.consultation, by=by, facts=facts, at=at)


def remove_question(question: GuidingQuestion, *, by: Person, at: datetime) -> None:
    """Remove a question that no contribution answers; the later ones move up. Raises NotAllowed, Unacceptable."""
    session = question.session
    require(rules.may_edit_consultation(by, session.consultation, at=at))
    with transaction.atomic():
        if question.contributions.exists():
            raise Unacceptable({"": [_("People have answered this question, so it stays.")]})
        part = f"question {question.number} of session {session.number}"
        if session.questions.filter(number__gt=question.number).exists():
            _require_unanswered(session.consultation)
        question.delete()
        _renumber(session.questions.all(), list(session.questions.values_list("number", flat=True)))
        record_change(session.consultation, by=by, facts={"part": part, "is_removed": True}, at=at)


def _require_unanswered(consultation: Consultation) -> None:
    """Refuse to renumber once somebody has contributed: numbers are part of addresses and of the record."""
    if Contribution.objects.filter(session__consultation=consultation).exists():
        raise Unacceptable({"": [_("People have contributed already, so the numbers stay as they are.")]})


def _next_number(rows: QuerySet[ConsultationSession] | QuerySet[GuidingQuestion]) -> int:
    return (rows.aggregate(last=Max("number"))["last"] or 0) + 1


def _renumber(rows: QuerySet[ConsultationSession] | QuerySet[GuidingQuestion], numbers: Sequence[int]) -> None:
    """Give rows numbers from 1 in the order of their present numbers, by way of numbers that nothing has."""
    kept = dict(rows.select_for_update().values_list("number", "pk"))
    if sorted(kept) != sorted(numbers):
        raise Unacceptable({"": [_("Name every one of them exactly once.")]})
    rows.update(number=F("number") + _ASIDE)
    for number, present in enumerate(numbers, start=1):
        rows.filter(pk=kept[present]).update(number=number)
