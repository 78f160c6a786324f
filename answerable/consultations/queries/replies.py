"""Reads of replies."""

from answerable.consultations.models import Contribution, Reply
from answerable.consultations.queries.paging import Order, Page, page_of
from answerable.consultations.states import PostState
from answerable.people.models import Person


def reply_page_of(contribution: Contribution, *, cursor: str = "", limit: int = 50) -> Page[Reply]:
    """Return some of the public replies to a contribution with their authors, oldest first; one query."""
    rows = Reply.objects.filter(contribution=contribution, state=PostState.PUBLIC).select_related("author")
    return page_of(rows, order=Order("published_at", is_descending=False), cursor=cursor, limit=limit)


def own_hidden_replies_of(contribution: Contribution, person: Person | None) -> list[Reply]:
    """Return a person's replies to a contribution that others do not see, newest first."""
    if person is None or not person.pk:
        return []
    rows = Reply.objects.filter(contribution=contribution, author=person).exclude(state=PostState.PUBLIC)
    return list(rows.select_related("author").order_by("-submitted_at", "-pk"))


def reply_with_code(code: str) -> Reply | None:
    """Return the reply of a receipt code with what it belongs to, in any state, or None."""
    rows = Reply.objects.select_related("author", "contribution__session__consultation")
    return rows.filter(receipt_code=code).first()
