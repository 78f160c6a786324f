"""The search over everything that is public."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from answerable.consultations.queries.everywhere import consultations_matching, contributions_matching
from answerable.foundation.ids import normalise_receipt_code
from answerable.people.queries import organisations_matching
from answerable.synthesis.queries.everywhere import findings_matching
from answerable.web.consultations.entries import entry_of
from answerable.web.crumbs import Crumb, way_to
from answerable.web.reader import language_of_page, moment_of, reader_of

_LONGEST = 200


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Show what holds the words: consultations, findings, contributions, organisations; a receipt code leads there."""
    words = " ".join(request.GET.get("q", "").split())[:_LONGEST]
    if words.upper().startswith("R-") and (code := normalise_receipt_code(words)):
        return HttpResponseRedirect(reverse("receipt", kwargs={"code": code}))
    context: dict[str, object] = {"area": "search", "crumbs": way_to(Crumb(_("Search"))), "words": words}
    if words:
        context |= _found(request, words)
    return render(request, "search.html", context)


def _found(request: HttpRequest, words: str) -> dict[str, object]:
    language, cursor, reader = language_of_page(), request.GET.get("cursor", ""), reader_of(request)
    listed = contributions_matching(words, languages=[language, "en"], cursor=cursor)
    found: dict[str, object] = {
        "listed": listed,
        "entries": [entry_of(row, reader=reader, is_open=False) for row in listed.items],
        "is_first_page": not cursor,
    }
    if not cursor:
        found |= {
            "consultations": consultations_matching(words, language=language, at=moment_of(request)),
            "findings": findings_matching(words),
            "organisations": organisations_matching(words),
        }
    found["has_any"] = any(found.get(part) for part in ("entries", "consultations", "findings", "organisations"))
    return found
