"""What a rapporteur's text must be before it is kept, and the numbers it may hold."""

import re
import unicodedata
from collections.abc import Iterable, Mapping

from django.utils.translation import gettext as _

from answerable.foundation.rich_text import tidy_text
from answerable.foundation.verdicts import Unacceptable

LONGEST_TITLE = 200
LONGEST_STATEMENT = 10_000
PLACEHOLDERS = ("cited", "merged", "total", "session", "consultation")
_SUPPORTING = ("cited", "merged", "total")
_PLACEHOLDER = re.compile(r"\{(\w+)\}")
# The word for "contribution" in the six languages of the house, as it follows a number.
_WORDS = (
    r"contributions?\b",
    r"contribuci(?:ón|ones)\b",
    r"вклад\w*",
    r"сообщени\w*",
    r"مساهم\w*",
    r"مشارك\w*",
    r"[份条個个]?(?:意见|贡献|建议|稿件|发言)",
)
_GROUPED = r"\d+(?:[.,’'\u00a0\u202f ]\d{3})*"
_COUNTED = re.compile(rf"(?<![0-9A-Za-z.,-])({_GROUPED})[ \u00a0\u202f]?(?:{'|'.join(_WORDS)})", re.IGNORECASE)


def tidy_title(title: str) -> str:
    """Return a title on one line; raises Unacceptable when it is empty or too long."""
    said = " ".join(tidy_text(title).split())
    if not said:
        raise Unacceptable({"title": [_("Write a title.")]})
    if len(said) > LONGEST_TITLE:
        raise Unacceptable({"title": [_("Write the title in at most 200 characters.")]})
    return said


def tidy_body(text: str, *, field: str) -> str:
    """Return a text of several paragraphs; raises Unacceptable for that field when it is empty or too long."""
    said = tidy_text(text)
    if not said:
        raise Unacceptable({field: [_("Write the text.")]})
    if len(said) > LONGEST_STATEMENT:
        raise Unacceptable({field: [_("Write the text in at most 10,000 characters.")]})
    return said


def tidy_statement(statement: str) -> str:
    """
    Return the text of a finding; raises Unacceptable as ``tidy_body`` does, and for an unknown placeholder.

    The known ones are ``{cited}``, ``{merged}``, ``{total}``, ``{session}`` and ``{consultation}``.
    """
    said = tidy_body(statement, field="statement")
    if unknown := unknown_placeholders(said):
        sentence = _("Only these stand for a number: %(known)s; this one does not: %(unknown)s.")
        raise Unacceptable({"statement": [sentence % {"known": _braced(PLACEHOLDERS), "unknown": _braced(unknown)}]})
    return said


def unknown_placeholders(text: str) -> list[str]:
    """Return the words in braces in a text that stand for no number, each once, in order."""
    return list(dict.fromkeys(word for word in _PLACEHOLDER.findall(text) if word not in PLACEHOLDERS))


def fill_placeholders(text: str, counts: Mapping[str, int]) -> str:
    """Return a text with every known placeholder replaced by its count."""
    return _PLACEHOLDER.sub(lambda m: str(counts[m[1]]) if m[1] in counts else m[0], text)


def unsupported_numbers(text: str, counts: Mapping[str, int]) -> list[int]:
    """
    Return the numbers in digits before a word for "contributions" that are none of cited, merged and total.

    Digits of any script are read; placeholders are left out, as they are always right.
    """
    supported = {counts[name] for name in _SUPPORTING}
    plain = _PLACEHOLDER.sub("{}", text)
    numbers = [_number(found) for found in _COUNTED.findall(plain)]
    return [number for number in numbers if number not in supported]


def _number(digits: str) -> int:
    return int("".join(str(unicodedata.decimal(c)) for c in digits if c.isdecimal()))


def _braced(words: Iterable[str]) -> str:
    return ", ".join(f"{{{word}}}" for word in words)
