"""Where Django finds this room, what it adds to the checks of the record, to the notices and to forgetting a person."""

from django.apps import AppConfig


class SynthesisConfig(AppConfig):
    """The room "synthesis"."""

    name = "answerable.synthesis"
    label = "synthesis"

    def ready(self) -> None:
        """Register this room's checks, its kind of notice and its eraser."""
        from answerable.ledger.checks import register_check
        from answerable.notices.kinds import declare
        from answerable.people.erasure import register_eraser
        from answerable.synthesis.actions.announcing import KIND
        from answerable.synthesis.actions.erasing import erase_from_reports, erase_quotes
        from answerable.synthesis.queries import record_checks

        register_check("synthesis.findings", record_checks.check_findings)
        register_check("synthesis.recommendations", record_checks.check_recommendations)
        register_check("synthesis.dispositions", record_checks.check_dispositions)
        register_check("synthesis.reports", record_checks.check_reports)
        declare(KIND)
        register_eraser("synthesis.Citation", erase_quotes)
        register_eraser("synthesis.OutcomeReport", erase_from_reports)
