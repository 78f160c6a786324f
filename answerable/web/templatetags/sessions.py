"""Tags for the pieces of a session's page that are kept ready."""

from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from django import template
from django.utils.safestring import SafeString

from answerable.consultations.queries import ContributionFilters
from answerable.consultations.queries.facets import Counts
from answerable.web.consultations.contribution_form import ShortForm
from answerable.web.consultations.filters import filter_form, offered_only
from answerable.web.consultations.session import Asked
from answerable.web.fragments import fragment, slot

register = template.Library()
_LETTERS = str.maketrans("0123456789", "abcdefghij")


@register.simple_tag(takes_context=True)
def kept_short_form(context: template.Context, form: ShortForm, slug: str, number: int) -> SafeString:
    """Include the form in which a contribution is begun."""
    shown = {
        "slug": slug,
        "number": number,
        "kind": form.kind,
        "questions": form.questions,
        "text": replace(form.text, value=slot("typed")),
        "is_name_hidden": form.is_name_hidden,
    }
    put_in = {"key": form.key, "typed": form.text.value, **form.about}
    return fragment(context, "consultations/short_form.html", shown=shown, put_in=put_in)


@register.simple_tag(takes_context=True)
def kept_filters(
    context: template.Context, facets: Counts, filters: ContributionFilters, asked: Sequence[Asked], sort: str
) -> SafeString:
    """
    Include the filters of a list with how many contributions each choice would show.

    The numbers are put in, so that a piece serves for as long as the order of the choices stays.
    """
    chosen = replace(offered_only(filters, facets), search=slot("words"))
    numbers = tuple(each.number for each in asked)
    shown = {
        "offered": tuple((facet, *values) for facet, values in facets.items()),
        "numbers": numbers,
        "chosen": chosen,
        "sort": sort,
        "is_filtered": filters != ContributionFilters(),
    }
    return fragment(
        context,
        "consultations/session_filters.html",
        shown=shown,
        put_in={"words": filters.search, "path": context["request"].path, **_numbers_in(facets)},
        derived=lambda: {"form": filter_form(_slots_for(facets), numbers, chosen)},
    )


def _numbers_in(facets: Counts) -> dict[str, str]:
    return {
        _name(facet, place): str(number)
        for facet, values in facets.items()
        for place, number in enumerate(values.values())
    }


def _slots_for(facets: Counts) -> dict[str, dict[str, str]]:
    """Return where each number will stand, by facet and value."""
    return {
        facet: {value: slot(_name(facet, place)) for place, value in enumerate(values)}
        for facet, values in facets.items()
    }


@cache
def _name(facet: str, place: int) -> str:
    """Return the name of a slot, in which a place among the choices is told by letters."""
    return f"{facet}_{str(place).translate(_LETTERS)}"
