"""Who sets up a consultation and who sees it before it is published."""

from datetime import datetime

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from answerable.consultations.models import Consultation
from answerable.consultations.states import ConsultationState
from answerable.foundation.verdicts import Allowed, Denied, Verdict
from answerable.people.models import Person, RoleGrant
from answerable.people.rules import has_role, staff_roles_of
from answerable.people.states import RoleName

_BRINGERS = (RoleName.CONVENER, RoleName.MODERATOR, RoleName.FACILITATOR)


def may_see_consultation(person: Person | None, consultation: Consultation, *, at: datetime) -> Verdict:
    """Let everybody see what is published, and whoever holds a role over it see a draft."""
    is_public = consultation.state != ConsultationState.DRAFT
    if is_public or staff_roles_of(person, at=at, consultation_id=consultation.public_id):
        return Allowed()
    return Denied("not_published", _("This consultation is not published yet."))


def may_edit_consultation(person: Person | None, consultation: Consultation | None, *, at: datetime) -> Verdict:
    """Let conveners set up a consultation, or start a new one when none is given; a concluded one stays as it is."""
    scope = consultation.public_id if consultation else ""
    if not has_role(person, RoleName.CONVENER, at=at, consultation_id=scope):
        return Denied("not_convener", _("Only a convener sets up a consultation."))
    if consultation is not None and consultation.state == ConsultationState.CONCLUDED:
        return Denied("concluded", _("This consultation is concluded and stays as it is."))
    return Allowed()


def may_import(person: Person | None, consultation: Consultation, *, at: datetime) -> Verdict:
    """
    Let conveners, moderators and facilitators bring in a file until the consultation is concluded.

    What was said in a meeting often arrives after the closing time, so that time does not bind an import.
    """
    if not any(has_role(person, role, at=at, consultation_id=consultation.public_id) for role in _BRINGERS):
        return Denied("not_staff", _("Only a convener, a moderator or a facilitator brings in a file."))
    if consultation.state != ConsultationState.PUBLISHED:
        return Denied("not_published", _("A file can be brought in while the consultation is published."))
    return Allowed()


def visible_consultations(person: Person | None, *, at: datetime) -> QuerySet[Consultation]:
    """Return the consultations a person sees: all published ones, and drafts over which they hold a role."""
    rows = Consultation.objects.all()
    if person is not None and person.pk:
        if staff_roles_of(person, at=at):
            return rows
        held = RoleGrant.objects.in_force(at).filter(person=person).values("scope_id")
        return rows.filter(~Q(state=ConsultationState.DRAFT) | Q(public_id__in=held))
    return rows.exclude(state=ConsultationState.DRAFT)
