"""Everything that happens in the synthesis room."""

from answerable.synthesis.actions.announcing import tell_contributors
from answerable.synthesis.actions.dispositions import merge_into_finding, set_aside, undo_disposition
from answerable.synthesis.actions.findings import (
    FindingDraft,
    add_citation,
    change_finding,
    delete_finding,
    remove_citation,
    reorder_citations,
    reorder_findings,
    write_finding,
)
from answerable.synthesis.actions.recommendations import (
    RecommendationDraft,
    change_recommendation,
    delete_recommendation,
    reorder_recommendations,
    write_recommendation,
)
from answerable.synthesis.actions.report import change_report_text, draft_report, publish_report
from answerable.synthesis.actions.runs import carry_out_run, is_silent, request_run, take_up_silent_runs
from answerable.synthesis.actions.themes import (
    add_theme,
    drop_theme,
    merge_themes,
    move_contribution,
    rename_theme,
    split_theme,
)

__all__ = [
    "FindingDraft",
    "RecommendationDraft",
    "add_citation",
    "add_theme",
    "carry_out_run",
    "change_finding",
    "change_recommendation",
    "change_report_text",
    "delete_finding",
    "delete_recommendation",
    "draft_report",
    "drop_theme",
    "is_silent",
    "merge_into_finding",
    "merge_themes",
    "move_contribution",
    "publish_report",
    "remove_citation",
    "rename_theme",
    "reorder_citations",
    "reorder_findings",
    "reorder_recommendations",
    "request_run",
    "set_aside",
    "split_theme",
    "take_up_silent_runs",
    "tell_contributors",
    "undo_disposition",
    "write_finding",
    "write_recommendation",
]
