"""Reads across all consultations: figures for the start page, and the search over everything."""

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from answerable.consultations.models import Consultation, ConsultationText, Contribution, SessionText
from answerable.consultations.queries.consultations import ConsultationSummary, HeardFigures, summaries_of
from answerable.consultations.queries.contributions import SHOWN_IN_LISTS, SORTS, read_question_numbers
from answerable.consultations.queries.paging import KeptPages, Page
from answerable.consultations.queries.search import are_few, having, public_among_few, search_expression
from answerable.consultations.states import ConsultationState, PostState
from answerable.reference.queries.kept_queries import KeptQuery, within

_MOST_CONSULTATIONS = 10


def heard_everywhere() -> HeardFigures:
    """Return how much was heard in all published and concluded consultations; one query."""
    figures = published_contributions().aggregate(
        contributions=Count("pk"),
        contributors=Count("author", distinct=True),
        organisations=Count("organisation", distinct=True),
        countries=Count("country", distinct=True),
        languages=Count("language", distinct=True),
    )
    return HeardFigures(**figures)


def published_contributions() -> QuerySet[Contribution]:
    """Return the public contributions to consultations that are not drafts."""
    rows = Contribution.objects.filter(state=PostState.PUBLIC)
    return rows.exclude(session__consultation__state=ConsultationState.DRAFT)


def contributions_matching(
    words: str, *, languages: Sequence[str], cursor: str = "", limit: int = 20
) -> Page[Contribution]:
    """
    Return public contributions that have all the words, newest first; two queries, three on SQLite.

    ``languages`` are those whose word endings are tried. Words without a letter or digit match nothing.
    """
    if not any(sign.isalnum() for sign in words):
        return Page([])
    expression = search_expression(words, languages=languages)
    page = _matching.page(expression, order=SORTS["newest"], cursor=cursor, limit=limit, few=are_few(expression))
    read_question_numbers(page.items)
    return page


def _having_words(expression: str, *, few: bool) -> QuerySet[Contribution]:
    rows = (
        Contribution.objects.filter(public_among_few()) if few else Contribution.objects.filter(state=PostState.PUBLIC)
    )
    rows = rows.exclude(session__consultation__state=ConsultationState.DRAFT).filter(having(expression))
    return rows.select_related("author", "organisation").only(*SHOWN_IN_LISTS)


def consultations_matching(words: str, *, language: str | None, at: datetime) -> list[ConsultationSummary]:
    """Return published consultations whose texts or sessions hold all the words, at most ten; four queries."""
    wanted = words.split()
    if not wanted:
        return []
    rows = _consultations.all(*(within(word) for word in wanted))
    return summaries_of(rows, language=language, at=at)


def _naming(*wanted: str) -> QuerySet[Consultation]:
    own = _holding(wanted, ("title", "summary", "purpose"))
    of_session = _holding(wanted, ("title", "lead", "background"))
    rows = Consultation.objects.exclude(state=ConsultationState.DRAFT).filter(
        Exists(ConsultationText.objects.filter(own, consultation=OuterRef("pk")))
        | Exists(SessionText.objects.filter(of_session, session__consultation=OuterRef("pk")))
    )
    return rows.order_by("-opens_at", "-pk")[:_MOST_CONSULTATIONS]


def consultations_on_goal(number: int, *, language: str | None, at: datetime) -> list[ConsultationSummary]:
    """Return the published consultations about a goal, the latest first; four queries."""
    rows = Consultation.objects.exclude(state=ConsultationState.DRAFT).filter(goals=number)
    return summaries_of(list(rows.order_by("-opens_at", "-pk")), language=language, at=at)


def consultations_of_organisation(
    organisation_id: int, *, language: str | None, at: datetime
) -> list[ConsultationSummary]:
    """Return the published consultations that an organisation convenes, the latest first; four queries."""
    rows = Consultation.objects.exclude(state=ConsultationState.DRAFT).filter(convening__organisation=organisation_id)
    return summaries_of(list(rows.order_by("-opens_at", "-pk")), language=language, at=at)


def _holding(words: Sequence[str], fields: Sequence[str]) -> Q:
    """Return the condition that each word stands in one of the fields, whatever its case."""
    condition = Q()
    for word in words:
        in_any = Q()
        for field in fields:
            in_any |= Q(**{f"{field}__icontains": word})
        condition &= in_any
    return condition


_matching = KeptPages(_having_words)
_consultations = KeptQuery(_naming)
