"""What the rapporteur of the demonstration did: a run, findings with quotes, dispositions, the report."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from answerable.consultations.models import Consultation, ConsultationSession, Contribution
from answerable.consultations.states import PostState
from answerable.demo import words
from answerable.demo.community import CONVENER, RAPPORTEUR, Community
from answerable.people.models import Person
from answerable.synthesis.actions.dispositions import merge_into_finding, set_aside
from answerable.synthesis.actions.findings import FindingDraft, add_citation, write_finding
from answerable.synthesis.actions.recommendations import RecommendationDraft, write_recommendation
from answerable.synthesis.actions.report import change_report_text, draft_report, publish_report
from answerable.synthesis.actions.runs import carry_out_run, request_run
from answerable.synthesis.models import Finding, OutcomeReport

Posted = dict[str, Contribution]


def synthesise(consultation: Consultation, community: Community, *, at: datetime) -> None:
    """Run the engine over everything that is public."""
    run = request_run(consultation, by=community.staff[RAPPORTEUR], at=at)
    carry_out_run(run.pk, clock=lambda: at)


def write_findings(consultation: Consultation, posted: Posted, *, by: Person, at: datetime) -> dict[str, Finding]:
    """Write each finding with its quotes, and merge into it what it rests on."""
    sessions = {session.number: session for session in _sessions(consultation)}
    findings = {}
    for item in words.findings():
        draft = FindingDraft(kind=item["kind"], title=item["title"], statement=item["statement"].strip())
        finding = write_finding(sessions[item["session"]], draft=draft, by=by, at=at)
        for quote in item["quotes"]:
            add_citation(finding, contribution=posted[quote["contribution"]], words=quote["quote"], by=by, at=at)
        findings[item["key"]] = finding
    for item in words.findings():
        resting = _undecided(posted[key] for key in item.get("rests_on", []))
        merge_into_finding(resting, finding=findings[item["key"]], by=by, at=at)
    return findings


def decide_the_rest(posted: Posted, findings: dict[str, Finding], *, by: Person, at: datetime) -> None:
    """Merge or set aside, with its reason, each contribution that no finding cites or rests on."""
    for key, decision in words.dispositions().items():
        [*rows] = _undecided([posted[key]])
        if not rows:
            continue
        if "merged" in decision:
            merge_into_finding(rows, finding=findings[decision["merged"]], by=by, at=at)
        else:
            reason = _with_receipts(decision["reason"], posted)
            set_aside(rows, reason_code=decision["set_aside"], reason=reason, by=by, at=at)


def publish(
    consultation: Consultation, findings: dict[str, Finding], community: Community, *, at: datetime
) -> OutcomeReport:
    """Write the recommendations and the report's sections, and publish its first version."""
    rapporteur = community.staff[RAPPORTEUR]
    for item in words.recommendations():
        draft = RecommendationDraft(
            title=item["title"],
            text=item["text"].strip(),
            addressee=item.get("addressee", ""),
            findings=tuple(findings[key] for key in item["findings"]),
        )
        write_recommendation(consultation, draft=draft, by=rapporteur, at=at)
    report = draft_report(consultation, by=rapporteur, at=at)
    texts = {name: text.strip() for name, text in words.report_texts().items()}
    change_report_text(report, texts=texts, by=rapporteur, at=at)
    return publish_report(report, by=community.staff[CONVENER], at=at + timedelta(minutes=1))


def _sessions(consultation: Consultation) -> list[ConsultationSession]:
    return list(consultation.sessions.select_related("consultation"))


def _undecided(rows: Iterable[Contribution]) -> list[Contribution]:
    ids = [row.pk for row in rows]
    return list(Contribution.objects.filter(pk__in=ids, state=PostState.PUBLIC, disposition=None).order_by("pk"))


def _with_receipts(reason: str, posted: Posted) -> str:
    for key in sorted(posted):
        reason = reason.replace(f"[{key}]", posted[key].receipt_code)
    return reason
