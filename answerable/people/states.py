"""Words for where a person stands."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class RoleName(TextChoices):
    """What a person may do within a scope."""

    ADMINISTRATOR = "administrator", _("Administrator")
    CONVENER = "convener", _("Convener")
    MODERATOR = "moderator", _("Moderator")
    RAPPORTEUR = "rapporteur", _("Rapporteur")
    FACILITATOR = "facilitator", _("Facilitator")
    PARTICIPANT = "participant", _("Invited participant")


class ScopeType(TextChoices):
    """What a role reaches: the whole site, or one consultation."""

    SITE = "site", _("The whole site")
    CONSULTATION = "consultation", _("One consultation")


class ConsentKind(TextChoices):
    """What a person may agree to."""

    QUOTE = "quote", _("Being quoted in reports")
    NAME = "name", _("Being named beside a quote")
    OPEN_DATA = "open_data", _("Being part of the published data")
