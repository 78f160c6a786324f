"""The languages people can choose to write in."""

from django.db import models

from answerable.reference.models.cldr import language_name, own_name
from answerable.reference.models.labels import FALLBACK_LANGUAGE, LocalText
from answerable.reference.states import Direction


class Language(models.Model):
    """One language somebody can write a contribution in, by its shortest ISO 639 code."""

    code = models.CharField(max_length=3, primary_key=True, help_text="ISO 639-1, or 639-3 where there is none")
    iso639_3 = models.CharField(max_length=3, unique=True)
    direction = models.CharField(max_length=3, choices=Direction.choices)
    is_un_language = models.BooleanField(default=False, help_text="one of the six official languages")
    autonym = models.CharField(max_length=60, blank=True, help_text="its name in itself, where CLDR lacks it")
    position = models.PositiveSmallIntegerField(help_text="the six come first")

    class Meta:
        ordering = ("position",)

    def __str__(self) -> str:
        """Give the English name."""
        return self.label(FALLBACK_LANGUAGE).text

    @property
    def own_name(self) -> str:
        """The language's name in itself, or its code where nobody wrote it down."""
        return self.autonym or own_name(self.code) or self.code

    def label(self, language: str | None) -> LocalText:
        """Give the name in the reader's language, or in English and marked as English."""
        return language_name(self.code, language=language)
