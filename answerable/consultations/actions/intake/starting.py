"""Taking in a file."""

from datetime import datetime
from pathlib import Path, PurePath

from django.conf import settings
from django.core.files.base import File
from django.utils.timezone import localdate
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from answerable.consultations import rules
from answerable.consultations.actions.intake.mapping import offered_mapping
from answerable.consultations.models import Consultation, ConsultationSession, ImportBatch
from answerable.consultations.states import ImportState
from answerable.documents.languages import long_date
from answerable.engine.tables import ReadingError, Table, read_table
from answerable.foundation.hashing import chunks_digest
from answerable.foundation.verdicts import Unacceptable, require
from answerable.people.models import Person

_ENDINGS = {".csv", ".tsv", ".txt", ".xlsx"}


def start_import(
    consultation: Consultation, session: ConsultationSession | None, file: File[bytes], *, by: Person, at: datetime
) -> ImportBatch:
    """
    Keep a CSV or XLSX file, read its headings and offer a mapping; without a session a column has to name it.

    Raises NotAllowed, and Unacceptable when it cannot be read as a table.
    """
    require(rules.may_import(by, consultation, at=at))
    suffix = PurePath(file.name or "").suffix.lower()
    if suffix not in _ENDINGS:
        raise Unacceptable({"file": [_("Choose a CSV or XLSX file.")]})
    if file.size > settings.UPLOAD_LIMIT:
        most = settings.UPLOAD_LIMIT // (1024 * 1024)
        raise Unacceptable({"file": [_("The file is too large. It may have at most %(most)s MB.") % {"most": most}]})
    batch = ImportBatch(
        consultation=consultation,
        session=session,
        file_name=PurePath(file.name or "").name[-200:],
        file_digest=chunks_digest(file.chunks()),
        brought_by=by,
        brought_at=at,
    )
    file.seek(0)
    batch.file.save(f"{batch.public_id}{suffix}", file, save=False)
    try:
        table = read_table(Path(batch.file.path))
    except ReadingError as problem:
        stored = Path(batch.file.path).name
        batch.file.delete(save=False)
        said = str(problem).replace(stored, batch.file_name)
        raise Unacceptable({"file": [said]}) from problem
    _describe(batch, table)
    batch.save()
    return batch


def _describe(batch: ImportBatch, table: Table) -> None:
    """Write into a batch what its file holds, and what to begin with."""
    batch.columns, batch.rows_total = list(table.columns), len(table.rows)
    batch.mapping, notes = offered_mapping(table, batch.consultation)
    same = ImportBatch.objects.filter(
        consultation=batch.consultation, file_digest=batch.file_digest, state=ImportState.DONE
    ).first()
    if same is not None and same.finished_at is not None:
        day = long_date(localdate(same.finished_at), language=get_language() or "en")
        notes.append(_("This same file was loaded on %(day)s; its rows are known.") % {"day": day})
    batch.notes = [_("The file is read as %(format)s.") % {"format": table.read_as}, *notes]
