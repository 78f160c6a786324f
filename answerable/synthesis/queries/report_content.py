"""Everything an outcome report shows, as JSON: live for a preview, frozen when it is published."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.conf import settings

from answerable.consultations.models import Consultation
from answerable.consultations.queries import references_of
from answerable.consultations.queries.localised import text_in
from answerable.synthesis.models import OutcomeReport
from answerable.synthesis.queries.findings import FindingView
from answerable.synthesis.queries.newcomers import finished_runs
from answerable.synthesis.queries.participation import participation
from answerable.synthesis.queries.report_answers import answers, coverage_in
from answerable.synthesis.queries.report_language import speaking
from answerable.synthesis.queries.report_quotes import quotes_of
from answerable.synthesis.queries.report_rows import ReportRows, report_rows
from answerable.synthesis.states import SetAsideReason

FORMAT = "answerable/outcome-report/1"
TEXT_FIELDS = ("key_messages", "convergences", "divergences", "minority_views", "method", "limits")


def report_content(report: OutcomeReport, *, at: datetime) -> dict[str, Any]:
    """
    Return everything a report would show if it were published at a moment, in the report's language.

    The same rows and the same moment give the same content. Nine queries, whatever the numbers: five for the rows,
    the others for the consultation's texts, its conveners, the references and the newest run.
    """
    consultation, language = report.consultation, report.language
    with speaking(language):
        rows = report_rows(consultation, language=language)
        sessions = _sessions(rows, language)
        became = answers(rows, sessions=sessions)
        return {
            "format": FORMAT,
            "public_id": report.public_id,
            "version": report.version,
            "language": language,
            "published_at": at.isoformat(),
            "site": settings.SITE_ADDRESS,
            "consultation": _consultation(consultation, language),
            "texts": {name: getattr(report, name) for name in TEXT_FIELDS},
            "participation": participation(
                rows.contributions, cited=rows.cited, references=references_of(consultation), language=language
            ),
            "sessions": sessions,
            "recommendations": _recommendations(rows, sessions),
            "coverage": _coverage(became),
            "method": _method(consultation),
            "answers": became,
            "skipped_files": {},
        }


def _consultation(consultation: Consultation, language: str) -> dict[str, Any]:
    text = text_in(language, consultation.texts.all(), default=consultation.default_language)
    return {
        "slug": consultation.slug,
        "address": f"/consultations/{consultation.slug}/outcome/",
        "title": text.title if text else consultation.slug,
        "summary": text.summary if text else "",
        "purpose": text.purpose if text else "",
        "text_language": text.language if text else consultation.default_language,
        "event_name": consultation.event_name,
        "event_place": consultation.event_place,
        "event_starts_on": _iso(consultation.event_starts_on),
        "event_ends_on": _iso(consultation.event_ends_on),
        "opens_at": _iso(consultation.opens_at),
        "closes_at": _iso(consultation.closes_at),
        "conveners": [row.organisation.name for row in consultation.convening.select_related("organisation")],
    }


def _sessions(rows: ReportRows, language: str) -> list[dict[str, Any]]:
    quotes = quotes_of(rows.findings, language=language)
    return [
        {
            "number": session.number,
            "title": session.title,
            "questions": session.questions,
            "findings": [
                _finding(view, f"{session.number}.{place}", quotes, rows.themes)
                for place, view in enumerate((v for v in rows.findings if v.finding.session_id == session.pk), start=1)
            ],
        }
        for session in rows.sessions
    ]


def _finding(
    view: FindingView, number: str, quotes: Mapping[int, list[dict[str, Any]]], themes: Mapping[int, Sequence[str]]
) -> dict[str, Any]:
    finding = view.finding
    return {
        "public_id": finding.public_id,
        "number": number,
        "kind": str(finding.kind),
        "kind_label": str(finding.get_kind_display()),
        "title": finding.title,
        "statement": view.statement,
        "language": finding.language,
        "counts": {name: view.counts[name] for name in ("cited", "merged", "total")},
        "citations": quotes[finding.pk],
        "merged": [row.contribution.receipt_code for row in view.merged],
        "themes": list(themes.get(finding.pk, ())),
    }


def _recommendations(rows: ReportRows, sessions: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    numbers = {finding["public_id"]: finding["number"] for session in sessions for finding in session["findings"]}
    return [
        {
            "public_id": row.public_id,
            "number": place,
            "title": row.title,
            "text": row.text,
            "addressee": row.addressee,
            "language": row.language,
            "findings": sorted([numbers[public_id], public_id] for public_id in rests_on if public_id in numbers),
        }
        for place, (row, rests_on) in enumerate(rows.recommendations, start=1)
    ]


def _coverage(became: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    counted = coverage_in(became).values()
    names = ("total", "cited", "merged", "set_aside", "undecided")
    return {name: sum(getattr(each, name) for each in counted) for name in names} | {
        "reasons": {str(code): str(SetAsideReason(code).label) for code in SetAsideReason.values}
    }


def _method(consultation: Consultation) -> dict[str, Any] | None:
    """Return which run sorted the contributions; of its manifest only the name of the vectors is read."""
    kept = ("engine_version", "input_digest", "seed", "contribution_count")
    names = ("number", "finished_at", "manifest__engine__embedder", *kept)
    run = finished_runs(consultation).values(*names).first()
    if run is None:
        return None
    return {
        "run": run["number"],
        "embedder": run["manifest__engine__embedder"] or "",
        "finished_at": _iso(run["finished_at"]),
        **{name: run[name] for name in kept},
    }


def _iso(moment: Any) -> str:  # a date, a time or nothing
    return moment.isoformat() if moment else ""
