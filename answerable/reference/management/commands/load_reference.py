"""Bring the reference rows up to date from the command line."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from answerable.foundation.verdicts import Unacceptable
from answerable.reference.actions import load_official_wording, load_reference


class Command(BaseCommand):
    """Load the packaged rows, and the official wording when a file of it is named."""

    help = "Load goals, targets, countries, languages and the other reference rows; repeating it writes nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the one option."""
        parser.add_argument("--official", type=Path, metavar="FILE", help="JSON file with the official wording")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Load, and print how many rows were written."""
        written = load_reference()
        self.stdout.write(f"Reference rows written: {sum(written.values())}.")
        if options["official"]:
            try:
                worded = load_official_wording(options["official"])
            except Unacceptable as refusal:
                lines = (f"{place or 'file'}: {' '.join(said)}" for place, said in refusal.problems.items())
                raise CommandError("Nothing was changed.\n" + "\n".join(lines)) from refusal
            self.stdout.write(f"Official wording taken in for {sum(worded.values())} rows.")
