"""Know what follows from a language: the direction it is written in, its family of fonts, and how it writes a date."""

import re
import unicodedata
from datetime import date
from typing import Literal

from babel import Locale, UnknownLocaleError
from babel.dates import format_date

Direction = Literal["ltr", "rtl"]
FontSlot = Literal["val", "eastAsia", "bidi"]

_TAG = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*")
_RIGHT_TO_LEFT_LANGUAGES = frozenset(
    [
        "ar",
        "arc",
        "arz",
        "azb",
        "ckb",
        "dv",
        "fa",
        "glk",
        "he",
        "iw",
        "ji",
        "ks",
        "lrc",
        "mzn",
        "nqo",
        "pnb",
        "ps",
        "sd",
        "syr",
        "ug",
        "ur",
        "yi",
    ]
)
_SCRIPT, _REGION = re.compile(r"[a-z]{4}"), re.compile(r"[A-Za-z]{2}")
_RIGHT_TO_LEFT_SCRIPTS = frozenset(["adlm", "arab", "aran", "hebr", "nkoo", "rohg", "syrc", "thaa"])
_EAST_ASIAN_LANGUAGES = frozenset(["ja", "ko", "yue", "zh"])
_COMPLEX_LANGUAGES = frozenset(
    [
        "as",
        "bn",
        "bo",
        "dz",
        "gu",
        "hi",
        "km",
        "kn",
        "lo",
        "ml",
        "mr",
        "my",
        "ne",
        "or",
        "pa",
        "sa",
        "si",
        "ta",
        "te",
        "th",
    ]
)
_INTERNATIONAL = {"en": "en-001"}
"""English of no country writes the day before the month, as the United Nations does."""

_RIGHT_TO_LEFT_CLASSES = frozenset({"R", "AL"})


def language_tag(language: str) -> str:
    """Return a well-formed BCP 47 tag, or an empty text for anything else."""
    tag = language.strip().replace("_", "-")
    return tag if _TAG.fullmatch(tag) else ""


def primary_language(language: str) -> str:
    """Return the first part of a tag in lower case: `zh` for `zh-Hant-TW`."""
    return language_tag(language).split("-")[0].lower()


def region_of(language: str) -> str:
    """Return the country of a tag in upper case: `BR` for `pt-BR`; empty when the tag names none."""
    regions = [part.upper() for part in language_tag(language).split("-")[1:] if _REGION.fullmatch(part)]
    return regions[0] if regions else ""


def direction_of(language: str) -> Direction:
    """Return the direction a language is written in; a script named in the tag decides over the language."""
    parts = [part.lower() for part in language_tag(language).split("-")]
    scripts = [part for part in parts[1:] if _SCRIPT.fullmatch(part)]
    if scripts:
        return "rtl" if scripts[0] in _RIGHT_TO_LEFT_SCRIPTS else "ltr"
    return "rtl" if parts[0] in _RIGHT_TO_LEFT_LANGUAGES else "ltr"


def direction_of_text(text: str) -> Direction:
    """Return the direction of the first letter that has one (Unicode Standard Annex 9, rule P2)."""
    for character in text:
        kind = unicodedata.bidirectional(character)
        if kind == "L":
            return "ltr"
        if kind in _RIGHT_TO_LEFT_CLASSES:
            return "rtl"
    return "ltr"


def font_slot_of(language: str) -> FontSlot:
    """Return which of the three language settings of WordprocessingML a language belongs in (ECMA-376-1, 17.3.2.20)."""
    primary = primary_language(language)
    if primary in _EAST_ASIAN_LANGUAGES:
        return "eastAsia"
    if direction_of(language) == "rtl" or primary in _COMPLEX_LANGUAGES:
        return "bidi"
    return "val"


def long_date(day: date, *, language: str) -> str:
    """Return a date written out in a language; in ISO 8601 when its way of writing is not known."""
    tag = language_tag(language)
    try:
        return format_date(day, format="long", locale=Locale.parse(_INTERNATIONAL.get(tag, tag), sep="-"))
    except (UnknownLocaleError, ValueError):
        return day.isoformat()
