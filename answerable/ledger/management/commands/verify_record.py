"""``verify_record``: says whether the public record is as it was written, and what was altered if not."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from answerable.ledger.verify import verify_record


class Command(BaseCommand):
    """Verify the public record; ends with status 1 when something was altered."""

    help = "Verify the public record and say exactly what was altered."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take a file of checkpoints that somebody else kept."""
        parser.add_argument("--against", metavar="FILE", type=Path, help="signed checkpoints kept elsewhere")

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ARG002  # Django's signature
        """Print the report; raise CommandError, so that the status is 1, when the record was altered."""
        against = options["against"]
        try:
            given = None if against is None else against.read_text("utf-8")
        except (OSError, UnicodeDecodeError) as problem:
            raise CommandError(_("The checkpoints cannot be read: %(problem)s") % {"problem": problem}) from problem
        report = verify_record(against=given)
        for note in report.notes:
            self.stdout.write(note)
        for found in report.problems:
            self.stderr.write(found.message)
        if not report.is_intact:
            raise CommandError(_("The record was altered. Findings: %(count)s.") % {"count": len(report.problems)})
        summary = _(
            "The record is as it was written. Entries: %(entries)s. Checkpoints: %(checkpoints)s. Root: %(root)s"
        )
        values = {"entries": report.entry_count, "checkpoints": report.checkpoint_count, "root": report.root.hex()}
        self.stdout.write(summary % values)
