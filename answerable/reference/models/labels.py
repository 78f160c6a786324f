"""Texts kept in several languages, and the choice of the one a reader gets."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import models

LANGUAGES_OF_LABELS = ("ar", "zh", "en", "fr", "ru", "es")
FALLBACK_LANGUAGE = "en"
NOT_A_LANGUAGE = "zxx"  # BCP 47: content without language, such as a bare code


@dataclass(frozen=True, slots=True)
class LocalText:
    """A text and the language it is in (BCP 47), which is not always the one that was asked for."""

    text: str
    language: str

    def __str__(self) -> str:
        """Give the text alone."""
        return self.text

    def is_in(self, language: str | None) -> bool:
        """Tell whether a reader of ``language`` gets this text in that language; if not, mark it with ``lang``."""
        return self.language in (reading_language(language), NOT_A_LANGUAGE)


def reading_language(language: str | None) -> str:
    """Reduce a language tag to the one our labels are kept under: ``zh-Hans`` to ``zh``; none at all to English."""
    return (language or FALLBACK_LANGUAGE).replace("_", "-").split("-")[0].lower()


def choose_text(language: str | None, *preferred: Mapping[str, str], otherwise: str) -> LocalText:
    """
    Choose the text a reader gets: in the reader's language, else in English, else ``otherwise`` as a bare code.

    Of several sets of texts an earlier one goes before a later one in the same language.
    """
    for wanted in (reading_language(language), FALLBACK_LANGUAGE):
        for texts in preferred:
            if text := texts.get(wanted):
                return LocalText(text, wanted)
    return LocalText(otherwise, NOT_A_LANGUAGE)


class Labelled(models.Model):
    """A row with a short label of ours, kept as ``{language: text}``."""

    labels = models.JSONField(default=dict)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        """Give the English label."""
        return self.label(FALLBACK_LANGUAGE).text

    def label(self, language: str | None) -> LocalText:
        """Give the label in the reader's language, or in English and marked as English."""
        return choose_text(language, self.labels, otherwise=str(self.pk))
