"""What published reports say became of several contributions at once."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models.fields.json import KeyTransform

from answerable.consultations.models import Contribution
from answerable.synthesis.models import OutcomeReport
from answerable.synthesis.states import DispositionKind, ReportState, SetAsideReason


@dataclass(frozen=True, slots=True)
class PublishedAnswer:
    """What became of one contribution in words, the report's address, and the title of the first place it has there."""

    kind: str
    said: str
    address: str
    title: str


def answers_to(contributions: Sequence[Contribution]) -> dict[str, PublishedAnswer]:
    """
    Return by receipt code what the published reports say became of contributions; unanswered ones are left out.

    ``session.consultation`` must be loaded. One query for each consultation they belong to.
    """
    by_consultation: dict[int, list[Contribution]] = defaultdict(list)
    for row in contributions:
        by_consultation[row.session.consultation_id].append(row)
    found: dict[str, PublishedAnswer] = {}
    for consultation_id, rows in by_consultation.items():
        found |= _of_consultation(consultation_id, rows)
    return found


def _of_consultation(consultation_id: int, rows: Sequence[Contribution]) -> dict[str, PublishedAnswer]:
    keys = {f"answer_{place}": row for place, row in enumerate(rows)}
    asked = {name: KeyTransform(row.receipt_code, KeyTransform("answers", "content")) for name, row in keys.items()}
    reports = OutcomeReport.objects.filter(consultation=consultation_id, state=ReportState.PUBLISHED)
    said = reports.annotate(**asked).values(*asked).first() or {}
    return {
        row.receipt_code: _answer(said[name], row)
        for name, row in keys.items()
        if said.get(name) and said[name]["kind"]
    }


def _answer(said: dict[str, Any], row: Contribution) -> PublishedAnswer:
    kind = DispositionKind(said["kind"])
    address = f"/consultations/{row.session.consultation.slug}/outcome/"
    if kind == DispositionKind.SET_ASIDE:
        return PublishedAnswer(kind, str(kind.label), address, str(SetAsideReason(said["reason_code"]).label))
    number, public_id, title = said["findings"][0]
    return PublishedAnswer(kind, str(kind.label), f"{address}#f-{public_id}", f"{number} {title}")
