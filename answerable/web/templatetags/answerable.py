"""Small tags every page uses: icons, rings, languages, times, numbers."""

from datetime import date, datetime
from functools import lru_cache
from html import escape
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from babel import Locale, UnknownLocaleError
from babel.dates import format_date
from babel.numbers import format_decimal, format_percent
from django import template
from django.templatetags.static import static
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import Truncator
from django.utils.translation import get_language

from answerable.foundation.rich_text import plain_text_of
from answerable.web.citations import rich as rich_text

register = template.Library()

_RIGHT_TO_LEFT = {"ar", "dv", "fa", "he", "ks", "ku", "ps", "sd", "ug", "ur", "yi"}


def _locale() -> Locale:
    return _locale_of(get_language() or "en")


@lru_cache(maxsize=16)
def _locale_of(language: str) -> Locale:
    code = language.replace("-", "_")
    return Locale.parse({"zh_hans": "zh_Hans", "en": "en_GB"}.get(code, code))


@register.simple_tag
@lru_cache(maxsize=256)
def icon(name: str, classes: str = "") -> SafeString:
    """Return the drawing of that name; it always stands next to a word."""
    return format_html(
        '<svg class="i {}" aria-hidden="true"><use href="{}#i-{}"/></svg>', classes, static("icons.svg"), name
    )


@register.simple_tag
@lru_cache(maxsize=16)
def ring(stage: str) -> SafeString:
    """Return the ring of a stage of the chain: heard, answered, promised, kept or confirmed."""
    return format_html('<svg class="ring i" aria-hidden="true"><use href="{}#i-{}"/></svg>', static("icons.svg"), stage)


@register.filter
def direction(language: str) -> str:
    """Return ``rtl`` or ``ltr`` for a language code."""
    return "rtl" if language.split("-", maxsplit=1)[0] in _RIGHT_TO_LEFT else "ltr"


@register.simple_tag
def said_in(language: str) -> SafeString:
    """Return the ``lang`` and ``dir`` attributes of a fragment in that language; nothing when it is the page's."""
    if not language or language.split("-", maxsplit=1)[0] == (get_language() or "en").split("-")[0]:
        return SafeString("")
    return format_html('lang="{}" dir="{}"', language, direction(language))


@register.filter
@lru_cache(maxsize=512)
def own_name(language: str) -> str:
    """Return a language's name for itself, or its code when it is not known."""
    try:
        return (Locale.parse(language.replace("-", "_")).get_display_name() or language).split(" (")[0].capitalize()
    except (UnknownLocaleError, ValueError):
        return language


@register.simple_tag
def day(moment: datetime | None, zone: str = "") -> SafeString | str:
    """
    Return a moment as a date in the reader's zone and language, with the exact moment for machines.

    With an IANA zone the date is that of the zone, which stands beside it. A date without a time belongs to no zone.
    """
    if moment is None:
        return ""
    if zone and isinstance(moment, datetime):
        return _day_in(moment.astimezone(ZoneInfo(zone)), zone)
    local = timezone.localtime(moment) if isinstance(moment, datetime) else moment
    html = f'<time datetime="{local.isoformat()}">{escape(_long_date(_date_of(local), get_language()))}</time>'
    return mark_safe(html)  # noqa: S308  # its parts are escaped


def _day_in(local: datetime, zone: str) -> SafeString:
    said = _long_date(local.date(), get_language())
    html = f'<time datetime="{local.isoformat()}">{escape(said)} <bdi>({escape(zone)})</bdi></time>'
    return mark_safe(html)  # noqa: S308  # its parts are escaped


def _date_of(local: date) -> date:
    return local.date() if isinstance(local, datetime) else local


@lru_cache(maxsize=4_096)
def _long_date(local: date, _language: str | None) -> str:
    return format_date(local, "long", locale=_locale())


@register.simple_tag
def moment(value: datetime | None, zone: str = "") -> SafeString | str:
    """Return a moment to the second in the reader's zone, or in a named IANA zone, with the zone beside it."""
    return "" if value is None else moment_in(value, zone or timezone.get_current_timezone_name(), get_language())


@lru_cache(maxsize=16_384)
def moment_in(value: datetime, zone: str, language: str | None) -> SafeString:
    """Return a moment in an IANA zone with the zone beside it; ``language`` is that of the page."""
    local = value.astimezone(ZoneInfo(zone))
    said = f"{_long_date(local.date(), language)}, {local:%H:%M:%S}"
    html = f'<time datetime="{local.isoformat()}">{escape(said)} <bdi>({escape(zone)})</bdi></time>'
    return mark_safe(html)  # noqa: S308  # its parts are escaped


@register.simple_tag
def deadline(value: datetime | None, zone: str) -> SafeString | str:
    """Return a moment in the reader's zone, and beside it in the zone it was set in when that is another one."""
    if value is None or zone == timezone.get_current_timezone_name():
        return moment(value)
    return format_html("{} · {}", moment(value), moment(value, zone))


@register.filter
def number(value: float | None) -> str:
    """Return a number as the reader's language writes it."""
    return "" if value is None else _decimal(value, get_language())


@lru_cache(maxsize=4_096)
def _decimal(value: float, _language: str | None) -> str:
    return format_decimal(value, locale=_locale())


@register.filter
def share(value: float | None) -> str:
    """Return a share between 0 and 1 as a whole percentage."""
    return "" if value is None else format_percent(value, locale=_locale())


@register.simple_tag(takes_context=True)
def address_with(context: template.Context, **changes: object) -> str:
    """Return this page's query string with some parameters changed; an empty value takes one away."""
    query = context["request"].GET.copy()
    for name, value in changes.items():
        query.pop(name, None)
        if value not in {"", None}:
            query[name] = str(value)
    return "?" + urlencode(sorted((name, said) for name in query for said in query.getlist(name)))


@register.filter
def rich(text: str) -> SafeString:
    """Return a Markdown text as clean HTML, receipt codes in brackets as links."""
    return rich_text(text)


@register.filter
def excerpt(text: str, characters: int = 160) -> str:
    """Return the first words of a Markdown text, without its marks, at most so many characters long."""
    return Truncator(plain_text_of(text)).chars(characters)


@register.simple_tag
def month(moment: datetime) -> SafeString:
    """Return the month of a moment in words, in the reader's language."""
    return format_html(
        '<time datetime="{}">{}</time>', moment.strftime("%Y-%m"), format_date(moment, "LLLL y", locale=_locale())
    )
