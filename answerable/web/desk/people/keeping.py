"""Who keeps the list of organisations."""

from datetime import datetime

from django.utils.translation import gettext as _

from answerable.foundation.verdicts import Allowed, Denied, Verdict
from answerable.people.models import Person, RoleGrant
from answerable.people.rules import has_role
from answerable.people.states import RoleName


def may_keep_organisations(person: Person | None, *, at: datetime) -> Verdict:
    """Let conveners, of the site or of any consultation, and administrators keep the list of organisations."""
    if has_role(person, RoleName.CONVENER, at=at):
        return Allowed()
    held = RoleGrant.objects.in_force(at).filter(person=person, role__in=[RoleName.CONVENER, RoleName.ADMINISTRATOR])
    if person is not None and held.exists():
        return Allowed()
    return Denied("not_convener", _("Only conveners keep the list of organisations."))
