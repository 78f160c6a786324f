"""The dry run: every bad row is found before anything is written."""

from dataclasses import asdict
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import override

from answerable.consultations import rules
from answerable.consultations.actions.intake.progress import claimed, progress_of
from answerable.consultations.actions.intake.rows import CheckedFile, checked_file
from answerable.consultations.models import ImportBatch
from answerable.consultations.states import ImportState
from answerable.engine.tables import ReadingError
from answerable.foundation.verdicts import Unacceptable, require

_MOST_PROBLEMS = 1_000
_ORIGINS = {
    ImportState.UPLOADED,
    ImportState.CHECKING,
    ImportState.CHECKED,
    ImportState.REJECTED,
    ImportState.FAILED,
}


def check_import(batch: ImportBatch, *, at: datetime) -> ImportBatch:
    """
    Look at every row of a file and keep what is wrong, without loading anything; it may be repeated.

    The sentences are in the language of the person who brought the file. Raises NotAllowed, and Unacceptable when the
    file is being loaded or is loaded.
    """
    require(rules.may_import(batch.brought_by, batch.consultation, at=at))
    if "text" not in batch.mapping:
        raise Unacceptable({"text": [_("Choose the column that holds the text of the contributions.")]})
    if not claimed(batch, origins=_ORIGINS, state=ImportState.CHECKING):
        raise Unacceptable({"": [_("This file is being loaded or is already loaded.")]})
    language = batch.brought_by.language if batch.brought_by else ""
    with override(language or batch.consultation.default_language):
        try:
            found = checked_file(batch, progress=progress_of(batch))
        except ReadingError as problem:
            keep_failure(batch, str(problem))
        else:
            keep_findings(batch, found)
    return batch


def keep_findings(batch: ImportBatch, found: CheckedFile) -> None:
    """Keep what a dry run found; a batch with any bad row is rejected."""
    batch.refresh_from_db()
    batch.state = ImportState.REJECTED if found.problems else ImportState.CHECKED
    batch.problem_count = len(found.problems)
    batch.problems = [asdict(problem) for problem in found.problems[:_MOST_PROBLEMS]]
    batch.rows_known = found.known_count
    batch.rows_done = batch.rows_total
    batch.save(update_fields=["state", "problem_count", "problems", "rows_known", "rows_done"])


def keep_failure(batch: ImportBatch, sentence: str) -> None:
    """Keep that a file could not be worked on, and why."""
    batch.refresh_from_db()
    batch.state = ImportState.FAILED
    batch.notes = [*batch.notes, sentence]
    batch.save(update_fields=["state", "notes"])
