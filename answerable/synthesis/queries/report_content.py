"""Everything an outcome report shows, as JSON: live for a preview, frozen when it is published."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.conf import settings

from answerable.consultations.models import Consultation, ConsultationSession
from answerable.consultations.queries.localised import text_in
from answerable.synthesis.models import OutcomeReport, SynthesisRun
from answerable.synthesis.queries.coverage import coverage
from answerable.synthesis.queries.findings import FindingView, findings_of, recommendations_of
from answerable.synthesis.queries.participation import participation
from answerable.synthesis.queries.report_answers import answers
from answerable.synthesis.queries.report_language import speaking
from answerable.synthesis.queries.report_quotes import quotes_of
from answerable.synthesis.queries.runs import newest_finished_run
from answerable.synthesis.states import SetAsideReason

FORMAT = "answerable/outcome-report/1"
TEXT_FIELDS = ("key_messages", "convergences", "divergences", "minority_views", "method", "limits")


def report_content(report: OutcomeReport, *, at: datetime) -> dict[str, Any]:
    """
    Return everything a report would show if it were published at a moment, in the report's language.

    The same rows and the same moment give the same content. The number of queries does not grow with the number of
    contributions.
    """
    consultation, language = report.consultation, report.language
    with speaking(language):
        views = findings_of(consultation)
        sessions = _sessions(consultation, views, language)
        return {
            "format": FORMAT,
            "public_id": report.public_id,
            "version": report.version,
            "language": language,
            "published_at": at.isoformat(),
            "site": settings.SITE_ADDRESS,
            "consultation": _consultation(consultation, language),
            "texts": {name: getattr(report, name) for name in TEXT_FIELDS},
            "participation": participation(consultation, language=language),
            "sessions": sessions,
            "recommendations": _recommendations(consultation, sessions),
            "coverage": _coverage(consultation),
            "method": _method(newest_finished_run(consultation)),
            "answers": answers(consultation, sessions=sessions),
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


def _sessions(consultation: Consultation, views: Sequence[FindingView], language: str) -> list[dict[str, Any]]:
    default = consultation.default_language
    quotes = quotes_of(views, language=language)
    rows = consultation.sessions.prefetch_related("texts", "questions__texts").order_by("number")
    return [
        {
            "number": session.number,
            "title": getattr(text_in(language, session.texts.all(), default=default), "title", ""),
            "questions": _questions(session, language, default),
            "findings": [
                _finding(view, f"{session.number}.{place}", quotes)
                for place, view in enumerate((v for v in views if v.finding.session_id == session.pk), start=1)
            ],
        }
        for session in rows
    ]


def _questions(session: ConsultationSession, language: str, default: str) -> list[str]:
    texts = (text_in(language, question.texts.all(), default=default) for question in session.questions.all())
    return [text.text for text in texts if text]


def _finding(view: FindingView, number: str, quotes: Mapping[int, list[dict[str, Any]]]) -> dict[str, Any]:
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
        "themes": [theme.label for theme in finding.themes.all()],
    }


def _recommendations(consultation: Consultation, sessions: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    numbers = {finding["public_id"]: finding["number"] for session in sessions for finding in session["findings"]}
    return [
        {
            "public_id": row.public_id,
            "number": place,
            "title": row.title,
            "text": row.text,
            "addressee": row.addressee,
            "language": row.language,
            "findings": sorted(
                [numbers[finding.public_id], finding.public_id]
                for finding in row.findings.all()
                if finding.public_id in numbers
            ),
        }
        for place, row in enumerate(recommendations_of(consultation), start=1)
    ]


def _coverage(consultation: Consultation) -> dict[str, Any]:
    counted = coverage(consultation)
    names = ("total", "cited", "merged", "set_aside", "undecided")
    return {name: getattr(counted, name) for name in names} | {
        "reasons": {str(code): str(SetAsideReason(code).label) for code in SetAsideReason.values}
    }


def _method(run: SynthesisRun | None) -> dict[str, Any] | None:
    if run is None:
        return None
    manifest = SynthesisRun.objects.values_list("manifest", flat=True).get(pk=run.pk)
    return {
        "run": run.number,
        "engine_version": run.engine_version,
        "embedder": manifest.get("engine", {}).get("embedder", ""),
        "input_digest": run.input_digest,
        "seed": run.seed,
        "contribution_count": run.contribution_count,
        "finished_at": _iso(run.finished_at),
    }


def _iso(moment: Any) -> str:  # a date, a time or nothing
    return moment.isoformat() if moment else ""
