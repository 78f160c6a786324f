"""With what settings the engine reads a consultation."""

from dataclasses import fields

from answerable.consultations.models import Consultation
from answerable.consultations.queries import references_of
from answerable.engine.plain_records import from_plain
from answerable.engine.records import Settings
from answerable.synthesis.models import SynthesisRun


def settings_for(consultation: Consultation) -> Settings:
    """Return the settings of a new run: the engine's own, and what the convener states who should be heard."""
    return Settings(references=references_of(consultation))


def settings_of(run: SynthesisRun) -> Settings:
    """
    Return the settings a run was asked for with, however they are kept.

    Raises TypeError for settings that this engine does not know: it would not do what was asked for.
    """
    if unknown := run.settings.keys() - {field.name for field in fields(Settings)}:
        message = f"The engine knows no setting named {', '.join(sorted(unknown))}."
        raise TypeError(message)
    kept: Settings = from_plain(Settings, run.settings)
    return kept
