"""Files that the convener gives readers of a consultation."""

from datetime import datetime
from pathlib import PurePath

from django.conf import settings
from django.core.files.base import File
from django.db import transaction
from django.utils.translation import gettext as _

from answerable.consultations import rules
from answerable.consultations.actions.entries import record_change
from answerable.consultations.models import Consultation, ConsultationDocument
from answerable.consultations.validators import raise_if_any, title_problems
from answerable.foundation.hashing import chunks_digest
from answerable.foundation.rich_text import tidy_text
from answerable.foundation.verdicts import require
from answerable.ledger.commitments import FactValue
from answerable.people.models import Person

_ZIPPED = b"PK\x03\x04"
_OFFICE = "application/vnd.openxmlformats-officedocument."
# Ending → media type and how such a file begins: what a name promises, the content must keep.
KINDS: dict[str, tuple[str, bytes]] = {
    ".pdf": ("application/pdf", b"%PDF-"),
    ".docx": (f"{_OFFICE}wordprocessingml.document", _ZIPPED),
    ".xlsx": (f"{_OFFICE}spreadsheetml.sheet", _ZIPPED),
    ".pptx": (f"{_OFFICE}presentationml.presentation", _ZIPPED),
    ".odt": ("application/vnd.oasis.opendocument.text", _ZIPPED),
    ".ods": ("application/vnd.oasis.opendocument.spreadsheet", _ZIPPED),
    ".png": ("image/png", b"\x89PNG"),
    ".jpg": ("image/jpeg", b"\xff\xd8\xff"),
    ".csv": ("text/csv", b""),
    ".txt": ("text/plain", b""),
}


def add_document(
    consultation: Consultation, upload: File[bytes], *, by: Person, title: str, at: datetime, language: str = "en"
) -> ConsultationDocument:
    """
    Keep a file beside a consultation, and its digest in the record.

    Raises NotAllowed, and Unacceptable for a kind or size that is not taken.
    """
    require(rules.may_edit_consultation(by, consultation, at=at))
    title = tidy_text(title)
    suffix = PurePath(upload.name or "").suffix.lower().replace(".jpeg", ".jpg")
    raise_if_any({"title": title_problems(title), "file": _file_problems(upload, suffix)})
    digest = chunks_digest(upload.chunks())
    upload.seek(0)
    with transaction.atomic():
        document = ConsultationDocument(
            consultation=consultation,
            title=title,
            language=language,
            media_type=KINDS[suffix][0],
            size=upload.size,
            sha256=digest,
            added_at=at,
            added_by=by,
        )
        document.file.save(f"{document.public_id}{suffix}", upload, save=True)
        facts = {"part": "document", "document": document.public_id, "sha256": digest, "title": title}
        record_change(consultation, by=by, facts=facts, at=at)
    return document


def remove_document(document: ConsultationDocument, *, by: Person, at: datetime) -> None:
    """Take a file away from a consultation; the record keeps its digest. Raises NotAllowed."""
    require(rules.may_edit_consultation(by, document.consultation, at=at))
    with transaction.atomic():
        facts: dict[str, FactValue] = {"part": "document", "document": document.public_id, "is_removed": True}
        record_change(document.consultation, by=by, facts=facts, at=at)
        file = document.file
        document.delete()
        transaction.on_commit(lambda: file.delete(save=False))


def _file_problems(upload: File[bytes], suffix: str) -> list[str]:
    if suffix not in KINDS:
        kinds = ", ".join(ending.lstrip(".").upper() for ending in KINDS)
        return [_("This kind of file is not taken. These are: %(kinds)s.") % {"kinds": kinds}]
    if upload.size > settings.UPLOAD_LIMIT:
        most = settings.UPLOAD_LIMIT // (1024 * 1024)
        return [_("The file is too large. It may have at most %(most)s MB.") % {"most": most}]
    begins = upload.read(8)
    upload.seek(0)
    if not upload.size or not begins.startswith(KINDS[suffix][1]):
        return [_("The content of this file is not what its name says. Save it again in that format.")]
    return []
