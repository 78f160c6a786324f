"""Tables of the record. Entries, tiles and checkpoints are append-only; the database itself refuses anything else."""

from django.db import models
from django.db.models import Q

from answerable.ledger.commitments import ACTOR


class Entry(models.Model):
    """
    One public act, at its place in the record.

    ``body`` is what is hashed; the other columns repeat what it says, for searching. No personal facts are in clear:
    ``commitments`` maps each field to the hexadecimal commitment that its Opening opens.
    """

    index = models.PositiveBigIntegerField(primary_key=True)
    kind = models.CharField(max_length=100)
    subject_type = models.CharField(max_length=100)
    subject_id = models.CharField(max_length=200)
    recorded_at = models.DateTimeField()
    commitments = models.JSONField()
    body = models.BinaryField()
    leaf_hash = models.BinaryField()

    class Meta:
        """Order of the record; found by subject and by kind."""

        ordering = ("index",)
        indexes = (
            models.Index(fields=["subject_type", "subject_id", "index"], name="ledger_entry_subject"),
            models.Index(fields=["kind", "index"], name="ledger_entry_kind"),
        )

    def __str__(self) -> str:
        """Name the entry by its number and kind."""
        return f"{self.index} {self.kind}"


class Opening(models.Model):
    """The value and nonce behind one commitment of one entry; it may be erased, and never changed."""

    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="openings", db_index=False)
    field = models.CharField(max_length=63)
    nonce = models.BinaryField()
    value = models.TextField()

    class Meta:
        """One opening a field; an actor's openings are found by value when the actor asks to be forgotten."""

        constraints = (models.UniqueConstraint(fields=["entry", "field"], name="ledger_opening_once"),)
        indexes = (models.Index(fields=["value"], name="ledger_opening_actor", condition=Q(field=ACTOR)),)

    def __str__(self) -> str:
        """Name the field it opens, never the value."""
        return f"{self.entry_id} {self.field}"


class Tile(models.Model):
    """
    256 neighbouring hashes of the tree, kept once all of them exist: C2SP's full hash tile.

    ``hashes`` holds the roots of the complete subtrees of height ``8 × level`` numbered ``256 × position`` and
    following, 32 bytes each; ``root`` is the root over them, one hash of the tile above.
    """

    level = models.PositiveSmallIntegerField()
    position = models.PositiveBigIntegerField()
    hashes = models.BinaryField()
    root = models.BinaryField()

    class Meta:
        """A tile exists once."""

        constraints = (models.UniqueConstraint(fields=["level", "position"], name="ledger_tile_once"),)

    def __str__(self) -> str:
        """Name the tile by its place."""
        return f"{self.level}/{self.position}"


class TreeHead(models.Model):
    """The one row that says how long the record is; whoever appends holds its lock until the act is committed."""

    size = models.PositiveBigIntegerField(default=0)
    frontier = models.BinaryField(default=b"")

    def __str__(self) -> str:
        """Name the head by its size."""
        return str(self.size)


class Checkpoint(models.Model):
    """One signed statement of what the record was at a size, in the C2SP checkpoint format."""

    size = models.PositiveBigIntegerField(unique=True)
    root = models.BinaryField()
    note = models.TextField()
    signed_at = models.DateTimeField()

    class Meta:
        """In order of size."""

        ordering = ("size",)

    def __str__(self) -> str:
        """Name the checkpoint by its size."""
        return str(self.size)
