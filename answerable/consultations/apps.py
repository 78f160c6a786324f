"""Where Django finds this room, what it adds to the checks of the record, to the notices and to forgetting a person."""

from django.apps import AppConfig


class ConsultationsConfig(AppConfig):
    """The room "consultations"."""

    name = "answerable.consultations"
    label = "consultations"

    def ready(self) -> None:
        """Register this room's checks, kinds of notices and erasers."""
        _register_checks()
        _declare_notices()
        _register_erasers()


def _register_checks() -> None:
    from answerable.consultations.queries import record_checks
    from answerable.ledger.checks import register_check

    for name in record_checks.__all__:
        register_check(f"consultations.{name.removeprefix('check_')}", getattr(record_checks, name))


def _declare_notices() -> None:
    from answerable.consultations.actions import moderation, replying
    from answerable.notices.kinds import declare

    declare(moderation.MODERATED, is_urgent=True)
    declare(moderation.APPEAL_DECIDED, is_urgent=True)
    declare(replying.REPLIED)


def _register_erasers() -> None:
    from answerable.consultations.actions import erasing
    from answerable.people.erasure import register_eraser

    register_eraser("consultations.Contribution", erasing.erase_contributions)
    # Revisions are erased together with their contributions; the second call finds nothing more to do.
    register_eraser("consultations.ContributionRevision", erasing.erase_contributions)
    register_eraser("consultations.Reply", erasing.erase_replies)
    register_eraser("consultations.Stance", erasing.erase_stances)
    register_eraser("consultations.Appeal", erasing.erase_appeals)
    register_eraser("consultations.Draft", erasing.erase_drafts)
