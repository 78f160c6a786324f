"""Slow work on files, done by the worker."""

from django.utils import timezone
from django_tasks import task

from answerable.consultations.actions import check_import, load_import
from answerable.consultations.models import ImportBatch


@task()
def check_import_task(batch_id: int) -> None:
    """Look at every row of a file that somebody brought."""
    check_import(ImportBatch.objects.get(pk=batch_id), at=timezone.now())


@task()
def load_import_task(batch_id: int) -> None:
    """Load a checked file."""
    load_import(ImportBatch.objects.get(pk=batch_id), at=timezone.now())
