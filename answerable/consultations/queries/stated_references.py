"""What the balance of a consultation is held against."""

from answerable.consultations.models import Consultation, StatedReference
from answerable.engine.records import AxisReference


def stated_reference(consultation: Consultation, *, axis: str) -> StatedReference | None:
    """Return what was stated about one axis, if anything; one query."""
    return StatedReference.objects.filter(consultation=consultation, axis=axis).first()


def references_of(consultation: Consultation) -> tuple[AxisReference, ...]:
    """Return every stated reference as the engine reads it, in the order of the axes; one query."""
    rows = StatedReference.objects.filter(consultation=consultation).order_by("axis")
    return tuple(
        AxisReference(row.axis, row.source, tuple((group, row.shares[group]) for group in sorted(row.shares)))
        for row in rows
    )
