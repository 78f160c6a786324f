"""Switching the language of the pages."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_POST

from answerable.people.actions import change_profile
from answerable.web.reader import next_address, reader_of

_YEAR = 365 * 24 * 3600


@require_POST
def switch(request: HttpRequest) -> HttpResponse:
    """Show pages in another language from now on, in this browser and in the reader's account; go back to the page."""
    response = HttpResponseRedirect(next_address(request, otherwise="/"))
    language = request.POST.get("language", "")
    if language in dict(settings.LANGUAGES):
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            language,
            max_age=_YEAR,
            secure=settings.IS_HTTPS,
            samesite="Lax",
        )
        if (person := reader_of(request)) is not None:
            change_profile(person, changes={"language": language})
    return response
