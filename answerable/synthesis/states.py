"""Where runs, themes, findings and reports stand, and what a disposition says."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class RunState(TextChoices):
    """Where a synthesis run stands."""

    WAITING = "waiting", _("Waiting to start")
    RUNNING = "running", _("Running")
    DONE = "done", _("Done")
    FAILED = "failed", _("Failed")


class RunKind(TextChoices):
    """What a synthesis run does with what came in since the one before."""

    WHOLE = "whole", _("Everything grouped anew")
    ADDED = "added", _("New contributions added")


class Provenance(TextChoices):
    """Who put a row there."""

    MACHINE = "machine", _("Proposed by the program")
    PERSON = "person", _("Decided by a person")


class ThemeState(TextChoices):
    """Whether a theme is in use."""

    ACTIVE = "active", _("In use")
    MERGED = "merged", _("Merged into another theme")
    DROPPED = "dropped", _("No longer in use")


class FindingKind(TextChoices):
    """What a finding says about the contributions it cites."""

    COMMON_GROUND = "common_ground", _("Common ground")
    DIVERGENCE = "divergence", _("Divergence")
    EXAMPLE = "example", _("Concrete example")
    CHALLENGE = "challenge", _("Challenge")
    MINORITY_VIEW = "minority_view", _("Minority view")


class DispositionKind(TextChoices):
    """What became of a contribution."""

    CITED = "cited", _("Cited in a finding")
    MERGED = "merged", _("Merged into a finding with others that say the same")
    SET_ASIDE = "set_aside", _("Set aside, with a reason")


class SetAsideReason(TextChoices):
    """The published reasons for setting a contribution aside."""

    OFF_TOPIC = "off_topic", _("It does not speak to the guiding questions")
    REPEATS = "repeats", _("It repeats another contribution word for word")
    NO_STATEMENT = "no_statement", _("It holds no statement that could be weighed")
    OUTSIDE_MANDATE = "outside_mandate", _("It speaks to matters outside the event's mandate")
    OTHER = "other", _("Another reason, given in the text")


class LabelKind(TextChoices):
    """How a contribution resembles others."""

    EXACT = "exact", _("Same text")
    NEAR = "near", _("Nearly the same text")
    CAMPAIGN = "campaign", _("Part of a letter campaign")


class ReportState(TextChoices):
    """Where an outcome report stands."""

    DRAFT = "draft", _("Draft")
    PUBLISHED = "published", _("Published")
    SUPERSEDED = "superseded", _("Replaced by a newer version")


class FindingChange(TextChoices):
    """What happened to a finding, as the record says it."""

    WRITTEN = "written", _("Written")
    CHANGED = "changed", _("Changed")
    CITED = "cited", _("Citation added")
    UNCITED = "uncited", _("Citation removed")
    MOVED = "moved", _("Moved within its session")


class ThemeChange(TextChoices):
    """What a person did to a theme, as the record says it."""

    RENAMED = "renamed", _("Renamed")
    MERGED = "merged", _("Merged into another theme")
    SPLIT = "split", _("Split off from another theme")
    ADDED = "added", _("Added")
    DROPPED = "dropped", _("Dropped")


class ThreadEvent(TextChoices):
    """One kind of step on the way of a contribution."""

    SUBMITTED = "submitted", _("Received")
    REVISED = "revised", _("Changed by its author")
    PUBLISHED = "published", _("Published")
    MODERATED = "moderated", _("Looked at by a moderator")
    WITHDRAWN = "withdrawn", _("Withdrawn by its author")
    GROUPED = "grouped", _("Grouped under a theme")
    CITED = "cited", _("Cited in a finding")
    MERGED = "merged", _("Merged into a finding with others that say the same")
    SET_ASIDE = "set_aside", _("Set aside, with a reason")
    REPORTED = "reported", _("Outcome report published")
