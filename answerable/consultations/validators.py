"""What is wrong with a field, in the words of the person who filled it in; an empty list means nothing."""

from collections.abc import Container, Mapping
from datetime import date, datetime
from urllib.parse import urlsplit

from django.utils.translation import gettext as _

from answerable.foundation.verdicts import Unacceptable

MOST_CHARACTERS = 20_000
MOST_CHARACTERS_OF_REPLY = 5_000
MOST_CHARACTERS_OF_TITLE = 200
Problems = dict[str, list[str]]


def raise_if_any(problems: Mapping[str, list[str]]) -> None:
    """Raise Unacceptable with the fields that have problems, if any has."""
    found = {field: said for field, said in problems.items() if said}
    if found:
        raise Unacceptable(found)


def text_problems(text: str, *, most: int = MOST_CHARACTERS) -> list[str]:
    """Check a tidied text: at least one letter or digit, at most ``most`` characters."""
    if not any(character.isalnum() for character in text):
        return [_("Write your text.")]
    if len(text) > most:
        sentence = _("The text has %(count)s characters. It may have at most %(most)s: shorten it by %(over)s.")
        return [sentence % {"count": len(text), "most": most, "over": len(text) - most}]
    return []


def title_problems(title: str) -> list[str]:
    """Check a title: not empty, at most 200 characters."""
    if not title:
        return [_("Write a title.")]
    if len(title) > MOST_CHARACTERS_OF_TITLE:
        return [_("A title may have at most %(most)s characters.") % {"most": MOST_CHARACTERS_OF_TITLE}]
    return []


def choice_problems(value: str, choices: Container[str], *, is_required: bool = False) -> list[str]:
    """Check that a value is one of the choices, or empty when nothing need be chosen."""
    if value in choices or (not value and not is_required):
        return []
    if not value:
        return [_("Choose one.")]
    return [_("“%(value)s” is not one of the choices.") % {"value": value[:80]}]


def address_problems(address: str) -> list[str]:
    """Check a web address: empty, or absolute with http or https and at most 200 characters."""
    if not address:
        return []
    try:
        parts = urlsplit(address)
    except ValueError:
        parts = urlsplit("")
    if parts.scheme not in {"http", "https"} or not parts.netloc or any(c.isspace() for c in address):
        return [_("Write a whole web address that begins with https:// or http://.")]
    if len(address) > MOST_CHARACTERS_OF_TITLE:
        return [_("A web address may have at most %(most)s characters.") % {"most": MOST_CHARACTERS_OF_TITLE}]
    return []


def period_problems(opens_at: datetime | None, closes_at: datetime | None) -> list[str]:
    """Check that a period closes after it opens; an absent end is open."""
    if opens_at is not None and closes_at is not None and closes_at <= opens_at:
        return [_("The closing time must come after the opening time.")]
    return []


def dates_problems(starts_on: date | None, ends_on: date | None) -> list[str]:
    """Check that an event does not end before it starts."""
    if starts_on is not None and ends_on is not None and ends_on < starts_on:
        return [_("The event cannot end before it starts.")]
    return []
