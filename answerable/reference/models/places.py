"""Regions, countries and areas by the codes of M49 and ISO 3166."""

from django.db import models

from answerable.reference.models.cldr import territory_name
from answerable.reference.models.labels import FALLBACK_LANGUAGE, Labelled, LocalText


class Region(Labelled):
    """One region, sub-region or intermediate region of the United Nations standard M49; the whole world is 001."""

    code = models.CharField(max_length=3, primary_key=True)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="parts")

    class Meta:
        ordering = ("code",)


class Country(models.Model):
    """One country or area with an ISO 3166 code; being listed says nothing about its status."""

    iso3 = models.CharField(max_length=3, primary_key=True)
    iso2 = models.CharField(max_length=2, unique=True)
    m49 = models.CharField(max_length=3, unique=True)
    region = models.ForeignKey(Region, models.PROTECT, null=True, blank=True, related_name="countries")
    sub_region = models.ForeignKey(Region, models.PROTECT, null=True, blank=True, related_name="+")
    intermediate_region = models.ForeignKey(Region, models.PROTECT, null=True, blank=True, related_name="+")
    is_ldc = models.BooleanField(default=False, help_text="least developed country")
    is_lldc = models.BooleanField(default=False, help_text="landlocked developing country")
    is_sids = models.BooleanField(default=False, help_text="small island developing state or territory")
    commissions = models.JSONField(default=list, blank=True, help_text="regional commissions it is a member of")
    associate_commissions = models.JSONField(default=list, blank=True, help_text="those it is an associate member of")

    class Meta:
        ordering = ("iso3",)
        verbose_name_plural = "countries"

    def __str__(self) -> str:
        """Give the English name."""
        return self.label(FALLBACK_LANGUAGE).text

    def label(self, language: str | None) -> LocalText:
        """Give the name in the reader's language, or in English and marked as English."""
        return territory_name(self.iso2, language=language)
