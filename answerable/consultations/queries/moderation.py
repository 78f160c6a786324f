"""Reads about moderation: the queue of the moderators, the public log, the figures by month, the objections."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Q, QuerySet, prefetch_related_objects
from django.db.models.functions import TruncMonth

from answerable.consultations.models import Appeal, Consultation, Contribution, ModerationAct, Reply
from answerable.consultations.queries.contributions import with_companions
from answerable.consultations.queries.paging import Order, Page, page_of
from answerable.consultations.states import AppealOutcome, PostState
from answerable.reference.queries.kept_queries import KeptQuery


@dataclass(frozen=True, slots=True)
class MonthlyFigure:
    """How often moderators did one thing for one reason in one month, and how often that was reversed."""

    month: datetime
    move: str
    reason_code: str
    count: int
    appealed: int
    overturned: int


@dataclass(frozen=True, slots=True)
class QueueFigures:
    """What waits for the moderators of a consultation."""

    contributions: int
    replies: int
    appeals: int


def contribution_queue(
    consultation: Consultation, *, state: str = PostState.WAITING, cursor: str = "", limit: int = 20
) -> Page[Contribution]:
    """Return contributions in one state for moderators: the longest waiting first, anything else newest first."""
    rows = with_companions(Contribution.objects.filter(session__consultation=consultation, state=state))
    return page_of(rows.select_related("author", "organisation", "sector", "stakeholder_group", "country", "session"),
                   order=_order(state), cursor=cursor, limit=limit)  # fmt: skip


def reply_queue(
    consultation: Consultation, *, state: str = PostState.WAITING, cursor: str = "", limit: int = 20
) -> Page[Reply]:
    """Return replies in one state for moderators: the longest waiting first, anything else newest first."""
    rows = Reply.objects.filter(contribution__session__consultation=consultation, state=state)
    return page_of(
        rows.select_related("author", "contribution__session"), order=_order(state), cursor=cursor, limit=limit
    )


def open_appeals(consultation: Consultation) -> list[Appeal]:
    """Return the objections that wait for a decision, oldest first."""
    rows = Appeal.objects.filter(act__consultation=consultation, outcome=AppealOutcome.OPEN)
    return list(
        rows.select_related(
            "act__contribution__session", "act__reply__contribution", "act__moderator", "filed_by"
        ).order_by("filed_at", "pk")
    )


def queue_figures(consultation: Consultation) -> QueueFigures:
    """Return how much waits for the moderators; three queries."""
    return QueueFigures(
        contributions=Contribution.objects.filter(session__consultation=consultation, state=PostState.WAITING).count(),
        replies=Reply.objects.filter(contribution__session__consultation=consultation, state=PostState.WAITING).count(),
        appeals=Appeal.objects.filter(act__consultation=consultation, outcome=AppealOutcome.OPEN).count(),
    )


def acts_about(post: Contribution | Reply) -> list[ModerationAct]:
    """Return what moderators decided about a text, newest first, with any objection."""
    return list(post.moderation_acts.select_related("appeal"))


def read_story(contribution: Contribution) -> None:
    """Read the acts, objections and further revisions of a contribution into it, so that they are asked for once."""
    acts = _acts.all(contribution.pk)
    for act in acts:
        act.contribution = contribution
    _remember(contribution, "moderation_acts", contribution.moderation_acts.all(), acts)
    if contribution.revision_count > 1:
        prefetch_related_objects([contribution], "revisions")


def _remember(contribution: Contribution, name: str, rows: QuerySet[Any], found: list[Any]) -> None:
    """Have the related rows of a contribution be those that were found, as Django's own prefetching does."""
    rows._result_cache, rows._prefetch_done = found, True  # type: ignore[attr-defined]  # noqa: SLF001
    vars(contribution).setdefault("_prefetched_objects_cache", {})[name] = rows


def moderation_log(consultation: Consultation, *, cursor: str = "", limit: int = 50) -> Page[ModerationAct]:
    """Return the public log of decisions, newest first, with how objections ended; one query."""
    rows = ModerationAct.objects.filter(consultation=consultation).select_related("contribution", "reply", "appeal")
    return page_of(rows, order=Order("decided_at"), cursor=cursor, limit=limit)


def monthly_figures(consultation: Consultation) -> list[MonthlyFigure]:
    """Return the decisions of moderators by month, kind and reason, the latest month first; one query."""
    rows = (
        ModerationAct.objects.filter(consultation=consultation)
        .order_by()
        .annotate(month=TruncMonth("decided_at"))
        .values("month", "move", "reason_code")
        .annotate(
            count=Count("pk"),
            appealed=Count("appeal"),
            overturned=Count("appeal", filter=Q(appeal__outcome=AppealOutcome.OVERTURNED)),
        )
        .order_by("-month", "move", "reason_code")
    )
    return [MonthlyFigure(**row) for row in rows]


def _order(state: str) -> Order:
    return Order("submitted_at", is_descending=state != PostState.WAITING)


_acts = KeptQuery(lambda contribution: ModerationAct.objects.filter(contribution=contribution).select_related("appeal"))
