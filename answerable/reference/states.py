"""The fixed words of this room."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Direction(models.TextChoices):
    """Which way a language is written."""

    LTR = "ltr", _("left to right")
    RTL = "rtl", _("right to left")


class GroupKind(models.TextChoices):
    """Whether a stakeholder group is a Major Group of Agenda 21 or one recognised later."""

    MAJOR_GROUP = "major_group", _("Major Group")
    OTHER_STAKEHOLDER = "other_stakeholder", _("Other stakeholder")


class RegionalCommission(models.TextChoices):
    """The five regional commissions of the United Nations; memberships overlap."""

    ECA = "ECA", _("Economic Commission for Africa")
    ECE = "ECE", _("Economic Commission for Europe")
    ECLAC = "ECLAC", _("Economic Commission for Latin America and the Caribbean")
    ESCAP = "ESCAP", _("Economic and Social Commission for Asia and the Pacific")
    ESCWA = "ESCWA", _("Economic and Social Commission for Western Asia")
