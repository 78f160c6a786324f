"""Everything that can be asked about themes, findings, dispositions and reports."""

from answerable.synthesis.queries.balance import balance
from answerable.synthesis.queries.citations import (
    CitationProblem,
    Span,
    citation_problems,
    find_quote,
    problems_of_finding,
)
from answerable.synthesis.queries.coverage import Coverage, answered_everywhere, coverage, coverage_by_session
from answerable.synthesis.queries.findings import FindingView, finding_page, findings_of, recommendations_of
from answerable.synthesis.queries.queue import label_counts, set_aside_contributions, similar_to, undecided_queue
from answerable.synthesis.queries.readiness import publishing_problems
from answerable.synthesis.queries.report_content import report_content
from answerable.synthesis.queries.report_document import report_document
from answerable.synthesis.queries.reports import (
    draft_of,
    has_published_report,
    published_report,
    report_file,
    report_version,
    report_versions,
)
from answerable.synthesis.queries.runs import newest_finished_run, newest_run, run_page, runs_of
from answerable.synthesis.queries.themes import (
    ThemeNode,
    WhyHere,
    codings_of,
    contributions_of_theme,
    theme_page,
    themes_by_question,
    themes_to_choose,
    themes_tree,
    why_here,
    without_theme,
)
from answerable.synthesis.queries.thread import (
    Answer,
    CitedIn,
    ThreadStep,
    answer_to,
    contributions_of_finding,
    thread_of,
    where_cited,
)

__all__ = [
    "Answer",
    "CitationProblem",
    "CitedIn",
    "Coverage",
    "FindingView",
    "Span",
    "ThemeNode",
    "ThreadStep",
    "WhyHere",
    "answer_to",
    "answered_everywhere",
    "balance",
    "citation_problems",
    "codings_of",
    "contributions_of_finding",
    "contributions_of_theme",
    "coverage",
    "coverage_by_session",
    "draft_of",
    "find_quote",
    "finding_page",
    "findings_of",
    "has_published_report",
    "label_counts",
    "newest_finished_run",
    "newest_run",
    "problems_of_finding",
    "published_report",
    "publishing_problems",
    "recommendations_of",
    "report_content",
    "report_document",
    "report_file",
    "report_version",
    "report_versions",
    "run_page",
    "runs_of",
    "set_aside_contributions",
    "similar_to",
    "theme_page",
    "themes_by_question",
    "themes_to_choose",
    "themes_tree",
    "thread_of",
    "undecided_queue",
    "where_cited",
    "why_here",
    "without_theme",
]
