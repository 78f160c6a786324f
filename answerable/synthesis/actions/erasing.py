"""
How this room forgets a person: their name leaves the published reports, erased words leave the findings.

In a published report the words that were quoted stay, without a name; the files are written anew and the record says
that this was done. Copies that readers took away are out of reach. In the findings, quotes of what is erased go too.
"""

from datetime import datetime

from django.db import transaction

from answerable.consultations.states import PostState
from answerable.ledger.actions import record
from answerable.people.models import Person
from answerable.synthesis import log_types
from answerable.synthesis.actions.recording import record_finding
from answerable.synthesis.actions.report import file_facts, keep_file
from answerable.synthesis.actions.report_files import written_files
from answerable.synthesis.models import Citation, OutcomeReport
from answerable.synthesis.queries.digests import content_digest
from answerable.synthesis.states import FindingChange, ReportState


def erase_from_reports(person: Person, at: datetime) -> int:
    """Take a person's name out of every published report and its files; returns how many reports changed."""
    changed = 0
    with transaction.atomic():
        for report in OutcomeReport.objects.select_related("consultation").exclude(state=ReportState.DRAFT):
            if _forget(report.content, person):
                _write_anew(report, at)
                changed += 1
    return changed


def erase_quotes(_person: Person, at: datetime) -> int:
    """
    Take the words out of quotes whose contributions are erased; returns how many quotes changed.

    That a finding quoted them stays, so that the desk asks for another quote. The record says that it changed.
    """
    erased = Citation.objects.filter(contribution__text="").exclude(contribution__state=PostState.PUBLIC)
    with transaction.atomic():
        rows = list(erased.exclude(quote="").select_related("finding"))
        Citation.objects.filter(pk__in=[row.pk for row in rows]).update(quote="", text_digest="")
        for finding in {row.finding_id: row.finding for row in rows}.values():
            record_finding(finding, change=FindingChange.CHANGED, by=None, at=at)
    return len(rows)


def _forget(content: dict[str, object], person: Person) -> bool:
    found = False
    sessions: list[dict[str, list[dict[str, list[dict[str, str]]]]]] = content["sessions"]  # type: ignore[assignment]  # frozen JSON of ours
    for session in sessions:
        for finding in session["findings"]:
            for citation in finding["citations"]:
                if citation["person"] == person.public_id:
                    citation["name"] = citation["person"] = ""
                    found = True
    return found


def _write_anew(report: OutcomeReport, at: datetime) -> None:
    report.content_digest = content_digest(report.content)
    report.save(update_fields=["content", "content_digest"])
    files = written_files(report.content)
    for written in files:
        keep_file(report, written)
    record(
        log_types.REPORT_NAME_ERASED,
        subject_type="report",
        subject_id=report.public_id,
        facts={"content_digest": report.content_digest, **file_facts(files)},
        at=at,
    )
