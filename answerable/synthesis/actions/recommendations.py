"""Writing what ought to be done."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from answerable.consultations.models import Consultation
from answerable.foundation.verdicts import Unacceptable, require
from answerable.ledger.actions import record
from answerable.people.models import Person
from answerable.synthesis import log_types, rules
from answerable.synthesis.actions.recording import actor_ref, record_recommendation
from answerable.synthesis.models import Finding, Recommendation
from answerable.synthesis.validators import tidy_body, tidy_title

_LONGEST_ADDRESSEE = 200


@dataclass(frozen=True, slots=True)
class RecommendationDraft:
    """What a rapporteur recommends: title, text, whom it is addressed to, and the findings it rests on."""

    title: str
    text: str
    addressee: str = ""
    language: str = "en"
    findings: tuple[Finding, ...] = ()


def write_recommendation(
    consultation: Consultation, *, draft: RecommendationDraft, by: Person, at: datetime
) -> Recommendation:
    """Keep a new recommendation after the others. Raises NotAllowed and Unacceptable."""
    require(rules.may_synthesise(by, consultation, at=at))
    said = _checked(consultation, draft)
    with transaction.atomic():
        last = Recommendation.objects.filter(consultation=consultation).aggregate(last=Max("order"))["last"]
        order = 0 if last is None else last + 1
        row = Recommendation.objects.create(
            consultation=consultation, order=order, written_by=by, written_at=at, **said
        )
        row.findings.set(draft.findings)
        record_recommendation(row, by=by, at=at)
    return row


def change_recommendation(
    recommendation: Recommendation, *, draft: RecommendationDraft, by: Person, at: datetime
) -> Recommendation:
    """Replace what a recommendation says and rests on. Raises NotAllowed and Unacceptable."""
    require(rules.may_synthesise(by, recommendation.consultation, at=at))
    said = _checked(recommendation.consultation, draft)
    with transaction.atomic():
        for name, value in said.items():
            setattr(recommendation, name, value)
        recommendation.save(update_fields=list(said))
        recommendation.findings.set(draft.findings)
        record_recommendation(recommendation, by=by, at=at)
    return recommendation


def delete_recommendation(recommendation: Recommendation, *, by: Person, at: datetime) -> None:
    """Delete a recommendation; what was published keeps its words. Raises NotAllowed."""
    require(rules.may_synthesise(by, recommendation.consultation, at=at))
    with transaction.atomic():
        public_id = recommendation.public_id
        recommendation.delete()
        record(
            log_types.RECOMMENDATION_DELETED,
            subject_type="recommendation",
            subject_id=public_id,
            actor_ref=actor_ref(by),
            facts={},
            at=at,
        )


def reorder_recommendations(consultation: Consultation, *, public_ids: Sequence[str], by: Person, at: datetime) -> None:
    """Put all recommendations in an order. Raises NotAllowed, and Unacceptable unless each is named once."""
    require(rules.may_synthesise(by, consultation, at=at))
    with transaction.atomic():
        rows = {row.public_id: row for row in Recommendation.objects.filter(consultation=consultation)}
        if sorted(rows) != sorted(public_ids):
            raise Unacceptable({"order": [_("Name each recommendation once.")]})
        for place, public_id in enumerate(public_ids):
            row = rows[public_id]
            if row.order != place:
                row.order = place
                row.save(update_fields=["order"])
                record_recommendation(row, by=by, at=at)


def _checked(consultation: Consultation, draft: RecommendationDraft) -> dict[str, str]:
    if any(finding.consultation_id != consultation.pk for finding in draft.findings):
        raise Unacceptable({"findings": [_("A recommendation rests on findings of its own consultation.")]})
    addressee = " ".join(draft.addressee.split())
    if len(addressee) > _LONGEST_ADDRESSEE:
        raise Unacceptable({"addressee": [_("Name the addressee in at most 200 characters.")]})
    return {
        "title": tidy_title(draft.title),
        "text": tidy_body(draft.text, field="text"),
        "addressee": addressee,
        "language": draft.language,
    }
