"""
How far an import is, visible to everybody at once.

All that takes long (reading, checking, telling languages, making HTML) happens before the one transaction that writes,
so that progress can be kept in the batch itself, also on SQLite, where nobody else can write during a transaction.
"""

from collections.abc import Callable

from answerable.consultations.models import ImportBatch
from answerable.consultations.states import ImportState

_STEP = 250


def progress_of(batch: ImportBatch) -> Callable[[int], None]:
    """Return a function that keeps how many rows are done, now and then."""

    def keep(count: int) -> None:
        if count % _STEP == 0 or count == batch.rows_total:
            ImportBatch.objects.filter(pk=batch.pk).update(rows_done=count)

    return keep


def claimed(batch: ImportBatch, *, origins: set[ImportState], state: ImportState) -> bool:
    """Move a batch into a state of being worked on; False when it does not stand where that may begin."""
    return bool(ImportBatch.objects.filter(pk=batch.pk, state__in=origins).update(state=state, rows_done=0))
