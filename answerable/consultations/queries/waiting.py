"""What waits for staff in many consultations at once, so that a list costs the same however long it is."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from django.db.models import Count

from answerable.consultations.models import Appeal, Consultation, Contribution, ImportBatch, Reply
from answerable.consultations.queries.moderation import QueueFigures
from answerable.consultations.states import AppealOutcome, ImportState, PostState

_UNFINISHED = (ImportState.UPLOADED, ImportState.CHECKED, ImportState.REJECTED, ImportState.FAILED)


def waiting_for_moderators(consultations: Sequence[Consultation]) -> Mapping[int, QueueFigures]:
    """Return what waits for moderators by the consultation's key; three queries for any number."""
    keys = [row.pk for row in consultations]
    counts: dict[str, Counter[int]] = defaultdict(Counter)
    asked = {
        "contributions": Contribution.objects.filter(state=PostState.WAITING, session__consultation__in=keys)
        .order_by()
        .values_list("session__consultation_id"),
        "replies": Reply.objects.filter(state=PostState.WAITING, contribution__session__consultation__in=keys)
        .order_by()
        .values_list("contribution__session__consultation_id"),
        "appeals": Appeal.objects.filter(outcome=AppealOutcome.OPEN, act__consultation__in=keys)
        .order_by()
        .values_list("act__consultation_id"),
    }
    for name, rows in asked.items():
        counts[name].update(dict(rows.annotate(Count("pk"))))
    return {key: QueueFigures(**{name: counts[name][key] for name in asked}) for key in keys}


def unfinished_imports(consultations: Sequence[Consultation]) -> Mapping[int, int]:
    """Return how many files wait to be mapped, mended or loaded, by the consultation's key; one query."""
    rows = ImportBatch.objects.filter(consultation__in=[row.pk for row in consultations], state__in=_UNFINISHED)
    return dict(rows.order_by().values_list("consultation_id").annotate(Count("pk")))


def imports_of(consultation: Consultation) -> list[ImportBatch]:
    """Return the files that were brought into a consultation, the newest first; one query."""
    rows = consultation.imports.select_related("session", "brought_by").defer("problems")
    return list(rows)


def import_batch(consultation: Consultation, public_id: str) -> ImportBatch | None:
    """Return one file that was brought into a consultation, or None."""
    rows = ImportBatch.objects.select_related("session", "brought_by").filter(public_id=public_id)
    batch = rows.filter(consultation=consultation).first()
    if batch is not None:
        batch.consultation = consultation
    return batch
