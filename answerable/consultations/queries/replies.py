"""Reads of replies."""

from answerable.consultations.models import Contribution, Reply
from answerable.consultations.queries.paging import KeptPages, Order, Page
from answerable.consultations.states import PostState
from answerable.people.models import Person
from answerable.reference.queries.kept_queries import KeptQuery

# What pages and the interface for programs show of a reply; anything else is read when it is asked for.
_SHOWN = (
    *("receipt_code", "contribution", "text", "html", "language", "is_name_hidden", "state"),
    *("submitted_at", "published_at", "author__public_id", "author__name", "author__pseudonym", "author__is_active"),
)
_OLDEST = Order("published_at", is_descending=False)


def reply_page_of(contribution: Contribution, *, cursor: str = "", limit: int = 50) -> Page[Reply]:
    """Return some of the public replies to a contribution with their authors, oldest first; one query."""
    return _public.page(contribution.pk, order=_OLDEST, cursor=cursor, limit=limit)


def own_hidden_replies_of(contribution: Contribution, person: Person | None) -> list[Reply]:
    """Return a person's replies to a contribution that others do not see, newest first."""
    if person is None or not person.pk:
        return []
    return _hidden.all(contribution.pk, person.pk)


def reply_with_code(code: str) -> Reply | None:
    """Return the reply of a receipt code with what it belongs to, in any state, or None."""
    rows = Reply.objects.select_related("author", "contribution__session__consultation")
    return rows.filter(receipt_code=code).first()


_public = KeptPages(
    lambda contribution: (
        Reply.objects.filter(contribution=contribution, state=PostState.PUBLIC).select_related("author").only(*_SHOWN)
    )
)
_hidden = KeptQuery(
    lambda contribution, author: (
        Reply.objects.filter(contribution=contribution, author=author)
        .exclude(state=PostState.PUBLIC)
        .select_related("author")
        .only(*_SHOWN)
        .order_by("-submitted_at", "-pk")
    )
)
