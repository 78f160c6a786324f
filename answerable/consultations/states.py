"""Where a consultation, a contribution and their companions stand, and which moves are allowed."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class ConsultationState(TextChoices):
    """What the convener decided; whether it is open at this second follows from the times."""

    DRAFT = "draft", _("Draft")
    PUBLISHED = "published", _("Published")
    CONCLUDED = "concluded", _("Concluded")


CONSULTATION_MOVES = {
    ConsultationState.DRAFT: {ConsultationState.PUBLISHED},
    ConsultationState.PUBLISHED: {ConsultationState.DRAFT, ConsultationState.CONCLUDED},
    ConsultationState.CONCLUDED: set(),
}


class Phase(TextChoices):
    """Where a published consultation stands at a moment."""

    ANNOUNCED = "announced", _("Announced")
    OPEN = "open", _("Open")
    SYNTHESIS = "synthesis", _("Being synthesised")
    CONCLUDED = "concluded", _("Concluded")


class ParticipationPolicy(TextChoices):
    """Who may contribute."""

    OPEN = "open", _("Anyone who signs in")
    VERIFIED = "verified", _("Delegates of verified organisations")
    INVITED = "invited", _("Invited people")


class ModerationPolicy(TextChoices):
    """When a moderator reads a contribution."""

    POST = "post", _("After it is published")
    PRE = "pre", _("Before it is published")


class ContributionKind(TextChoices):
    """What a contribution gives."""

    VIEW = "view", _("View")
    EXAMPLE = "example", _("Concrete example")
    CHALLENGE = "challenge", _("Challenge")
    RECOMMENDATION = "recommendation", _("Recommendation")


class Capacity(TextChoices):
    """For whom a contributor speaks."""

    PERSONAL = "personal", _("In a personal capacity")
    ORGANISATION = "organisation", _("For an organisation")


class Channel(TextChoices):
    """How a contribution reached us."""

    WEB = "web", _("This site")
    API = "api", _("Programming interface")
    EMAIL = "email", _("E-mail")
    FILE = "file", _("File")
    MEETING = "meeting", _("Meeting")
    ASSISTED = "assisted", _("Written down by a facilitator")


class PostState(TextChoices):
    """Where a contribution or a reply stands; only public ones are shown and counted."""

    WAITING = "waiting", _("Waiting for a moderator")
    PUBLIC = "public", _("Public")
    HELD = "held", _("Held back by a moderator")
    REMOVED = "removed", _("Removed by a moderator")
    WITHDRAWN = "withdrawn", _("Withdrawn by its author")


POST_MOVES = {
    PostState.WAITING: {PostState.PUBLIC, PostState.HELD, PostState.REMOVED, PostState.WITHDRAWN},
    # A public text waits again when its author changes it and moderators read first.
    PostState.PUBLIC: {PostState.WAITING, PostState.HELD, PostState.REMOVED, PostState.WITHDRAWN},
    PostState.HELD: {PostState.PUBLIC, PostState.REMOVED, PostState.WITHDRAWN},
    PostState.REMOVED: {PostState.PUBLIC, PostState.WITHDRAWN},
    PostState.WITHDRAWN: set(),
}


class Position(TextChoices):
    """A person's stance on a contribution."""

    AGREE = "agree", _("Agree")
    DISAGREE = "disagree", _("Disagree")
    PASS = "pass", _("Pass")


class TextStatus(TextChoices):
    """How far a translated text can be trusted."""

    ORIGINAL = "original", _("Original")
    REVIEWED = "reviewed", _("Translated and reviewed")
    UNREVIEWED = "unreviewed", _("Translated, not yet reviewed")
    MACHINE = "machine", _("Machine translation")


class ModerationMove(TextChoices):
    """What a moderator did."""

    APPROVE = "approve", _("Approved")
    HOLD = "hold", _("Held back")
    REMOVE = "remove", _("Removed")
    RESTORE = "restore", _("Restored")


class ReasonCode(TextChoices):
    """The published reasons for a moderator's act; see the rules of conduct page."""

    FINE = "fine", _("Within the rules")
    OFF_TOPIC = "off_topic", _("Does not answer a guiding question")
    PERSONAL_ATTACK = "personal_attack", _("Attacks a person or a group")
    PERSONAL_DATA = "personal_data", _("Gives away somebody's personal data")
    ADVERTISING = "advertising", _("Advertising")
    UNLAWFUL = "unlawful", _("Unlawful where this consultation is held")
    REPEATED = "repeated", _("The same text was already published")
    MISTAKE = "mistake", _("The earlier decision was a mistake")


class AppealOutcome(TextChoices):
    """How an appeal ended."""

    OPEN = "open", _("Waiting for a decision")
    UPHELD = "upheld", _("The moderator's decision stands")
    OVERTURNED = "overturned", _("The decision was reversed")


class ImportState(TextChoices):
    """Where an import of a file stands."""

    UPLOADED = "uploaded", _("Waiting for its columns to be named")
    CHECKING = "checking", _("Being checked")
    CHECKED = "checked", _("Checked")
    REJECTED = "rejected", _("Has rows to mend")
    LOADING = "loading", _("Being loaded")
    DONE = "done", _("Loaded")
    FAILED = "failed", _("Failed")


class ReferenceAxis(TextChoices):
    """On which axes a convener can state who should be heard."""

    SECTOR = "sector", _("Sector")
    STAKEHOLDER_GROUP = "stakeholder_group", _("Stakeholder group")
    COUNTRY = "country", _("Country")
    LANGUAGE = "language", _("Language")
