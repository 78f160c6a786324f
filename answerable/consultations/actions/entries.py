"""How this room writes in the public record."""

from collections.abc import Mapping
from datetime import datetime

from answerable.consultations import log_types
from answerable.consultations.models import Consultation
from answerable.ledger.actions import record
from answerable.ledger.commitments import FactValue
from answerable.people.models import Person

OPERATOR = "operator"


def actor_ref(person: Person | None) -> str:
    """Return the reference of whoever acts; nobody is the operator at the command line."""
    return person.public_id if person else OPERATOR


def record_change(
    consultation: Consultation, *, by: Person | None, facts: Mapping[str, FactValue], at: datetime
) -> None:
    """Record that the frame of a consultation changed, and in what."""
    record(
        log_types.CONSULTATION_CHANGED,
        subject_type="consultation",
        subject_id=consultation.public_id,
        actor_ref=actor_ref(by),
        facts=facts,
        at=at,
    )
