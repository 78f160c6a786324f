"""Who reads, when, in which language and in which time zone: asked once for each request."""

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Concatenate, ParamSpec
from urllib.parse import urlencode, urlsplit
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language

from answerable.people.models import Person
from answerable.reference.models import reading_language

P = ParamSpec("P")


def reader_of(request: HttpRequest) -> Person | None:
    """Return the signed-in person, or None."""
    return request.user if isinstance(request.user, Person) and request.user.is_authenticated else None


def moment_of(request: HttpRequest) -> datetime:
    """Return the moment of a request; the clock is read the first time only."""
    moment: datetime | None = getattr(request, "_moment", None)
    if moment is None:
        moment = timezone.now()
        request._moment = moment  # type: ignore[attr-defined]  # noqa: SLF001  # kept with the request it belongs to
    return moment


def language_of_page() -> str:
    """Return the language of the page under which contents are kept: ``zh`` for ``zh-hans``."""
    return reading_language(get_language())


def show_in_zone_of(request: HttpRequest, zone: str) -> None:
    """Show times of this request in a zone, unless the reader has one of their own."""
    person = reader_of(request)
    if zone and not (person and person.time_zone) and not request.COOKIES.get("zone"):
        timezone.activate(ZoneInfo(zone))


def signed_in(
    view: Callable[Concatenate[HttpRequest, Person, P], HttpResponse],
) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """Give a view the signed-in person; anybody else is led to the sign-in page and comes back afterwards."""

    @wraps(view)
    def asked(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        person = reader_of(request)
        if person is None:
            return to_sign_in(request)
        return view(request, person, *args, **kwargs)

    return asked


def to_sign_in(request: HttpRequest) -> HttpResponse:
    """Lead to the sign-in page, and from there back to the page that was asked for, or that held the form."""
    is_page = request.method in {"GET", "HEAD"}
    here = request.get_full_path() if is_page else next_address(request, otherwise=page_of_form(request))
    return HttpResponseRedirect(f"{reverse('sign_in')}?{urlencode({'next': here})}")


def page_of_form(request: HttpRequest) -> str:
    """Return the path on this site of the page whose form was sent, as the browser says; else the start page."""
    said = request.headers.get("Referer", "")
    if not url_has_allowed_host_and_scheme(said, allowed_hosts={request.get_host()}, require_https=request.is_secure()):
        return "/"
    page = urlsplit(said)
    return f"{page.path or '/'}?{page.query}" if page.query else page.path or "/"


def next_address(request: HttpRequest, *, otherwise: str) -> str:
    """Return the path on this site that a form or link asked to go to next, or another when it names none of ours."""
    asked = request.POST.get("next") or request.GET.get("next", "")
    if asked.startswith("/") and url_has_allowed_host_and_scheme(asked, allowed_hosts=None):
        return asked
    return otherwise
