"""What the verifier compares here: findings, recommendations, dispositions, reports and the record, both ways."""

import hashlib
from collections.abc import Iterable, Iterator

from answerable.consultations.queries.record_checks.walking import chunks_of
from answerable.ledger.checks import Problem
from answerable.ledger.queries import EntryFacts, iterate_facts
from answerable.synthesis import log_types
from answerable.synthesis.models import Disposition, Finding, OutcomeReport, Recommendation, ReportFile
from answerable.synthesis.queries.digests import content_digest, finding_digest, recommendation_digest
from answerable.synthesis.states import ReportState

_UNDECIDED = "none"
_OF_DISPOSITIONS = ("disposition", "finding", "reason_code", "reason")


def check_findings() -> Iterator[Problem]:
    """Compare what every finding says and quotes with its newest entry, and every entry with the table."""
    newest = _newest(log_types.FINDING_WRITTEN)
    deleted = {entry.subject_id for entry in iterate_facts(log_types.FINDING_DELETED)}
    for chunk in chunks_of(Finding.objects.prefetch_related("citations__contribution")):
        for row in chunk:
            yield from _compared(
                newest.pop(row.public_id, None),
                subject=f"finding {row.public_id}",
                live={"digest": finding_digest(row, row.citations.all())},
            )
    yield from _without_row(newest.values(), "finding", deleted)


def check_recommendations() -> Iterator[Problem]:
    """Compare what every recommendation says with its newest entry, and every entry with the table."""
    newest = _newest(log_types.RECOMMENDATION_WRITTEN)
    deleted = {entry.subject_id for entry in iterate_facts(log_types.RECOMMENDATION_DELETED)}
    for chunk in chunks_of(Recommendation.objects.prefetch_related("findings")):
        for row in chunk:
            digest = recommendation_digest(row, [finding.public_id for finding in row.findings.all()])
            entry = newest.pop(row.public_id, None)
            yield from _compared(entry, subject=f"recommendation {row.public_id}", live={"digest": digest})
    yield from _without_row(newest.values(), "recommendation", deleted)


def check_dispositions() -> Iterator[Problem]:
    """Compare what became of every contribution with its newest entry, and every entry with the table."""
    newest = _newest(log_types.DISPOSITION_DECIDED)
    for chunk in chunks_of(Disposition.objects.select_related("contribution", "finding")):
        for row in chunk:
            said = (str(row.kind), row.finding.public_id if row.finding else "", str(row.reason_code), row.reason)
            live = dict(zip(_OF_DISPOSITIONS, said, strict=True))
            code = row.contribution.receipt_code
            yield from _compared(newest.pop(code, None), subject=f"the disposition of {code}", live=live)
    left = [entry for entry in newest.values() if entry.facts.get("disposition") != _UNDECIDED]
    yield from _without_row(left, "disposition", set())


def check_reports() -> Iterator[Problem]:
    """Compare content and files of every published report with their entries, and every entry with the table."""
    newest = _newest(log_types.REPORT_PUBLISHED) | _newest(log_types.REPORT_NAME_ERASED)
    for chunk in chunks_of(OutcomeReport.objects.exclude(state=ReportState.DRAFT).prefetch_related("files")):
        for row in chunk:
            live = {"content_digest": content_digest(row.content)}
            live |= {f"{file.format}_sha256": _file_digest(file) for file in row.files.all()}
            compared = _compared(newest.pop(row.public_id, None), subject=f"report {row.public_id}", live=live)
            yield from list(compared) or _wrong_digests(row, live)
    yield from _without_row(newest.values(), "report", set())


def _wrong_digests(row: OutcomeReport, live: dict[str, str]) -> Iterator[Problem]:
    """Compare the digests that a report's rows name, which its page shows, with what they are the digests of."""
    named = {"content_digest": row.content_digest} | {f"{f.format}_sha256": f.sha256 for f in row.files.all()}
    for field, digest in named.items():
        if digest != live[field]:
            message = f"The {field} that report {row.public_id} names is not the digest of what it has."
            yield Problem("altered-act", row.public_id, message, field=field)


def _newest(kind: str) -> dict[str, EntryFacts]:
    return {entry.subject_id: entry for entry in iterate_facts(kind)}


def _file_digest(file: ReportFile) -> str:
    try:
        with file.file.open("rb") as opened:
            return hashlib.file_digest(opened, "sha256").hexdigest()
    except FileNotFoundError:
        return "missing"


def _compared(entry: EntryFacts | None, *, subject: str, live: dict[str, str]) -> Iterator[Problem]:
    if entry is None:
        yield Problem("missing-entry", subject, f"There is no entry for {subject}.")
        return
    for field, value in live.items():
        if field not in entry.erased and entry.facts.get(field) != value:
            message = f"The {field} of {subject} is not what entry {entry.index} says."
            yield Problem("altered-act", entry.subject_id, message, index=entry.index, field=field)


def _without_row(entries: Iterable[EntryFacts], subject: str, deleted: set[str]) -> Iterator[Problem]:
    for entry in entries:
        if entry.subject_id not in deleted:
            message = f"Entry {entry.index} ({entry.kind}) tells of a {subject} that is not there."
            yield Problem("missing-act", entry.subject_id, message, index=entry.index)
