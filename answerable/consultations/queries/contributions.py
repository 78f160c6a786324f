"""Reads of contributions: the list of a session, single ones, those of an organisation or towards a goal."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery, prefetch_related_objects

from answerable.consultations.models import (
    ConsultationSession,
    Contribution,
    ContributionRevision,
    GuidingQuestion,
    Reply,
    Stance,
)
from answerable.consultations.queries.contribution_filters import SEARCH, ContributionFilters
from answerable.consultations.queries.paging import KeptPages, Order, Page, page_of
from answerable.consultations.queries.question_numbers import question_numbers
from answerable.consultations.queries.search import found_count, having, is_few, public_among_few
from answerable.consultations.states import ConsultationState, Position, PostState
from answerable.foundation.ids import normalise_receipt_code
from answerable.people.models import Organisation, Person
from answerable.reference.queries.kept_queries import KeptQuery

SORTS = {
    "newest": Order("published_at"),
    "oldest": Order("published_at", is_descending=False),
    "divided": Order("division"),
    "discussed": Order("reply_count"),
}
_COMPANIONS = ("author", "organisation")
# What a list shows of a contribution. Anything else is read when it is asked for, which is one query a row.
SHOWN_IN_LISTS = (
    *("receipt_code", "session", "kind", "language", "capacity", "sector", "country", "is_name_hidden"),
    *("attributed_name", "state", "html", "submitted_at", "published_at", "reply_count"),
    *("agree_count", "disagree_count", "pass_count", "division"),
    *("author__public_id", "author__name", "author__pseudonym", "author__is_active"),
    *("organisation__public_id", "organisation__slug", "organisation__name", "organisation__name_language"),
)
_NUMBERS = "_question_numbers"


@dataclass(frozen=True, slots=True)
class ListedContribution:
    """A contribution in a list, with the reader's own position on it, empty when they took none."""

    contribution: Contribution
    own_position: str = ""


@dataclass(frozen=True, slots=True)
class ReadContribution:
    """A contribution with the reader's own position on it, and whether they have replies there that are not public."""

    contribution: Contribution
    own_position: str
    has_hidden_replies: bool


def contribution_page_of(
    session: ConsultationSession,
    *,
    person: Person | None = None,
    filters: ContributionFilters | None = None,
    sort: str = "newest",
    cursor: str = "",
    limit: int = 20,
    languages: Sequence[str] = ("en",),
) -> Page[ListedContribution]:
    """
    Return some of the public contributions of a session; what a person has waiting comes from ``own_hidden_of``.

    ``sort`` is newest, oldest, divided or discussed; anything else means newest. ``languages`` are those of the reader,
    for the endings of searched words. Two queries, three for a person.
    """
    given = (filters or ContributionFilters()).given(languages=languages)
    order = SORTS.get(sort, SORTS["newest"])
    page = _whole.page(session.pk, *given.values(), paths=tuple(given), order=order, cursor=cursor, limit=limit)
    prefetch_related_objects(page.items, "questions")
    return listed(page, person=person)


def shown_page_of(
    session: ConsultationSession,
    *,
    person: Person | None,
    filters: ContributionFilters,
    sort: str,
    cursor: str,
    limit: int,
    languages: Sequence[str],
    count: int | None = None,
) -> Page[ListedContribution]:
    """
    Return what ``contribution_page_of`` returns with what a list shows, and no more of it.

    Anything else of a row is read when it is asked for, also the numbers of its questions, unless
    ``read_question_numbers`` has read them. ``count`` is what ``match_count`` returned, where it was asked: few rows
    are found another way than many. One query, from a cursor on at most two, none where nothing fits.
    """
    if count == 0:
        return Page([])
    order = SORTS.get(sort, SORTS["newest"])
    key = person.pk if person is not None and person.pk else 0
    if count is not None and is_few(count) and filters.are_searched():
        searched = filters.searched(session.pk, languages=languages)
        page = _few_shown.page(key, searched, order=order, cursor=cursor, limit=limit)
    else:
        given = filters.given(languages=languages)
        values, paths = given.values(), tuple(given)
        page = _shown.page(session.pk, key, *values, paths=paths, order=order, cursor=cursor, limit=limit)
    items = [ListedContribution(row, vars(row)["own_position"] or "") for row in page.items]
    return Page(items, next_cursor=page.next_cursor, previous_cursor=page.previous_cursor)


def match_count(session: ConsultationSession, *, filters: ContributionFilters, languages: Sequence[str]) -> int:
    """
    Return how many public contributions of a session fit some filters; one query.

    The search counts them where it is faster, for its index knows the facets; of an organisation it knows nothing.
    """
    if filters.are_searched():
        return found_count(filters.searched(session.pk, languages=languages))
    given = filters.given(languages=languages)
    return _narrowed(session.pk, *given.values(), paths=tuple(given)).count()


def _narrowed(session: int, *values: str | int, paths: tuple[str, ...]) -> QuerySet[Contribution]:
    rows = Contribution.objects.filter(session=session, state=PostState.PUBLIC)
    for path, value in zip(paths, values, strict=True):
        rows = rows.filter(having(str(value)) if path == SEARCH else Q(**{path: value}))
    return rows.select_related(*_COMPANIONS)


def _narrowed_for(session: int, person: int, *values: str | int, paths: tuple[str, ...]) -> QuerySet[Contribution]:
    rows = _narrowed(session, *values, paths=paths).only(*SHOWN_IN_LISTS)
    return rows.annotate(own_position=_own_position(person))


def _few_for(person: int, searched: str) -> QuerySet[Contribution]:
    rows = Contribution.objects.filter(public_among_few(), having(searched)).select_related(*_COMPANIONS)
    return rows.only(*SHOWN_IN_LISTS).annotate(own_position=_own_position(person))


def _own_position(person: int) -> Subquery:
    return Subquery(Stance.objects.filter(contribution=OuterRef("pk"), person=person).values("position")[:1])


def listed(page: Page[Contribution], *, person: Person | None) -> Page[ListedContribution]:
    """Return a page of contributions with a reader's own positions; one query for a person."""
    positions = positions_of(person, page.items)
    items = [ListedContribution(row, positions.get(row.pk, "")) for row in page.items]
    return Page(items, next_cursor=page.next_cursor, previous_cursor=page.previous_cursor)


def positions_of(person: Person | None, contributions: Iterable[Contribution]) -> dict[int, Position]:
    """Return a person's positions on contributions by contribution id; one query, none for somebody not signed in."""
    keys = [row.pk for row in contributions]
    if person is None or not person.pk or not keys:
        return {}
    return {key: Position(position) for key, position in _positions.all(person.pk, keys)}


def own_hidden_of(session: ConsultationSession, person: Person | None) -> list[Contribution]:
    """Return what a person sent to a session and others do not see (waiting, held, …), newest first."""
    if person is None or not person.pk:
        return []
    return _hidden.all(session.pk, person.pk)


def contribution_with_code(code: str) -> Contribution | None:
    """
    Return the contribution of a receipt code as typed, with all a page shows, in any state; None for an unknown code.

    Whoever shows it asks ``rules.may_read`` first.
    """
    found = _with_code.first(normalise_receipt_code(code))
    if found is not None and hasattr(found, "case"):
        prefetch_related_objects([found], "case__targets")
    return found


def contribution_for_reader(code: str, person: Person | None) -> ReadContribution | None:
    """Return what ``contribution_with_code`` returns with what a reader did there; as many queries."""
    key = person.pk if person is not None and person.pk else 0
    found = _for_reader.first(normalise_receipt_code(code), key)
    if found is None:
        return None
    if hasattr(found, "case"):
        prefetch_related_objects([found], "case__targets")
    own = vars(found)
    return ReadContribution(found, own["own_position"] or "", own["has_hidden_replies"])


def _done_by(code: str, person: int) -> QuerySet[Contribution]:
    hidden = Reply.objects.filter(contribution=OuterRef("pk"), author=person).exclude(state=PostState.PUBLIC)
    return _of_code(code).annotate(own_position=_own_position(person), has_hidden_replies=Exists(hidden))


def _of_code(code: str) -> QuerySet[Contribution]:
    rows = Contribution.objects.filter(receipt_code=code)
    return rows.select_related(*_COMPANIONS, "session__consultation", "case")


def sent_under_key(author: Person, key: str) -> Contribution | None:
    """Return the contribution that a person sent with an idempotency key, or None; one query."""
    return _under_key.first(author.pk, key)


def questions_of(session: ConsultationSession) -> list[GuidingQuestion]:
    """Return the guiding questions of a session in order; one query."""
    return _questions.all(session.pk)


def read_question_numbers(contributions: Sequence[Contribution]) -> None:
    """Read the numbers of the questions that contributions answer into them; one query for any number."""
    numbers: dict[int, list[int]] = {row.pk: [] for row in contributions}
    for key, number in question_numbers(list(numbers)):
        numbers[key].append(number)
    for row in contributions:
        vars(row)[_NUMBERS] = tuple(numbers[row.pk])


def question_numbers_of(contribution: Contribution) -> tuple[int, ...]:
    """Return the numbers of the questions that a contribution answers; asks for them only when they were not read."""
    if "questions" in vars(contribution).get("_prefetched_objects_cache", ()):
        return tuple(question.number for question in contribution.questions.all())
    if _NUMBERS not in vars(contribution):
        read_question_numbers([contribution])
    numbers: tuple[int, ...] = vars(contribution)[_NUMBERS]
    return numbers


def revisions_of(contribution: Contribution) -> list[ContributionRevision]:
    """Return what a contribution has said, the first words first."""
    return list(contribution.revisions.all())


def contributions_of_organisation(
    organisation: Organisation, *, cursor: str = "", limit: int = 20
) -> Page[Contribution]:
    """Return the public contributions made for an organisation, newest first."""
    rows = with_companions(_published()).filter(organisation=organisation)
    return page_of(
        rows.select_related(*_COMPANIONS, "session__consultation"), order=SORTS["newest"], cursor=cursor, limit=limit
    )


def contributions_of_person(person: Person, *, cursor: str = "", limit: int = 20) -> Page[Contribution]:
    """Return what a person has contributed anywhere, in any state, newest first: their account's list."""
    rows = with_companions(Contribution.objects.filter(author=person)).select_related(
        *_COMPANIONS, "session__consultation"
    )
    return page_of(rows, order=Order("submitted_at"), cursor=cursor, limit=limit)


def contributions_towards_goal(number: int, *, cursor: str = "", limit: int = 20) -> Page[Contribution]:
    """Return public contributions to consultations on a goal or naming one of its targets, newest first."""
    towards = Q(session__consultation__goals=number) | Q(case__targets__goal=number)
    found = _published().filter(towards).values("pk")
    rows = with_companions(Contribution.objects.filter(pk__in=found))
    return page_of(
        rows.select_related(*_COMPANIONS, "session__consultation"), order=SORTS["newest"], cursor=cursor, limit=limit
    )


def with_companions(rows: QuerySet[Contribution]) -> QuerySet[Contribution]:
    """Have contributions read with author, organisation and questions: two queries for any number."""
    return rows.select_related(*_COMPANIONS).prefetch_related("questions")


def _published() -> QuerySet[Contribution]:
    return Contribution.objects.filter(state=PostState.PUBLIC).exclude(
        session__consultation__state=ConsultationState.DRAFT
    )


_whole = KeptPages(_narrowed)
_shown = KeptPages(_narrowed_for)
_few_shown = KeptPages(_few_for)
_positions = KeptQuery(
    lambda person, keys: Stance.objects.filter(person=person, contribution__in=keys).values_list(
        "contribution_id", "position"
    )
)
_hidden = KeptQuery(
    lambda session, author: (
        Contribution.objects.filter(session=session, author=author)
        .exclude(state=PostState.PUBLIC)
        .select_related(*_COMPANIONS)
        .order_by("-submitted_at", "-pk")
    )
)
_with_code = KeptQuery(_of_code)
_for_reader = KeptQuery(_done_by)
_under_key = KeptQuery(lambda author, key: Contribution.objects.filter(author=author, idempotency_key=key))
_questions = KeptQuery(lambda session: GuidingQuestion.objects.filter(session=session))
