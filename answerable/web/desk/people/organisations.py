"""Organisations and the people who speak for them."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from answerable.foundation.verdicts import Denied, Unacceptable, require
from answerable.people.actions import (
    add_organisation,
    change_organisation,
    end_delegation,
    name_delegate,
    verify_organisation,
)
from answerable.people.models import Delegation, Organisation, Person
from answerable.people.queries import delegates_of, organisation_page
from answerable.people.rules import may_keep_organisations, may_name_delegate, may_verify_organisation
from answerable.reference.queries import country_choices, entity_type_choices, language_choices, sector_choices
from answerable.web.crumbs import Crumb
from answerable.web.desk.acts import Tried, leads_to, tried
from answerable.web.desk.frame import desk_page, shown_on_site_desk
from answerable.web.desk.people.roles import person_typed
from answerable.web.desk.typed import chosen_in, day_typed, texts_of
from answerable.web.fields import Field, Form, choices_of, form_of
from answerable.web.reader import language_of_page, moment_of

SHOWN = 200
_TEXTS = ("name", "effective_control", "org_identifier", "website")
_CHOICES = ("name_language", "entity_type", "sector", "country")


@desk_page
def organisations(request: HttpRequest, person: Person) -> HttpResponse:
    """Show the organisations and add one."""
    at = moment_of(request)
    require(may_keep_organisations(person, at=at))
    added: list[Organisation] = []

    def add() -> str:
        added.append(_add(request.POST, by=person, at=at))
        return _("The organisation is added.")

    came = tried(request, {"add": add})
    if came.is_done:
        return leads_to(request, _address(added[0]), said=came.said)
    words = " ".join(request.GET.get("words", "").split())
    rows = Organisation.objects.select_related("sector", "country").order_by("name", "pk")
    found = list((rows.filter(name__icontains=words) if words else rows)[: SHOWN + 1])
    context = {
        "organisations": found[:SHOWN],
        "has_more": len(found) > SHOWN,
        "find": Field("words", _("Name"), kind="search", value=words, is_required=True),
        "form": _form(request.POST, came),
        "sectors": dict(sector_choices(language_of_page())),
    }
    title = _("Organisations")
    return shown_on_site_desk(request, "desk/organisations.html", title=title, context=context, status=came.status)


@desk_page
def organisation(request: HttpRequest, person: Person, slug: str) -> HttpResponse:
    """Show one organisation and its delegates; name one, or end a delegation."""
    row = organisation_page(slug)
    if row is None:
        raise Http404
    at = moment_of(request)
    may_name = may_name_delegate(person, row, at=at)
    require(may_name or may_keep_organisations(person, at=at))
    delegations = list(delegates_of(row, at.date()))
    came = tried(request, _acts(request.POST, row, delegations, by=person, at=at))
    if came.is_done:
        return leads_to(request, _address(row), said=came.said)
    keeps = bool(may_keep_organisations(person, at=at))
    context = {
        "organisation": row,
        "delegations": delegations,
        "form": _delegate_form(request.POST, came),
        "about": _form(request.POST, came, row=row) if keeps else None,
        "may_verify": bool(may_verify_organisation(person, at=at)),
        "may_name": bool(may_name),
        "why_not": may_name.reason if isinstance(may_name, Denied) else "",
        **_facts(row),
    }
    return shown_on_site_desk(
        request,
        "desk/organisation.html",
        title=row.name,
        context=context,
        status=came.status,
        between=(Crumb(_("Organisations"), reverse("desk:organisations")),) if keeps else (),
    )


def _address(row: Organisation) -> str:
    return reverse("desk:organisation", kwargs={"slug": row.slug})


def _typed(typed: QueryDict) -> dict[str, str]:
    """Return what was typed and chosen of an organisation, by field."""
    offered = _offered()
    chosen = {name: chosen_in(typed, name, among=dict(offered[name])) for name in _CHOICES}
    return {**{name: said.strip() for name, said in texts_of(typed, *_TEXTS).items()}, **chosen}


def _add(typed: QueryDict, *, by: Person, at: datetime) -> Organisation:
    said = _typed(typed)
    return add_organisation(
        said.pop("name"),
        by=by,
        at=at,
        name_language=said.pop("name_language") or language_of_page(),
        website=said.pop("website"),
        effective_control=said.pop("effective_control"),
        org_identifier=said.pop("org_identifier"),
        **{f"{name}_id": key or None for name, key in said.items()},
    )


def _acts(
    typed: QueryDict, row: Organisation, delegations: Sequence[Delegation], *, by: Person, at: datetime
) -> dict[str, Callable[[], str]]:
    def name() -> str:
        until = day_typed(typed.get("to_on", ""), field="to_on")
        if until is not None and until < at.date():
            raise Unacceptable({"to_on": [_("This day has passed already.")]})
        delegate = person_typed(typed.get("email", ""), at=at)
        name_delegate(row, delegate, by=by, at=at, to_on=until, is_lead=bool(typed.get("is_lead")))
        return _("The delegate is named.")

    def end() -> str:
        named = typed.get("person", "")
        held = next((each for each in delegations if each.person.public_id == named), None)
        if held is None:
            raise Unacceptable({"": [_("This person is no longer a delegate.")]})
        held.organisation = row
        end_delegation(held, by=by, at=at)
        return _("The delegation ends today.")

    def change() -> str:
        said = _typed(typed)
        change_organisation(row, by=by, changes=said | {"name_language": said["name_language"] or "en"}, at=at)
        return _("The organisation is saved.")

    def verify(*, is_verified: bool) -> str:
        verify_organisation(row, is_verified=is_verified, by=by, at=at)
        return _("The organisation is verified.") if is_verified else _("The organisation is no longer verified.")

    return {
        "name": name,
        "end": end,
        "change": change,
        "verify": lambda: verify(is_verified=True),
        "doubt": lambda: verify(is_verified=False),
    }


def _delegate_form(typed: QueryDict, came: Tried) -> Form:
    kept = (
        texts_of(typed, "email", "to_on", "is_lead")
        if came.is_tried("name")
        else texts_of(QueryDict(), "email", "to_on", "is_lead")
    )
    fields = [
        Field("email", _("E-mail address"), kind="email", value=kept["email"], is_required=True),
        Field("to_on", _("Until"), kind="date", value=kept["to_on"], hint=_("Left empty, until somebody ends it.")),
        Field("is_lead", _("May name other delegates"), kind="tick", value=kept["is_lead"]),
    ]
    return form_of(fields, problems=came.problems_of("name", "end"))


def _offered() -> Mapping[str, Sequence[tuple[str, str]]]:
    language = language_of_page()
    return {
        "name_language": language_choices(language),
        "entity_type": entity_type_choices(language),
        "sector": sector_choices(language),
        "country": country_choices(language),
    }


def _form(typed: QueryDict, came: Tried, *, row: Organisation | None = None) -> Form:
    """Return the form of a new organisation, or of one that is kept; what was typed in vain stays."""
    said = texts_of(typed, *_TEXTS, *_CHOICES)
    kept = said if row is None or came.is_tried("change") else _said_of(row)
    offered = _offered()
    language = kept["name_language"] or language_of_page()
    none = _("Not stated")
    fields = [
        Field("name", _("Name"), value=kept["name"], is_required=True),
        Field(
            "name_language",
            _("Language of the name"),
            kind="select",
            is_required=True,
            choices=choices_of(offered["name_language"], chosen=language),
        ),
        Field(
            "entity_type",
            _("Type"),
            kind="select",
            choices=choices_of(offered["entity_type"], chosen=kept["entity_type"], empty=none),
        ),
        Field(
            "sector",
            _("Sector"),
            kind="select",
            choices=choices_of(offered["sector"], chosen=kept["sector"], empty=none),
        ),
        Field(
            "country",
            _("Country"),
            kind="select",
            choices=choices_of(offered["country"], chosen=kept["country"], empty=none),
        ),
        Field(
            "effective_control",
            _("Who controls it"),
            value=kept["effective_control"],
            hint=_("Its owner or founder, when that is another organisation."),
        ),
        Field("org_identifier", _("Registration number"), value=kept["org_identifier"]),
        Field("website", _("Web page"), kind="url", value=kept["website"]),
    ]
    return form_of(fields, problems=came.problems_of("add", "change"))


def _said_of(row: Organisation) -> dict[str, str]:
    texts = {name: getattr(row, name) for name in (*_TEXTS, "name_language")}
    return texts | {name: getattr(row, f"{name}_id") or "" for name in ("entity_type", "sector", "country")}


def _facts(row: Organisation) -> dict[str, Any]:
    offered = _offered()
    return {
        "sector": dict(offered["sector"]).get(row.sector_id or "", ""),
        "entity_type": dict(offered["entity_type"]).get(row.entity_type_id or "", ""),
        "country": dict(offered["country"]).get(row.country_id or "", ""),
    }
