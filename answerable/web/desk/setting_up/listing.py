"""The consultations a person has a part in, and beginning a new one."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from answerable.consultations import rules
from answerable.consultations.actions import create_consultation
from answerable.foundation.verdicts import require
from answerable.people.models import Person
from answerable.people.rules import has_role, is_staff_of_something
from answerable.people.states import RoleName
from answerable.reference.models import reading_language
from answerable.reference.queries import language_choices
from answerable.web.crumbs import Crumb
from answerable.web.desk.acts import Tried, leads_to, tried
from answerable.web.desk.frame import desk_page, shown_on_site_desk
from answerable.web.desk.overview import held_by
from answerable.web.fields import Field, Form, choices_of, form_of
from answerable.web.reader import language_of_page, moment_of


@require_safe
@desk_page
def consultations(request: HttpRequest, person: Person) -> HttpResponse:
    """Show the consultations over which the person holds a role."""
    at = moment_of(request)
    if not is_staff_of_something(person, at=at):
        require(rules.may_edit_consultation(person, None, at=at))
    context = {"held": held_by(person, at=at), "may_begin": has_role(person, RoleName.CONVENER, at=at)}
    return shown_on_site_desk(request, "desk/consultations.html", title=_("Consultations"), context=context)


@desk_page
def new(request: HttpRequest, person: Person) -> HttpResponse:
    """Begin a draft."""
    at = moment_of(request)
    require(rules.may_edit_consultation(person, None, at=at))
    typed = request.POST
    slug = ""

    def begin() -> str:
        nonlocal slug
        slug = create_consultation(
            typed.get("title", ""),
            by=person,
            at=at,
            language=reading_language(typed.get("language", "")),
            slug=typed.get("slug", ""),
        ).slug
        return _("The draft is there. Only its staff sees it until you publish it.")

    came = tried(request, {"begin": begin})
    if came.is_done:
        return leads_to(request, reverse("desk:consultation", kwargs={"slug": slug}), said=came.said)
    return shown_on_site_desk(
        request,
        "desk/new_consultation.html",
        title=_("New consultation"),
        context={"form": _form(request, came)},
        status=came.status,
        between=(Crumb(_("Consultations"), reverse("desk:consultations")),),
    )


def _form(request: HttpRequest, came: Tried) -> Form:
    typed = request.POST
    language = typed.get("language") or reading_language(get_language())
    fields = [
        Field("title", _("Title"), value=typed.get("title", ""), is_required=True),
        Field(
            "language",
            _("Main language"),
            kind="select",
            choices=choices_of(language_choices(language_of_page()), chosen=language),
            hint=_("Every text is written in this language first; a reader gets it where there is no translation."),
            is_required=True,
        ),
        Field(
            "slug",
            _("Address"),
            value=typed.get("slug", ""),
            hint=_("Letters, digits and hyphens. Left empty, it is made from the title."),
        ),
    ]
    return form_of(fields, problems=came.problems)
