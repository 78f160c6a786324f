"""All rows that an outcome report shows, read once and shared by its sections."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import F, TextField, Value
from django.db.models.functions import Cast

from answerable.consultations.models import Consultation, ConsultationSession, Contribution, QuestionText, SessionText
from answerable.consultations.queries.localised import text_in
from answerable.synthesis.models import Citation, Disposition, Finding, Recommendation
from answerable.synthesis.queries.citations import number_problems
from answerable.synthesis.queries.findings import FindingView
from answerable.synthesis.queries.report_quotes import quoted_citations
from answerable.synthesis.rules import public_contributions
from answerable.synthesis.states import DispositionKind
from answerable.synthesis.validators import fill_placeholders


@dataclass(frozen=True, slots=True)
class SessionWords:
    """What a session is called and asks, in one language."""

    pk: int
    number: int
    title: str
    questions: Sequence[str]


@dataclass(frozen=True, slots=True)
class ReportRows:
    """
    What a report is made of: sessions, findings, themes by the finding's key, recommendations, contributions.

    Contributions are the public ones in the order of their receipt codes, without their texts and with sector, group,
    country, region and disposition. A recommendation comes with the public ids of the findings it rests on.
    """

    sessions: Sequence[SessionWords]
    findings: Sequence[FindingView]
    themes: Mapping[int, Sequence[str]]
    recommendations: Sequence[tuple[Recommendation, Sequence[str]]]
    contributions: Sequence[Contribution]

    @property
    def cited(self) -> set[int]:
        """The keys of the contributions that are quoted."""
        return {citation.contribution_id for view in self.findings for citation in view.citations}


@dataclass(slots=True)
class _Words:
    """The title of a session, or one of its questions, in one language."""

    language: str
    text: str


def report_rows(consultation: Consultation, *, language: str) -> ReportRows:
    """Return the rows of a report in a language; five queries, whatever the numbers."""
    contributions = list(
        public_contributions(consultation)
        .select_related("sector", "stakeholder_group", "country__region", "disposition")
        .defer("text", "html")
        .order_by("receipt_code")
    )
    findings, themes = _findings(consultation)
    return ReportRows(
        sessions=_sessions(consultation, language),
        findings=_views(findings, quoted_citations(consultation), contributions),
        themes=themes,
        recommendations=_recommendations(consultation),
        contributions=contributions,
    )


def _findings(consultation: Consultation) -> tuple[list[Finding], dict[int, list[str]]]:
    """Return the findings in order and the names of their themes; a finding comes once for each of its themes."""
    rows = Finding.objects.filter(consultation=consultation).annotate(theme_label=F("themes__label"))
    placed = ("themes__session__number", "themes__order", "themes__pk")
    findings: dict[int, Finding] = {}
    themes: dict[int, list[str]] = defaultdict(list)
    for row in rows.order_by("session__number", "order", "pk", *placed):
        findings.setdefault(row.pk, row)
        if row.theme_label is not None:
            themes[row.pk].append(row.theme_label)
    return list(findings.values()), themes


def _views(
    findings: Sequence[Finding], citations: Sequence[Citation], contributions: Sequence[Contribution]
) -> list[FindingView]:
    cited: dict[int, list[Citation]] = defaultdict(list)
    for citation in citations:
        cited[citation.finding_id].append(citation)
    merged: dict[int | None, list[Disposition]] = defaultdict(list)
    for row in contributions:
        decided: Disposition | None = getattr(row, "disposition", None)
        if decided is not None and decided.kind == DispositionKind.MERGED:
            merged[decided.finding_id].append(decided)
    sessions = Counter(row.session_id for row in contributions)
    return [_view(one, cited[one.pk], merged[one.pk], sessions) for one in findings]


def _view(
    finding: Finding, cited: Sequence[Citation], merged: Sequence[Disposition], sessions: Counter[int]
) -> FindingView:
    quoted = len({row.contribution_id for row in cited})
    counts = {
        "cited": quoted,
        "merged": len(merged),
        "total": quoted + len(merged),
        "session": sessions[finding.session_id],
        "consultation": sessions.total(),
    }
    return FindingView(
        finding=finding,
        statement=fill_placeholders(finding.statement, counts),
        counts=counts,
        citations=cited,
        merged=merged,
        number_problems=number_problems(finding, counts),
    )


def _sessions(consultation: Consultation, language: str) -> list[SessionWords]:
    """Return sessions with title and questions; sessions, titles and questions come in one query, as one list."""
    sessions = ConsultationSession.objects.filter(consultation=consultation).order_by()
    titles = SessionText.objects.filter(session__consultation=consultation).order_by()
    asked = QuestionText.objects.filter(question__session__consultation=consultation).order_by()
    of_question = ("question__session", "question__session__number", "question__number", "language", _as_text("text"))
    every = sessions.values_list("pk", "number", Value(0), Value(""), _as_text("")).union(
        titles.values_list("session", "session__number", Value(0), "language", _as_text("title")),
        asked.values_list(*of_question),
        all=True,
    )
    said: dict[tuple[int, int], dict[int, list[_Words]]] = defaultdict(lambda: defaultdict(list))
    for pk, number, question, spoken, text in sorted(every):
        words = said[number, pk]
        if spoken:
            words[question].append(_Words(spoken, text))
    default = consultation.default_language
    return [_session(pk, number, words, language, default) for (number, pk), words in sorted(said.items())]


def _session(pk: int, number: int, words: Mapping[int, Sequence[_Words]], language: str, default: str) -> SessionWords:
    chosen = {question: text_in(language, texts, default=default) for question, texts in sorted(words.items())}
    title = chosen.pop(0, None)
    return SessionWords(pk, number, title.text if title else "", [one.text for one in chosen.values() if one])


def _as_text(field: str) -> Cast:
    return Cast(field or Value(""), TextField())


def _recommendations(consultation: Consultation) -> list[tuple[Recommendation, list[str]]]:
    """Return recommendations in order with their findings; one comes once for each of its findings."""
    rows = Recommendation.objects.filter(consultation=consultation).annotate(rests_on=F("findings__public_id"))
    found: dict[int, tuple[Recommendation, list[str]]] = {}
    for row in rows.order_by("order", "pk"):
        kept = found.setdefault(row.pk, (row, []))
        if row.rests_on is not None:
            kept[1].append(row.rests_on)
    return list(found.values())
