"""What every page needs to know of its reader before it is made."""

from collections.abc import Callable
from http import HTTPStatus
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone, translation

from answerable.web.errors import wrong_method

Answer = Callable[[HttpRequest], HttpResponse]
_POLICY = "accelerometer=(), camera=(), geolocation=(), gyroscope=(), microphone=(), payment=(), usb=()"


class PersonPreferences:
    """Shows pages in the language and the time zone that the signed-in reader chose."""

    def __init__(self, get_response: Answer) -> None:
        """Keep what comes next."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Set language and zone from the person, unless a cookie says otherwise; take them back afterwards."""
        person = (
            request.user if settings.SESSION_COOKIE_NAME in request.COOKIES and request.user.is_authenticated else None
        )
        language = getattr(person, "language", "")
        if language in dict(settings.LANGUAGES) and settings.LANGUAGE_COOKIE_NAME not in request.COOKIES:
            translation.activate(language)
            request.LANGUAGE_CODE = language
        zone = _zone(getattr(person, "time_zone", "") or request.COOKIES.get("zone", ""))
        with timezone.override(zone):
            return self.get_response(request)


def _zone(name: str) -> ZoneInfo | None:
    try:
        return ZoneInfo(name) if name else None
    except (KeyError, ValueError, OSError):
        return None


class WrongMethods:
    """Shows a page where Django says with nothing that an address does not take this kind of request."""

    def __init__(self, get_response: Answer) -> None:
        """Keep what comes next."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Put a page in place of an empty 405; which methods the address takes stays in the header."""
        response = self.get_response(request)
        if response.status_code != HTTPStatus.METHOD_NOT_ALLOWED or response.content:
            return response
        page = wrong_method(request)
        page.headers["Allow"] = response.headers["Allow"]
        return page


class PermissionsPolicy:
    """Tells the browser that no page needs a camera, a microphone, a place or a payment."""

    def __init__(self, get_response: Answer) -> None:
        """Keep what comes next."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Add the header to each answer."""
        response = self.get_response(request)
        response.headers.setdefault("Permissions-Policy", _POLICY)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        return response
