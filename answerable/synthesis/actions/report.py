"""Writing and publishing the outcome report."""

import hashlib
from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from answerable.consultations.models import Consultation
from answerable.foundation.background import enqueue
from answerable.foundation.rich_text import tidy_text
from answerable.foundation.verdicts import Unacceptable, require
from answerable.ledger.actions import record
from answerable.people.models import Person
from answerable.synthesis import log_types, rules
from answerable.synthesis.actions.recording import actor_ref
from answerable.synthesis.actions.report_files import WrittenFile, add_skipped_files, written_files
from answerable.synthesis.models import OutcomeReport, ReportFile
from answerable.synthesis.queries.digests import content_digest
from answerable.synthesis.queries.readiness import publishing_problems
from answerable.synthesis.queries.report_content import TEXT_FIELDS, report_content
from answerable.synthesis.queries.runs import newest_finished_run
from answerable.synthesis.states import ReportState

LONGEST_TEXT = 50_000


def draft_report(consultation: Consultation, *, by: Person, at: datetime) -> OutcomeReport:
    """
    Return the report that is being written, made when there is none.

    A new draft begins with the texts of the version before it. Raises NotAllowed.
    """
    require(rules.may_synthesise(by, consultation, at=at))
    with transaction.atomic():
        Consultation.objects.select_for_update(no_key=True).get(pk=consultation.pk)
        versions = OutcomeReport.objects.filter(consultation=consultation)
        draft = versions.filter(state=ReportState.DRAFT).first()
        if draft is not None:
            return draft
        before = versions.defer("content").first()
        texts = (
            {name: getattr(before, name) for name in (*TEXT_FIELDS, "language")}
            if before
            else {"language": consultation.default_language}
        )
        number = (versions.aggregate(last=Max("version"))["last"] or 0) + 1
        return OutcomeReport.objects.create(consultation=consultation, version=number, drafted_at=at, **texts)


def change_report_text(report: OutcomeReport, *, texts: Mapping[str, str], by: Person, at: datetime) -> OutcomeReport:
    """
    Replace some of the texts of a draft; a text that is not named stays.

    ``texts`` may name key_messages, convergences, divergences, minority_views, method, limits and language. Raises
    NotAllowed, and Unacceptable for a published report or a text that is too long.
    """
    require(rules.may_synthesise(by, report.consultation, at=at))
    said = {name: tidy_text(text) for name, text in texts.items() if name in (*TEXT_FIELDS, "language")}
    long = {name: [_("Write at most 50,000 characters.")] for name, text in said.items() if len(text) > LONGEST_TEXT}
    if long:
        raise Unacceptable(long)
    changed = OutcomeReport.objects.filter(pk=report.pk, state=ReportState.DRAFT).update(**said) if said else 1
    if not changed:
        raise Unacceptable({"": [_("A published report does not change; begin a new version.")]})
    report.refresh_from_db()
    return report


def publish_report(report: OutcomeReport, *, by: Person, at: datetime) -> OutcomeReport:
    """
    Publish a draft: freeze all that it shows, write its files, replace the version before, and have people told.

    Publishing what is published already changes nothing. Raises NotAllowed, and Unacceptable with everything that is
    missing, also when something changed while the files were being written.
    """
    require(rules.may_publish_report(by, report.consultation, at=at))
    draft = OutcomeReport.objects.select_related("consultation").get(pk=report.pk)
    if draft.state != ReportState.DRAFT:
        return draft
    _refuse(publishing_problems(draft))
    # The files are written before the transaction begins: nobody waits for them with the database locked.
    content = add_skipped_files(report_content(draft, at=at))
    files = written_files(content)
    with transaction.atomic():
        consultation = Consultation.objects.select_for_update(no_key=True).get(pk=draft.consultation_id)
        current = OutcomeReport.objects.select_for_update(of=("self",)).get(pk=draft.pk)
        if current.state != ReportState.DRAFT:
            return current
        _refuse(publishing_problems(current))
        if report_content(current, at=at) | {"skipped_files": content["skipped_files"]} != content:
            raise Unacceptable({"": [_("Something changed while the report was being written. Publish it again.")]})
        _keep(current, content=content, files=files, by=by, at=at)
        _record(current, consultation, files, by=by, at=at)
        enqueue("synthesis.tell_contributors_task", report_id=current.pk)
    return current


def _refuse(problems: dict[str, list[str]]) -> None:
    if problems:
        raise Unacceptable(problems)


def _keep(
    report: OutcomeReport, *, content: dict[str, Any], files: Sequence[WrittenFile], by: Person, at: datetime
) -> None:
    before = OutcomeReport.objects.filter(consultation=report.consultation_id, state=ReportState.PUBLISHED)
    before.update(state=ReportState.SUPERSEDED)
    report.state = ReportState.PUBLISHED
    report.content, report.content_digest = content, content_digest(content)
    report.run = newest_finished_run(report.consultation)
    report.published_at, report.published_by = at, by
    report.save()
    for written in files:
        keep_file(report, written)


def keep_file(report: OutcomeReport, written: WrittenFile) -> ReportFile:
    """Keep one file of a report, in the caller's transaction; the one it replaces is deleted once that is committed."""
    name = f"{report.consultation.slug}-outcome-v{report.version}.{written.format}"
    row = ReportFile.objects.filter(report=report, format=written.format).first() or ReportFile(report=report)
    row.format, row.media_type = written.format, written.media_type
    row.size, row.sha256 = len(written.content), hashlib.sha256(written.content).hexdigest()
    if row.file.name:
        transaction.on_commit(partial(row.file.storage.delete, row.file.name))
    row.file.save(name, ContentFile(written.content), save=False)
    row.save()
    return row


def file_facts(files: Sequence[WrittenFile]) -> dict[str, str]:
    """Return what the record says of a report's files: the SHA-256 of each."""
    return {f"{written.format}_sha256": hashlib.sha256(written.content).hexdigest() for written in files}


def _record(
    report: OutcomeReport, consultation: Consultation, files: Sequence[WrittenFile], *, by: Person, at: datetime
) -> None:
    record(
        log_types.REPORT_PUBLISHED,
        subject_type="report",
        subject_id=report.public_id,
        actor_ref=actor_ref(by),
        facts={
            "consultation": consultation.public_id,
            "version": report.version,
            "content_digest": report.content_digest,
            **file_facts(files),
        },
        at=at,
    )
