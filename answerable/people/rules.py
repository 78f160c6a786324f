"""Who may do what, as far as persons and their roles decide it."""

from datetime import datetime

from django.db.models import Q
from django.utils.translation import gettext as _

from answerable.foundation.verdicts import Allowed, Denied, Verdict
from answerable.people.models import Organisation, Person, RoleGrant
from answerable.people.states import RoleName, ScopeType
from answerable.reference.queries.kept_queries import KeptQuery


def has_role(person: Person | None, role: RoleName, *, at: datetime, consultation_id: str = "") -> bool:
    """
    Say whether a person holds a role at a moment, over the site or over the consultation of that public id.

    A grant for the whole site reaches every consultation; an administrator holds every role.
    """
    return bool(roles_of(person, at=at, consultation_id=consultation_id) & {role, RoleName.ADMINISTRATOR})


def roles_of(person: Person | None, *, at: datetime, consultation_id: str = "") -> set[RoleName]:
    """Return the roles a person holds at a moment over the site and, if one is named, over a consultation."""
    if person is None or not person.pk or not person.is_active:
        return set()
    grants: dict[str, set[RoleName]] | None = getattr(person, "_roles_by_scope", None)
    if grants is None:
        grants = {}
        for scope_id, role in _grants.all(person.pk, at):
            grants.setdefault(scope_id, set()).add(RoleName(role))
        person._roles_by_scope = grants  # noqa: SLF001  # read once a request: the person is made anew for each
    return grants.get("", set()) | (grants.get(consultation_id, set()) if consultation_id else set())


def staff_roles_of(person: Person | None, *, at: datetime, consultation_id: str = "") -> set[RoleName]:
    """Return the roles a person works with: all they hold but that of an invited participant."""
    return roles_of(person, at=at, consultation_id=consultation_id) - {RoleName.PARTICIPANT}


def may_grant_role(person: Person | None, *, at: datetime, consultation_id: str = "") -> Verdict:
    """Let administrators grant roles everywhere, and conveners within their consultation."""
    if consultation_id and has_role(person, RoleName.CONVENER, at=at, consultation_id=consultation_id):
        return Allowed()
    if has_role(person, RoleName.ADMINISTRATOR, at=at):
        return Allowed()
    return Denied("not_convener", _("Only an administrator or the convener of this consultation gives out roles."))


def may_name_delegate(person: Person | None, organisation: Organisation, *, at: datetime) -> Verdict:
    """Let the organisation's lead delegates and the site's conveners and administrators name delegates."""
    if has_role(person, RoleName.CONVENER, at=at):
        return Allowed()
    leads = organisation.delegations.in_force(at.date()).filter(Q(person=person) & Q(is_lead=True))
    if person is not None and person.pk and leads.exists():
        return Allowed()
    return Denied("not_lead", _("Only a lead delegate of the organisation, or a convener, names its delegates."))


def may_keep_organisations(person: Person | None, *, at: datetime) -> Verdict:
    """Let conveners, of the site or of any consultation, and administrators keep the list of organisations."""
    if has_role(person, RoleName.CONVENER, at=at):
        return Allowed()
    held = RoleGrant.objects.in_force(at).filter(person=person, role__in=[RoleName.CONVENER, RoleName.ADMINISTRATOR])
    if person is not None and person.is_active and held.exists():
        return Allowed()
    return Denied("not_convener", _("Only conveners keep the list of organisations."))


def may_verify_organisation(person: Person | None, *, at: datetime) -> Verdict:
    """Let the conveners of the whole site and administrators vouch for an organisation."""
    if has_role(person, RoleName.CONVENER, at=at):
        return Allowed()
    return Denied(
        "not_site_convener", _("Only an administrator or a convener of the whole site verifies organisations.")
    )


def is_staff_of_something(person: Person | None, *, at: datetime) -> bool:
    """Say whether a person holds any role anywhere, so that the desk is shown to them."""
    if person is None or not person.pk:
        return False
    roles_of(person, at=at)
    return any(roles - {RoleName.PARTICIPANT} for roles in (person._roles_by_scope or {}).values())  # noqa: SLF001


def scope_of(consultation_id: str) -> tuple[str, str]:
    """Return the stored scope for a consultation's public id, or for the whole site when it is empty."""
    return (ScopeType.CONSULTATION, consultation_id) if consultation_id else (ScopeType.SITE, "")


_grants = KeptQuery(
    lambda person, at: RoleGrant.objects.filter(person=person).in_force(at).values_list("scope_id", "role")
)
