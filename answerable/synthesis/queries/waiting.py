"""What waits for rapporteurs in many consultations at once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Count, Q

from answerable.consultations.models import Consultation, Contribution
from answerable.consultations.states import PostState


@dataclass(frozen=True, slots=True)
class WeighingFigures:
    """How many public contributions of a consultation there are, and how many have no place yet."""

    total: int = 0
    undecided: int = 0


def waiting_for_rapporteurs(consultations: Sequence[Consultation]) -> Mapping[int, WeighingFigures]:
    """Return what waits for a place by the consultation's key; one query for any number."""
    rows = (
        Contribution.objects.filter(state=PostState.PUBLIC, session__consultation__in=[row.pk for row in consultations])
        .order_by()
        .values("session__consultation_id")
        .annotate(total=Count("pk"), undecided=Count("pk", filter=Q(disposition__isnull=True)))
    )
    found = {row["session__consultation_id"]: WeighingFigures(row["total"], row["undecided"]) for row in rows}
    return {row.pk: found.get(row.pk, WeighingFigures()) for row in consultations}
