"""Whether what a text cites is there to be cited."""

from collections.abc import Mapping, Sequence

from answerable.consultations.models import ConsultationSession, Contribution
from answerable.consultations.states import PostState


def public_with_codes(session: ConsultationSession, codes: Sequence[str]) -> Mapping[str, Contribution]:
    """Return the public contributions of a session among receipt codes, by code; one query."""
    rows = Contribution.objects.filter(session=session, state=PostState.PUBLIC, receipt_code__in=codes)
    return {row.receipt_code: row for row in rows.select_related("author", "organisation")}


def newest_public(session: ConsultationSession, *, limit: int = 20) -> list[Contribution]:
    """Return the newest public contributions of a session, to choose citations from; one query."""
    rows = Contribution.objects.filter(session=session, state=PostState.PUBLIC)
    return list(rows.select_related("author", "organisation").order_by("-published_at", "-pk")[:limit])
