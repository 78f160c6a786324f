"""What the verifier compares here: no act without its entry, no entry without its act, no text but the recorded one."""

from answerable.consultations.queries.record_checks.acts import check_appeals, check_digests, check_moderation
from answerable.consultations.queries.record_checks.contributions import check_contributions
from answerable.consultations.queries.record_checks.frames import check_frames
from answerable.consultations.queries.record_checks.replies import check_replies

__all__ = [
    "check_appeals",
    "check_contributions",
    "check_digests",
    "check_frames",
    "check_moderation",
    "check_replies",
]
