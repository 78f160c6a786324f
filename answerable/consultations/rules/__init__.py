"""Who may do what in a consultation, and what of it each person sees."""

from answerable.consultations.rules.moderating import (
    may_appeal,
    may_decide_appeal,
    may_moderate,
    may_moderate_post,
    may_write_digest,
)
from answerable.consultations.rules.organising import (
    may_edit_consultation,
    may_import,
    may_see_consultation,
    visible_consultations,
)
from answerable.consultations.rules.taking_part import (
    may_contribute,
    may_edit_contribution,
    may_reply,
    may_speak_for,
    may_take_stance,
    may_withdraw,
)
from answerable.consultations.rules.visibility import may_read, visible_contributions, visible_replies

__all__ = [
    "may_appeal",
    "may_contribute",
    "may_decide_appeal",
    "may_edit_consultation",
    "may_edit_contribution",
    "may_import",
    "may_moderate",
    "may_moderate_post",
    "may_read",
    "may_reply",
    "may_see_consultation",
    "may_speak_for",
    "may_take_stance",
    "may_withdraw",
    "may_write_digest",
    "visible_consultations",
    "visible_contributions",
    "visible_replies",
]
