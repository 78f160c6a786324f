"""Tags for the pieces of a session's page that are kept ready."""

from collections.abc import Sequence
from dataclasses import replace

from django import template
from django.utils.safestring import SafeString

from answerable.consultations.queries import ContributionFilters, Facets
from answerable.web.consultations.contribution_form import ShortForm
from answerable.web.consultations.filters import filter_form, offered_only
from answerable.web.consultations.session import Asked
from answerable.web.fragments import fragment, slot

register = template.Library()


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
    context: template.Context, facets: Facets, filters: ContributionFilters, asked: Sequence[Asked], sort: str
) -> SafeString:
    """Include the filters of a list with how many contributions each choice would show."""
    chosen = replace(offered_only(filters, facets.counts), search=slot("words"))
    numbers = tuple(each.number for each in asked)
    shown = {
        "mark": facets.mark,
        "numbers": numbers,
        "chosen": chosen,
        "sort": sort,
        "is_filtered": filters != ContributionFilters(),
    }
    return fragment(
        context,
        "consultations/session_filters.html",
        shown=shown,
        put_in={"words": filters.search, "path": context["request"].path},
        derived=lambda: {"form": filter_form(facets.counts, numbers, chosen)},
    )
