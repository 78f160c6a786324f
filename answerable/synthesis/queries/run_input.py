"""What the engine is given: the public contributions of a consultation, frozen in one order."""

from collections.abc import Mapping
from dataclasses import dataclass

from answerable.consultations.models import Consultation, Contribution, GuidingQuestion
from answerable.engine.records import Contribution as Input
from answerable.synthesis.rules import public_contributions

_FIELDS = (
    "receipt_code",
    "text",
    "language",
    "revision_count",
    "submitted_at",
    "session__number",
    "sector",
    "stakeholder_group",
    "country",
    "author__public_id",
    "attributed_name",
    "organisation__public_id",
)


@dataclass(frozen=True, slots=True)
class FrozenInput:
    """The contributions as the engine reads them, and the rows they came from by receipt code."""

    contributions: tuple[Input, ...]
    rows: Mapping[str, Contribution]
    questions: Mapping[str, GuidingQuestion]


def frozen_input(consultation: Consultation) -> FrozenInput:
    """
    Return the public contributions in the order of their receipt codes; four queries.

    A contribution that answers several guiding questions goes with the first of them. The engine's question is a key
    ``session.question`` followed by the question's words, so that no label repeats the question.
    """
    public = public_contributions(consultation).select_related("session", "author", "organisation")
    rows = list(public.only(*_FIELDS).order_by("receipt_code"))
    questions = {row.pk: row for row in _questions(consultation)}
    first = _first_questions(consultation)
    inputs = tuple(_input(row, questions.get(first.get(row.pk, 0)), consultation.default_language) for row in rows)
    return FrozenInput(
        inputs,
        {row.receipt_code: row for row in rows},
        {f"{row.session.number}.{row.number}": row for row in questions.values()},
    )


def question_key(question: str) -> str:
    """Return the key ``session.question`` at the head of a question as the engine was given it."""
    return question.partition(" ")[0]


def _questions(consultation: Consultation) -> list[GuidingQuestion]:
    rows = GuidingQuestion.objects.filter(session__consultation=consultation)
    return list(rows.select_related("session").prefetch_related("texts"))


def _first_questions(consultation: Consultation) -> dict[int, int]:
    links = Contribution.questions.through.objects.filter(contribution__session__consultation=consultation)
    pairs = links.order_by("-guidingquestion__number").values_list("contribution_id", "guidingquestion_id")
    return dict(pairs)


def _input(row: Contribution, question: GuidingQuestion | None, default_language: str) -> Input:
    key = f"{row.session.number}.{question.number if question else 0}"
    words = _words(question, row.language, default_language) if question else ""
    return Input(
        id=row.receipt_code,
        text=row.text,
        question=f"{key} {words}".strip(),
        language=row.language,
        sector=row.sector_id or "",
        stakeholder_group=row.stakeholder_group_id or "",
        country=row.country_id or "",
        author=row.author.public_id if row.author else row.attributed_name,
        organisation=row.organisation.public_id if row.organisation else "",
    )


def _words(question: GuidingQuestion, language: str, default_language: str) -> str:
    texts = {text.language: text.text for text in question.texts.all()}
    return texts.get(language) or texts.get(default_language, "")
