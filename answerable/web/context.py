"""What the frame around every page needs."""

from functools import cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import get_language

from answerable.notices.queries import unread_count
from answerable.people.rules import is_staff_of_something


def site(request: HttpRequest) -> dict[str, Any]:
    """Return the languages to choose from and what waits for the reader; asks nothing for a signed-out one."""
    person = request.user if getattr(request, "user", None) and request.user.is_authenticated else None
    now = timezone.now()
    return {
        "site_languages": tuple((code, _OWN_NAMES[code]) for code, _name in settings.LANGUAGES),
        "page_language": get_language() or settings.LANGUAGE_CODE,
        "unread_notices": cache(lambda: unread_count(person)) if person else 0,
        "has_desk": cache(lambda: is_staff_of_something(person, at=now)) if person else False,
        "site_address": settings.SITE_ADDRESS,
    }


_OWN_NAMES = {"ar": "العربية", "zh-hans": "中文", "en": "English", "fr": "Français", "ru": "Русский", "es": "Español"}
