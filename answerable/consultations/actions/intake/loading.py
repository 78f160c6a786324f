"""Loading a checked file: all of its rows or none, in one transaction."""

from collections import Counter
from collections.abc import Iterable
from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _
from django.utils.translation import override

from answerable.consultations import log_types, rules
from answerable.consultations.actions.contributing import contribution_facts, first_state_of
from answerable.consultations.actions.entries import actor_ref
from answerable.consultations.actions.facets import add_to_facets, facets_had_by
from answerable.consultations.actions.intake.checking import keep_failure, keep_findings
from answerable.consultations.actions.intake.progress import claimed, progress_of
from answerable.consultations.actions.intake.rows import CheckedRow, checked_file, known_digests
from answerable.consultations.actions.language_detection import detected_language
from answerable.consultations.actions.search_index import index_contributions
from answerable.consultations.models import (
    ConsultationSession,
    Contribution,
    ContributionRevision,
    ImportBatch,
    ImportedRow,
)
from answerable.consultations.states import Capacity, Channel, ImportState, PostState
from answerable.engine.tables import ReadingError
from answerable.foundation.rich_text import html_of
from answerable.foundation.verdicts import Unacceptable, require
from answerable.ledger.actions import EntryDraft, record, record_many

_AT_ONCE = 500
_ORIGINS = {ImportState.CHECKED, ImportState.LOADING}


def load_import(batch: ImportBatch, *, at: datetime) -> ImportBatch:
    """
    Make contributions of a checked file's rows: all of them or none; rows that are known already add nothing.

    It may be repeated, also after a worker was killed in the middle: what is loaded is known. Contributions stand as
    the moderation policy says. Raises NotAllowed, and Unacceptable when the file was not checked.
    """
    require(rules.may_import(batch.brought_by, batch.consultation, at=at))
    if batch.state == ImportState.DONE:
        return batch
    if not claimed(batch, origins=_ORIGINS, state=ImportState.LOADING):
        raise Unacceptable({"": [_("Check the file first.")]})
    language = batch.brought_by.language if batch.brought_by else ""
    with override(language or batch.consultation.default_language):
        try:
            found = checked_file(batch, progress=lambda _count: None)
        except ReadingError as problem:
            keep_failure(batch, str(problem))
            return batch
        if found.problems:
            keep_findings(batch, found)
            return batch
        try:
            prepared = _prepared(batch, found.rows, at=at)
            _write(batch, prepared, known_count=found.known_count, at=at)
        except Exception:
            keep_failure(
                batch, _("The file could not be loaded; nothing of it was kept. Check it again and load it again.")
            )
            raise
    return batch


def _prepared(batch: ImportBatch, rows: Iterable[CheckedRow], *, at: datetime) -> list[tuple[CheckedRow, Contribution]]:
    """Make the contributions of rows, unsaved; this is the slow part, and its progress is kept."""
    progress = progress_of(batch)
    consultation = batch.consultation
    state = first_state_of(consultation)
    expected = [consultation.default_language, *consultation.languages]
    zone = ZoneInfo(consultation.time_zone)
    prepared = []
    for row in rows:
        choices = row.choices
        submitted_at = datetime.combine(row.submitted_on, time(12), zone).astimezone(UTC) if row.submitted_on else at
        contribution = Contribution(
            session=row.session,
            kind=choices["kind"],
            language=choices.get("language") or detected_language(row.text, expected=expected),
            is_language_stated="language" in choices,
            capacity=Capacity.ORGANISATION if row.organisation else Capacity.PERSONAL,
            organisation=row.organisation,
            sector_id=choices.get("sector"),
            stakeholder_group_id=choices.get("stakeholder_group"),
            country_id=choices.get("country"),
            channel=Channel.FILE,
            facilitator=batch.brought_by,
            attributed_name=row.name,
            state=state,
            text=row.text,
            html=html_of(row.text),
            text_digest=row.text_digest,
            submitted_at=min(submitted_at, at),
            published_at=at if state == PostState.PUBLIC else None,
        )
        prepared.append((row, contribution))
        progress(len(prepared))
    return prepared


def _write(
    batch: ImportBatch, prepared: list[tuple[CheckedRow, Contribution]], *, known_count: int, at: datetime
) -> None:
    """Write the prepared contributions with everything that belongs to them, in one transaction."""
    with transaction.atomic():
        kept = ImportBatch.objects.select_for_update().get(pk=batch.pk)
        if kept.state != ImportState.LOADING:
            batch.refresh_from_db()
            return
        known = known_digests(kept)
        new = [(row, contribution) for row, contribution in prepared if row.key not in known]
        _insert(kept, new, at=at)
        _record(kept, [contribution for _row, contribution in new], at=at)
        kept.state, kept.finished_at = ImportState.DONE, at
        kept.rows_added, kept.rows_done = len(new), kept.rows_total
        kept.rows_known = known_count + len(prepared) - len(new)
        kept.save(update_fields=["state", "finished_at", "rows_added", "rows_done", "rows_known"])
    batch.refresh_from_db()


def _insert(batch: ImportBatch, new: list[tuple[CheckedRow, Contribution]], *, at: datetime) -> None:
    """Insert contributions, their questions, first revisions, keys and search words, and count them in."""
    contributions = [contribution for _row, contribution in new]
    Contribution.objects.bulk_create(contributions, batch_size=_AT_ONCE)
    through = Contribution.questions.through
    through.objects.bulk_create(
        (
            through(contribution_id=contribution.pk, guidingquestion_id=question.pk)
            for row, contribution in new
            for question in row.questions
        ),
        batch_size=_AT_ONCE,
    )
    ContributionRevision.objects.bulk_create(
        (_first_revision(contribution, at=at) for contribution in contributions), batch_size=_AT_ONCE
    )
    ImportedRow.objects.bulk_create(
        (
            ImportedRow(
                consultation=batch.consultation,
                batch=batch,
                row_number=row.number,
                row_key=row.key,
                contribution=contribution,
            )
            for row, contribution in new
        ),
        batch_size=_AT_ONCE,
    )
    index_contributions(contributions)
    public = [each for each in contributions if each.state == PostState.PUBLIC]
    for session_id, count in sorted(Counter(each.session_id for each in public).items()):
        ConsultationSession.objects.filter(pk=session_id).update(contribution_count=F("contribution_count") + count)
    add_to_facets(facets_had_by(public))


def _first_revision(contribution: Contribution, *, at: datetime) -> ContributionRevision:
    return ContributionRevision(
        contribution=contribution,
        number=1,
        text=contribution.text,
        html=contribution.html,
        text_digest=contribution.text_digest,
        kind=contribution.kind,
        language=contribution.language,
        made_at=at,
    )


def _record(batch: ImportBatch, contributions: list[Contribution], *, at: datetime) -> None:
    """Record each contribution as if it had come alone, then the file they came in."""
    consultation, actor = batch.consultation, actor_ref(batch.brought_by)
    record_many(
        [
            EntryDraft(
                kind=log_types.CONTRIBUTION_RECEIVED,
                subject_type="contribution",
                subject_id=each.receipt_code,
                actor_ref=actor,
                facts=contribution_facts(each, consultation=consultation, number=each.session.number),
                at=at,
            )
            for each in contributions
        ]
    )
    record(
        log_types.IMPORT_LOADED,
        subject_type="import",
        subject_id=batch.public_id,
        actor_ref=actor,
        facts={
            "consultation": consultation.public_id,
            "file_digest": batch.file_digest,
            "rows_added": len(contributions),
        },
        at=at,
    )
