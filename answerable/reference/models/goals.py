"""The Sustainable Development Goals, their targets and their indicators."""

from django.db import models

from answerable.reference.models.labels import Labelled, LocalText, choose_text

# The United Nations' permanent identifiers for goals and targets: UNStats LOD4Stats, metadata.un.org.
_IDENTIFIERS = "http://metadata.un.org/sdg"
_DARK_TEXT, _LIGHT_TEXT = "#111111", "#ffffff"


class Goal(Labelled):
    """One of the 17 Sustainable Development Goals of the 2030 Agenda (A/RES/70/1)."""

    number = models.PositiveSmallIntegerField(primary_key=True)
    color = models.CharField(max_length=7, help_text="the goal's own colour, as #rrggbb")
    needs_dark_text = models.BooleanField(help_text="white text on the colour would be under a contrast of 4.5:1")
    descriptions = models.JSONField(default=dict, help_text="one sentence of ours a language")
    official_labels = models.JSONField(default=dict, blank=True, help_text="loaded by the operator")
    official_wording = models.JSONField(default=dict, blank=True, help_text="loaded by the operator")

    class Meta:
        ordering = ("number",)

    @property
    def uri(self) -> str:
        """The goal's permanent identifier."""
        return f"{_IDENTIFIERS}/{self.number}"

    @property
    def text_color(self) -> str:
        """The colour of text that can be read on the goal's colour, as #rrggbb."""
        return _DARK_TEXT if self.needs_dark_text else _LIGHT_TEXT

    def label(self, language: str | None) -> LocalText:
        """Give the goal's short name: the official one where the operator loaded it, else ours."""
        return choose_text(language, self.official_labels, self.labels, otherwise=str(self.number))

    def description(self, language: str | None) -> LocalText:
        """Give the goal in one sentence: the official one where the operator loaded it, else ours."""
        return choose_text(language, self.official_wording, self.descriptions, otherwise=str(self.number))


class Target(Labelled):
    """One of the 169 targets; its label is a short one of ours, the official wording comes from the operator."""

    code = models.CharField(max_length=6, primary_key=True, help_text="such as 17.16 or 16.a")
    goal = models.ForeignKey(Goal, models.PROTECT, related_name="targets")
    position = models.PositiveSmallIntegerField(help_text="its place among all targets, from 1")
    official_wording = models.JSONField(default=dict, blank=True, help_text="loaded by the operator")

    class Meta:
        ordering = ("position",)

    @property
    def uri(self) -> str:
        """The target's permanent identifier."""
        return f"{_IDENTIFIERS}/{self.code}"

    def wording(self, language: str | None) -> LocalText:
        """Give the target in full: the official text where the operator loaded it, else our label."""
        return choose_text(language, self.official_wording, self.labels, otherwise=self.code)


class Indicator(models.Model):
    """One indicator of the global framework, by its code; withdrawn ones stay, because older reports cite them."""

    code = models.CharField(max_length=10, primary_key=True, help_text="such as 17.16.1")
    target = models.ForeignKey(Target, models.PROTECT, related_name="indicators")
    position = models.PositiveSmallIntegerField(help_text="its place among all indicators, from 1")
    framework_edition = models.CharField(max_length=4, help_text="year of the review whose list this follows")
    is_active = models.BooleanField(default=True)
    official_wording = models.JSONField(default=dict, blank=True, help_text="loaded by the operator")

    class Meta:
        ordering = ("position",)

    def __str__(self) -> str:
        """Give the code."""
        return self.code

    def wording(self, language: str | None) -> LocalText:
        """Give the official text where the operator loaded it, else the bare code."""
        return choose_text(language, self.official_wording, otherwise=self.code)
