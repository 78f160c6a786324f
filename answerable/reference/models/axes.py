"""The three separate ways of saying where somebody stands: sector, stakeholder group and entity type."""

from django.db import models

from answerable.reference.models.labels import Labelled
from answerable.reference.states import GroupKind


class OrderedLabelled(Labelled):
    """A labelled row with a fixed place in forms."""

    key = models.CharField(max_length=40, primary_key=True)
    position = models.PositiveSmallIntegerField(help_text="its place in forms, from 1")

    class Meta:
        abstract = True
        ordering = ("position",)


class Sector(OrderedLabelled):
    """One sector of society that somebody speaks from; balance is computed over these."""


class StakeholderGroup(OrderedLabelled):
    """One of the nine Major Groups of Agenda 21 or of the other stakeholders recognised beside them."""

    kind = models.CharField(max_length=20, choices=GroupKind.choices)


class EntityType(OrderedLabelled):
    """One kind of entity under which commitments are registered."""

    sector = models.ForeignKey(
        Sector,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="entity_types",
        help_text="the sector it belongs to where that is plain",
    )
