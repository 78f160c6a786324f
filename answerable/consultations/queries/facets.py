"""How many contributions there are by kind, language, sector and so on: several groupings in one query."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from django.core.cache import cache
from django.db.models import CharField, Count, F, QuerySet, Value
from django.db.models.functions import Cast

from answerable.consultations.models import Consultation, ConsultationSession, Contribution
from answerable.consultations.states import PostState

Counts = Mapping[str, Mapping[str, int]]

_PATHS = {
    "kind": "kind",
    "question": "questions__number",
    "sector": "sector_id",
    "stakeholder_group": "stakeholder_group_id",
    "country": "country_id",
    "language": "language",
    "organisation": "organisation__slug",
}
FACETS = ("kind", "question", "sector", "country", "language", "organisation")
BALANCE = ("sector", "stakeholder_group", "country", "language")
_KEPT_SECONDS = 30


def facet_counts(session: ConsultationSession) -> Counts:
    """
    Return how many public contributions of a session each filter value would show: facet → value → count.

    Kept for up to half a minute, and counted anew whenever the number of contributions changes.
    """
    key = f"facets:{session.consultation.public_id}:{session.number}:{session.contribution_count}"
    kept: Counts | None = cache.get(key)
    if kept is None:
        kept = counts_by(Contribution.objects.filter(session=session), FACETS)
        cache.set(key, kept, _KEPT_SECONDS)
    return kept


def balance_of(consultation: Consultation, *, session: ConsultationSession | None = None) -> Counts:
    """
    Return who spoke, as numbers of public contributions by sector, stakeholder group, country and language.

    The empty value counts those who did not say. One query.
    """
    rows = Contribution.objects.filter(session__consultation=consultation)
    return counts_by(rows.filter(session=session) if session else rows, BALANCE)


def counts_by(rows: QuerySet[Contribution], facets: Sequence[str]) -> Counts:
    """Count the public ones among contributions by several facets at once; one query."""
    public = rows.filter(state=PostState.PUBLIC).order_by()
    parts = [
        public.annotate(facet=Value(facet, output_field=CharField()), value=Cast(F(_PATHS[facet]), CharField()))
        .values("facet", "value")
        .annotate(count=Count("pk"))
        .values_list("facet", "value", "count")
        for facet in facets
    ]
    counts: dict[str, dict[str, int]] = {facet: defaultdict(int) for facet in facets}
    for facet, value, count in parts[0].union(*parts[1:], all=True):
        counts[facet][value or ""] += count
    return {
        facet: dict(sorted(values.items(), key=lambda pair: (-pair[1], pair[0]))) for facet, values in counts.items()
    }
