"""The page of an organisation: who it is and what was said in its name."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from answerable.consultations.queries import contributions_of_organisation
from answerable.consultations.queries.everywhere import consultations_of_organisation
from answerable.people.queries import delegates_of, organisation_page
from answerable.web.chain import place
from answerable.web.consultations.entries import entry_of
from answerable.web.crumbs import Crumb, way_to
from answerable.web.reader import language_of_page, moment_of, reader_of


@require_safe
def organisation(request: HttpRequest, slug: str) -> HttpResponse:
    """Show one organisation with its delegates, its consultations and its contributions."""
    row = organisation_page(slug)
    if row is None:
        raise Http404
    language, at, reader = language_of_page(), moment_of(request), reader_of(request)
    listed = contributions_of_organisation(row, cursor=request.GET.get("cursor", ""))
    context = {
        "area": "",
        "crumbs": way_to(Crumb(row.name, "", row.name_language)),
        "organisation": row,
        "kicker": row.entity_type.label(language) if row.entity_type else None,
        "sector": row.sector.label(language) if row.sector else None,
        "country": row.country.label(language) if row.country else None,
        "delegates": [each.person.public_name for each in delegates_of(row, at.date())],
        "convened": consultations_of_organisation(row.pk, language=language, at=at),
        "listed": listed,
        "entries": [entry_of(each, reader=reader, is_open=False) for each in listed.items],
        "place": place("heard", _("What was said in its name, by its named delegates.")),
    }
    return render(request, "organisation.html", context)
