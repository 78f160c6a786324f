"""Bring the translations up to date with the code."""

from typing import Any

from django.core.management.base import BaseCommand

from answerable.web import messages


class Command(BaseCommand):
    """Read the messages from code and templates into the .po files and compile them."""

    help = "Reads the messages from code and templates into the .po files and compiles them."

    def handle(self, **_options: Any) -> None:
        """Do it, and say what each language still lacks."""
        for locale, count in messages.update().items():
            self.stdout.write(f"{locale}: {count} messages to translate")
