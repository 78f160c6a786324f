"""Notices and how a person wants them."""

from django.db import models
from django.db.models import Q

from answerable.foundation.ids import new_public_id
from answerable.notices.states import Frequency
from answerable.people.models import Person


class Notice(models.Model):
    """One person was told one thing: shown in the account, and mailed when the person wants mail."""

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    person = models.ForeignKey(Person, models.CASCADE, related_name="notices")
    kind = models.CharField(max_length=60)
    facts = models.JSONField(default=dict)
    address = models.CharField(max_length=300, blank=True, help_text="path on this site that the notice leads to")
    about = models.CharField(max_length=60, blank=True, help_text="public id of the thing, so that one act tells once")
    sent_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)
    mailed_at = models.DateTimeField(null=True, blank=True)

    is_personal = True

    class Meta:
        ordering = ("-sent_at", "-id")
        indexes = (
            models.Index(fields=["person", "-sent_at"], name="notice_of_person"),
            models.Index(fields=["sent_at"], condition=Q(mailed_at__isnull=True), name="notice_to_mail"),
        )

    def __str__(self) -> str:
        """Name the kind."""
        return self.kind


class NoticePreference(models.Model):
    """How often one person wants mail; without a row, as it happens."""

    person = models.OneToOneField(Person, models.CASCADE, related_name="notice_preference")
    frequency = models.CharField(max_length=10, choices=Frequency.choices, default=Frequency.AT_ONCE)

    is_personal = True

    def __str__(self) -> str:
        """Name the frequency."""
        return f"{self.person}: {self.get_frequency_display()}"
