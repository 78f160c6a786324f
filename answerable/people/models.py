"""Persons, organisations, and the ties between them."""

from datetime import date, datetime
from typing import Any, ClassVar
from zoneinfo import available_timezones

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from answerable.foundation.ids import new_public_id
from answerable.people.states import ConsentKind, RoleName, ScopeType


class PersonRows(BaseUserManager["Person"]):
    """Makes persons; no password is ever set, sign-in is by a code sent to the e-mail address."""

    def create_user(self, email: str, **fields: Any) -> "Person":
        """Keep a new person with that address, in lower case."""
        person = self.model(email=email.strip().lower(), **fields)
        person.set_unusable_password()
        person.save(using=self._db)
        return person

    def get_by_natural_key(self, email: str | None) -> "Person":
        """Find a person by address, whatever its case."""
        return self.get(email=(email or "").lower())


def check_time_zone(name: str) -> None:
    """Raise ValidationError unless the name is a known IANA time zone."""
    if name and name not in available_timezones():
        raise ValidationError(_("This is not a time zone we know."))


class Person(AbstractBaseUser):
    """One human being who has signed in at least once, or whose words somebody brought in on their behalf."""

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    email = models.EmailField(unique=True, null=True)  # noqa: DJ001  # an erased person has none, and none is not unique
    name = models.CharField(max_length=120, blank=True)
    pseudonym = models.CharField(max_length=60, blank=True)
    language = models.CharField(max_length=10, blank=True)
    time_zone = models.CharField(max_length=60, blank=True, validators=[check_time_zone])
    country = models.ForeignKey("reference.Country", models.PROTECT, null=True, blank=True)
    sector = models.ForeignKey("reference.Sector", models.PROTECT, null=True, blank=True)
    stakeholder_group = models.ForeignKey("reference.StakeholderGroup", models.PROTECT, null=True, blank=True)
    is_active = models.BooleanField(default=True)
    joined_at = models.DateTimeField(default=timezone.now)

    _roles_by_scope: dict[str, set[RoleName]] | None = None

    objects: ClassVar[PersonRows] = PersonRows()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    is_personal = True

    def __str__(self) -> str:
        """Show the public name, never the address."""
        return self.public_name

    @property
    def public_name(self) -> str:
        """The name this person shows: the pseudonym, else the name, else a plain word with the public id."""
        return self.pseudonym or self.name or _("Participant %(code)s") % {"code": self.public_id[:4].upper()}


class Organisation(models.Model):
    """A body that people speak for: a ministry, a union, a company, a university."""

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    slug = models.SlugField(max_length=80, unique=True)
    name = models.CharField(max_length=200)
    name_language = models.CharField(max_length=10, default="en")
    names = models.JSONField(default=dict, blank=True)
    entity_type = models.ForeignKey("reference.EntityType", models.PROTECT, null=True, blank=True)
    sector = models.ForeignKey("reference.Sector", models.PROTECT, null=True, blank=True)
    country = models.ForeignKey("reference.Country", models.PROTECT, null=True, blank=True)
    effective_control = models.CharField(max_length=200, blank=True)
    org_identifier = models.CharField(max_length=80, blank=True)
    website = models.URLField(blank=True)
    verified_on = models.DateField(null=True, blank=True)
    added_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("name",)

    def __str__(self) -> str:
        """Show the organisation's own name."""
        return self.name


class DelegationRows(models.QuerySet["Delegation"]):
    """Delegations, narrowed by date."""

    def in_force(self, day: date) -> "DelegationRows":
        """Keep those that hold on a day."""
        return self.filter(Q(from_on__lte=day) & (Q(to_on__isnull=True) | Q(to_on__gte=day)))


class Delegation(models.Model):
    """One named person may act for one organisation between two dates; there is no shared account."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="delegations")
    person = models.ForeignKey(Person, models.CASCADE, related_name="delegations")
    from_on = models.DateField()
    to_on = models.DateField(null=True, blank=True)
    is_lead = models.BooleanField(default=False)
    named_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")

    objects = DelegationRows.as_manager()
    is_personal = True

    class Meta:
        constraints = (
            models.UniqueConstraint("organisation", "person", "from_on", name="one_delegation_a_day"),
            models.CheckConstraint(
                condition=Q(to_on__isnull=True) | Q(to_on__gte=models.F("from_on")), name="delegation_ends_after_start"
            ),
        )

    def __str__(self) -> str:
        """Name both sides."""
        return f"{self.person} for {self.organisation}"


class RoleGrantRows(models.QuerySet["RoleGrant"]):
    """Role grants, narrowed by time."""

    def in_force(self, moment: datetime) -> "RoleGrantRows":
        """Keep those that hold at a moment."""
        return self.filter(Q(granted_at__lte=moment) & (Q(ended_at__isnull=True) | Q(ended_at__gt=moment)))


class RoleGrant(models.Model):
    """One person holds one role within one scope, from a moment until another."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="role_grants")
    role = models.CharField(max_length=20, choices=RoleName.choices)
    scope_type = models.CharField(max_length=20, choices=ScopeType.choices)
    scope_id = models.CharField(
        max_length=16, blank=True, help_text="public id of what the role reaches; empty for the site"
    )
    granted_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    granted_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = RoleGrantRows.as_manager()
    is_personal = True

    class Meta:
        constraints = (
            models.UniqueConstraint(
                "person", "role", "scope_type", "scope_id", condition=Q(ended_at__isnull=True), name="one_open_grant"
            ),
        )
        indexes = (models.Index(fields=["scope_type", "scope_id"], name="role_grant_scope"),)

    def __str__(self) -> str:
        """Name the person and the role."""
        return f"{self.person}: {self.get_role_display()}"


class Consent(models.Model):
    """What one person agreed to, in which words, and until when."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="consents")
    kind = models.CharField(max_length=20, choices=ConsentKind.choices)
    wording_version = models.PositiveSmallIntegerField(default=1)
    given_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    is_personal = True

    class Meta:
        constraints = (
            models.UniqueConstraint("person", "kind", condition=Q(withdrawn_at__isnull=True), name="one_open_consent"),
        )

    def __str__(self) -> str:
        """Name the person and the consent."""
        return f"{self.person}: {self.get_kind_display()}"


class SignInLink(models.Model):
    """A link that signs one person in, once, until a moment; only the digest of its secret is kept."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="sign_in_links")
    secret_digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)

    is_personal = True

    def __str__(self) -> str:
        """Name the person."""
        return f"sign-in link of {self.person}"
