"""Reads of contributions: the list of a session, single ones, those of an organisation or towards a goal."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from answerable.consultations.models import ConsultationSession, Contribution, ContributionRevision, Stance
from answerable.consultations.queries.paging import Order, Page, page_of
from answerable.consultations.queries.search import matching
from answerable.consultations.states import ConsultationState, Position, PostState
from answerable.foundation.ids import normalise_receipt_code
from answerable.people.models import Organisation, Person

SORTS = {
    "newest": Order("published_at"),
    "oldest": Order("published_at", is_descending=False),
    "divided": Order("division"),
    "discussed": Order("reply_count"),
}
_COMPANIONS = ("author", "organisation")
_LARGEST_QUESTION = 32_767


@dataclass(frozen=True, slots=True)
class ContributionFilters:
    """What a reader narrows a list to, empty for nothing; ``organisation`` is a slug, ``question`` a number."""

    kind: str = ""
    question: int = 0
    sector: str = ""
    country: str = ""
    language: str = ""
    organisation: str = ""
    search: str = ""

    def condition(self, *, languages: Sequence[str]) -> Q:
        """Return the filters as one condition; ``languages`` are tried for word endings when searching."""
        exact = {
            "kind": self.kind,
            "questions__number": min(self.question, _LARGEST_QUESTION),
            "sector": self.sector,
            "country": self.country,
            "language": self.language,
            "organisation__slug": self.organisation,
        }
        condition = Q(**{path: value for path, value in exact.items() if value})
        if self.search.strip():
            condition &= matching(self.search, languages=languages)
        return condition


@dataclass(frozen=True, slots=True)
class ListedContribution:
    """A contribution in a list, with the reader's own position on it, empty when they took none."""

    contribution: Contribution
    own_position: str = ""


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
    rows = Contribution.objects.filter(session=session, state=PostState.PUBLIC)
    if filters is not None:
        rows = rows.filter(filters.condition(languages=languages))
    rows = with_companions(rows)
    return listed(page_of(rows, order=SORTS.get(sort, SORTS["newest"]), cursor=cursor, limit=limit), person=person)


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
    taken = Stance.objects.filter(person=person, contribution__in=keys).values_list("contribution_id", "position")
    return {key: Position(position) for key, position in taken}


def own_hidden_of(session: ConsultationSession, person: Person | None) -> list[Contribution]:
    """Return what a person sent to a session and others do not see (waiting, held, …), newest first."""
    if person is None or not person.pk:
        return []
    rows = Contribution.objects.filter(session=session, author=person).exclude(state=PostState.PUBLIC)
    return list(with_companions(rows).order_by("-submitted_at", "-pk"))


def contribution_with_code(code: str) -> Contribution | None:
    """
    Return the contribution of a receipt code as typed, with all a page shows, in any state; None for an unknown code.

    Whoever shows it asks ``rules.may_read`` first.
    """
    rows = with_companions(Contribution.objects.filter(receipt_code=normalise_receipt_code(code)))
    return rows.select_related(*_COMPANIONS, "session__consultation", "case").prefetch_related("case__targets").first()


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
