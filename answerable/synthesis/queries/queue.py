"""What still waits for a disposition, and what resembles what."""

from datetime import datetime

from django.db.models import Count, Q, QuerySet

from answerable.consultations.models import Consultation, ConsultationSession, Contribution
from answerable.consultations.queries.paging import Page
from answerable.synthesis.models import ContributionLabel, Disposition
from answerable.synthesis.queries.newcomers import is_attached
from answerable.synthesis.queries.pages import cut_page
from answerable.synthesis.rules import public_contributions
from answerable.synthesis.states import DispositionKind

PAGE = 20


def undecided_queue(
    consultation: Consultation, *, session: ConsultationSession | None = None, cursor: str = "", limit: int = PAGE
) -> Page[Contribution]:
    """
    Return public contributions without a disposition, oldest first, of one session or of all.

    ``labels`` of each holds what it resembles, ``is_attached`` whether it was put under a theme since everything was
    grouped. Two queries whatever the number. An unreadable cursor begins at the start.
    """
    rows = public_contributions(consultation).filter(disposition__isnull=True)
    if session is not None:
        rows = rows.filter(session=session)
    if after := _read_cursor(cursor):
        rows = rows.filter(Q(published_at__gt=after[0]) | Q(published_at=after[0], pk__gt=after[1]))
    # Which ones is found among dates alone; all else, the texts above all, is read of those few.
    found = Contribution.objects.filter(pk__in=rows.order_by("published_at", "pk").values("pk")[: limit + 1])
    found = found.select_related("session", "author", "organisation", "sector", "country").prefetch_related("labels")
    found = found.annotate(is_attached=is_attached()).order_by("published_at", "pk")
    return cut_page(list(found), limit=limit, cursor_of=_cursor)


def set_aside_contributions(consultation: Consultation) -> QuerySet[Disposition]:
    """Return what was set aside, with reason and contribution, in the order of the receipt codes."""
    rows = Disposition.objects.filter(
        contribution__in=public_contributions(consultation), kind=DispositionKind.SET_ASIDE
    )
    return rows.select_related("contribution").order_by("contribution__receipt_code")


def label_counts(consultation: Consultation) -> dict[str, tuple[int, int]]:
    """Return, by kind of label, how many groups there are and how many contributions beyond the first of each."""
    rows = ContributionLabel.objects.filter(consultation=consultation).order_by().values_list("kind")
    counted = rows.annotate(groups=Count("group_key", distinct=True), repeats=Count("pk", filter=Q(is_first=False)))
    return {kind: (groups, repeats) for kind, groups, repeats in counted}


def similar_to(contribution: Contribution) -> QuerySet[Contribution]:
    """Return the other contributions that a run found to repeat this one or to belong to its letter campaign."""
    keys = ContributionLabel.objects.filter(contribution=contribution).values_list("kind", "group_key")
    same = Q(pk__in=[])
    for kind, group_key in keys:
        same |= Q(labels__kind=kind, labels__group_key=group_key)
    return Contribution.objects.filter(same).exclude(pk=contribution.pk).distinct().order_by("submitted_at", "pk")


def _cursor(row: Contribution) -> str:
    return f"{row.published_at.isoformat() if row.published_at else ''}_{row.pk}"


def _read_cursor(cursor: str) -> tuple[datetime, int] | None:
    moment, _mark, pk = cursor.rpartition("_")
    try:
        return datetime.fromisoformat(moment), int(pk)
    except ValueError:
        return None
