"""Everything that can happen in a consultation."""

from answerable.consultations.actions.consultation import (
    change_consultation,
    conclude_consultation,
    create_consultation,
    missing_for_publication,
    publish_consultation,
    set_consultation_text,
)
from answerable.consultations.actions.contributing import (
    revise_contribution,
    submit_contribution,
    withdraw_contribution,
)
from answerable.consultations.actions.contribution_draft import CaseDraft, ContributionDraft
from answerable.consultations.actions.digest import DigestDraft, publish_digest
from answerable.consultations.actions.documents import add_document, remove_document
from answerable.consultations.actions.drafts import discard_draft, save_draft
from answerable.consultations.actions.intake import (
    check_import,
    load_import,
    set_mapping,
    start_import,
)
from answerable.consultations.actions.moderation import decide_appeal, file_appeal, moderate, moves_from
from answerable.consultations.actions.replying import withdraw_reply, write_reply
from answerable.consultations.actions.sessions import (
    add_question,
    add_session,
    change_session,
    remove_question,
    remove_session,
    reorder_questions,
    reorder_sessions,
    set_question_text,
    set_session_text,
)
from answerable.consultations.actions.stances import take_stance, withdraw_stance
from answerable.consultations.actions.stated_references import remove_reference, state_reference

__all__ = [
    "CaseDraft",
    "ContributionDraft",
    "DigestDraft",
    "add_document",
    "add_question",
    "add_session",
    "change_consultation",
    "change_session",
    "check_import",
    "conclude_consultation",
    "create_consultation",
    "decide_appeal",
    "discard_draft",
    "file_appeal",
    "load_import",
    "missing_for_publication",
    "moderate",
    "moves_from",
    "publish_consultation",
    "publish_digest",
    "remove_document",
    "remove_question",
    "remove_reference",
    "remove_session",
    "reorder_questions",
    "reorder_sessions",
    "revise_contribution",
    "save_draft",
    "set_consultation_text",
    "set_mapping",
    "set_question_text",
    "set_session_text",
    "start_import",
    "state_reference",
    "submit_contribution",
    "take_stance",
    "withdraw_contribution",
    "withdraw_reply",
    "withdraw_stance",
    "write_reply",
]
