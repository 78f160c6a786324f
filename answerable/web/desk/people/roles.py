"""Who holds which role over a consultation, or over the whole site."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from answerable.foundation.verdicts import Unacceptable, require
from answerable.people.actions import end_role, grant_role, welcome_person
from answerable.people.models import Person, RoleGrant
from answerable.people.queries import grants_of_scope
from answerable.people.rules import may_grant_role
from answerable.people.states import RoleName
from answerable.web.chain import place
from answerable.web.desk.acts import Tried, leads_to, tried
from answerable.web.desk.frame import Desk, consultation_desk, desk_page, shown_at, shown_on_site_desk
from answerable.web.fields import Field, Form, choices_of, form_of
from answerable.web.reader import moment_of

OF_CONSULTATION = (
    RoleName.CONVENER,
    RoleName.MODERATOR,
    RoleName.RAPPORTEUR,
    RoleName.FACILITATOR,
    RoleName.PARTICIPANT,
)
OF_SITE = (RoleName.ADMINISTRATOR, *OF_CONSULTATION[:-1])


@consultation_desk
def roles_of_consultation(desk: Desk) -> HttpResponse:
    """Show the roles over a consultation; give or end one."""
    scope = desk.consultation.public_id
    require(may_grant_role(desk.person, at=desk.at, consultation_id=scope))
    granted = list(grants_of_scope(scope, desk.at))
    acts = _acts(desk.request.POST, granted, by=desk.person, at=desk.at, scope=scope, offered=OF_CONSULTATION)
    came = tried(desk.request, acts)
    if came.is_done:
        return leads_to(desk.request, desk.address("roles"), said=came.said)
    context = {"place": place("heard"), **_context(desk.request, granted, came, offered=OF_CONSULTATION)}
    return shown_at(desk, "desk/roles.html", here="roles", title=_("Roles"), context=context, status=came.status)


@desk_page
def roles_of_site(request: HttpRequest, person: Person) -> HttpResponse:
    """Show the roles over the whole site; give or end one."""
    at = moment_of(request)
    require(may_grant_role(person, at=at))
    granted = list(grants_of_scope("", at))
    came = tried(request, _acts(request.POST, granted, by=person, at=at, scope="", offered=OF_SITE))
    if came.is_done:
        return leads_to(request, reverse("desk:people"), said=came.said)
    context = _context(request, granted, came, offered=OF_SITE)
    title = _("People and roles of this site")
    return shown_on_site_desk(request, "desk/site_roles.html", title=title, context=context, status=came.status)


def person_typed(said: str, *, at: datetime) -> Person:
    """Return the person of an e-mail address, made when there is none yet; raises Unacceptable for no address."""
    try:
        validate_email(said.strip())
    except ValidationError as problem:
        raise Unacceptable({"email": [_("Write an e-mail address, for example name@example.org.")]}) from problem
    return welcome_person(said, at=at)


def _acts(
    typed: QueryDict,
    granted: Sequence[RoleGrant],
    *,
    by: Person,
    at: datetime,
    scope: str,
    offered: Sequence[RoleName],
) -> dict[str, Callable[[], str]]:
    def grant() -> str:
        role = typed.get("role", "")
        if role not in offered:
            raise Unacceptable({"role": [_("Choose a role.")]})
        grant_role(person_typed(typed.get("email", ""), at=at), RoleName(role), by=by, at=at, consultation_id=scope)
        return _("The role is given.")

    def end() -> str:
        named = (typed.get("person", ""), typed.get("role", ""))
        held = next((row for row in granted if (row.person.public_id, row.role) == named), None)
        if held is None:
            raise Unacceptable({"": [_("This role is no longer held.")]})
        end_role(held, by=by, at=at)
        return _("The role is ended.")

    return {"grant": grant, "end": end}


def _context(
    request: HttpRequest, granted: Sequence[RoleGrant], came: Tried, *, offered: Sequence[RoleName]
) -> dict[str, Any]:
    return {"grants": granted, "form": _form(request.POST, came, offered=offered)}


def _form(typed: QueryDict, came: Tried, *, offered: Sequence[RoleName]) -> Form:
    pairs = [(str(role), str(role.label)) for role in offered]
    is_typed = came.is_tried("grant")
    fields = [
        Field(
            "email",
            _("E-mail address"),
            kind="email",
            value=typed.get("email", "") if is_typed else "",
            hint=_("Somebody who never signed in yet gets an account with this address."),
            is_required=True,
        ),
        Field(
            "role",
            _("Role"),
            kind="radios",
            choices=choices_of(pairs, chosen=typed.get("role", "") if is_typed else ""),
            is_required=True,
        ),
    ]
    return form_of(fields, problems=came.problems)
