"""What a person says of themselves."""

from collections.abc import Mapping
from zoneinfo import available_timezones

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from answerable.foundation.verdicts import Unacceptable
from answerable.people.actions import PROFILE_FIELDS, change_profile
from answerable.people.models import Person
from answerable.reference.queries import country_choices, sector_choices, stakeholder_group_choices
from answerable.web.account.sections import account_frame
from answerable.web.fields import Field, Form, choices_of, form_of
from answerable.web.reader import language_of_page, signed_in
from answerable.web.templatetags.answerable import own_name

_YEAR = 365 * 24 * 3600


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def profile(request: HttpRequest, person: Person) -> HttpResponse:
    """Show the profile, and keep what was changed in it."""
    if request.method != "POST":
        return _page(request, _form({name: _kept(person, name) for name in PROFILE_FIELDS}))
    typed = {name: request.POST.get(name, "") for name in PROFILE_FIELDS}
    try:
        change_profile(person, changes=typed)
    except Unacceptable as wrong:
        return _page(request, _form(typed, problems=wrong.problems), status=422)
    messages.success(request, _("Your profile is kept."))
    response = HttpResponseRedirect(reverse("profile"))
    if typed["language"] in dict(settings.LANGUAGES):
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME, typed["language"], max_age=_YEAR, secure=settings.IS_HTTPS, samesite="Lax"
        )
    return response


def _kept(person: Person, name: str) -> str:
    value = getattr(person, f"{name}_id", None) if hasattr(person, f"{name}_id") else getattr(person, name)
    return str(value or "")


def _form(typed: Mapping[str, str], *, problems: Mapping[str, list[str]] | None = None) -> Form:
    language, not_said = language_of_page(), _("I do not say")
    zones = [(zone, zone.replace("_", " ")) for zone in sorted(available_timezones()) if "/" in zone]
    languages = [(code, own_name(code)) for code, _name in settings.LANGUAGES]
    selects = [
        ("language", _("Language of pages and letters"), languages, _("As the browser asks")),
        ("time_zone", _("Time zone"), zones, _("That of the consultation")),
        ("sector", _("Your sector"), sector_choices(language), not_said),
        ("stakeholder_group", _("Your stakeholder group"), stakeholder_group_choices(language), not_said),
        ("country", _("Your country or area"), country_choices(language), not_said),
    ]
    return form_of(
        [
            Field(
                "name",
                _("Name"),
                value=typed["name"],
                autocomplete="name",
                hint=_("Shown beside what you say, unless you choose a pseudonym."),
            ),
            Field(
                "pseudonym",
                _("Pseudonym"),
                value=typed["pseudonym"],
                hint=_("Shown instead of your name. Moderators see it too, not your name."),
            ),
            *(
                Field(name, label, "select", choices=choices_of(pairs, chosen=typed[name], empty=empty))
                for name, label, pairs, empty in selects
            ),
        ],
        problems=problems,
    )


def _page(request: HttpRequest, form: Form, *, status: int = 200) -> HttpResponse:
    context = account_frame("profile", _("Profile")) | {"form": form}
    return render(request, "account/profile.html", context, status=status)
