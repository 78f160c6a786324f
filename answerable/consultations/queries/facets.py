"""How many contributions there are by kind, language, sector and so on, as it is kept and as it is counted anew."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from django.db.models import CharField, Count, F, QuerySet, Value
from django.db.models.functions import Cast

from answerable.consultations.models import Consultation, ConsultationSession, Contribution, FacetCount
from answerable.consultations.states import PostState
from answerable.reference.queries.kept_queries import KeptQuery

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
_OF_PAGE = ("kind", "question", "sector", "country", "language")
BALANCE = ("sector", "stakeholder_group", "country", "language")


def facets_of(session: ConsultationSession) -> Counts:
    """
    Return how many public contributions of a session each filter value of its page would show: facet → value → count.

    The numbers are kept with every act that changes them, so that reading them costs as much for any number of
    contributions; one query.
    """
    return _counted(_kept.all(session.pk), _OF_PAGE)


def facet_counts(session: ConsultationSession) -> Counts:
    """Return how many public contributions of a session have each value, organisations included; one query."""
    return counts_by(Contribution.objects.filter(session=session), FACETS)


def recounted_facets(session: ConsultationSession) -> Counts:
    """Return what ``facets_of`` should return, counted anew; one query that costs as much as there is to count."""
    counts = counts_by(Contribution.objects.filter(session=session), _OF_PAGE)
    return {facet: {value: n for value, n in values.items() if value} for facet, values in counts.items()}


def balance_of(consultation: Consultation, *, session: ConsultationSession | None = None) -> Counts:
    """
    Return who spoke, as numbers of public contributions by sector, stakeholder group, country and language.

    The empty value counts those who did not say. One query.
    """
    rows = Contribution.objects.filter(session__consultation=consultation)
    return counts_by(rows.filter(session=session) if session else rows, BALANCE)


def counts_by(rows: QuerySet[Contribution], facets: Sequence[str]) -> Counts:
    """Count the public ones among contributions by several facets at once; one query."""
    return _counted(_counting(rows, facets), facets)


def _counting(rows: QuerySet[Contribution], facets: Sequence[str]) -> QuerySet[Contribution, tuple[str, str, int]]:
    public = rows.filter(state=PostState.PUBLIC).order_by()
    parts = [
        public.annotate(facet=Value(facet, output_field=CharField()), value=Cast(F(_PATHS[facet]), CharField()))
        .values("facet", "value")
        .annotate(count=Count("pk"))
        .values_list("facet", "value", "count")
        for facet in facets
    ]
    return parts[0].union(*parts[1:], all=True)


def _counted(rows: Iterable[tuple[str, str, int]], facets: Sequence[str]) -> Counts:
    counts: dict[str, dict[str, int]] = {facet: defaultdict(int) for facet in facets}
    for facet, value, count in rows:
        counts[facet][value or ""] += count
    return {
        facet: dict(sorted(values.items(), key=lambda pair: (-pair[1], pair[0]))) for facet, values in counts.items()
    }


_kept = KeptQuery(
    lambda session: FacetCount.objects.filter(session=session, count__gt=0).values_list("facet", "value", "count")
)
