"""Turn plain text into runs: each with its language, its direction and its look."""

import re
from dataclasses import dataclass

from docx.oxml.xmlchemy import BaseOxmlElement

from answerable.documents.docx.xml import element, on, text_element
from answerable.documents.languages import Direction, direction_of, font_slot_of, language_tag, primary_language

_RTL = (
    "\u0590-\u05ff\u0600-\u065f\u066e-\u06ef\u06fa-\u08ff\ufb1d-\ufdff\ufe70-\ufefc"  # The first plane.
    "\U00010800-\U00010fff\U0001e800-\U0001efff"
)
_RTL_STRETCH = re.compile(f"[{_RTL}](?:[\\W\\d_{_RTL}]*[{_RTL}])?")
_LETTER_LTR = f"(?![{_RTL}])[^\\W\\d_]"
_LTR_STRETCH = re.compile(f"{_LETTER_LTR}(?:[^{_RTL}\n]*{_LETTER_LTR})?")

_LOCALES = {
    "ar": "ar-SA",
    "de": "de-DE",
    "en": "en-GB",
    "es": "es-ES",
    "fa": "fa-IR",
    "fr": "fr-FR",
    "he": "he-IL",
    "hi": "hi-IN",
    "id": "id-ID",
    "ja": "ja-JP",
    "ko": "ko-KR",
    "pt": "pt-PT",
    "ru": "ru-RU",
    "sw": "sw-KE",
    "th": "th-TH",
    "ur": "ur-PK",
    "vi": "vi-VN",
    "zh": "zh-CN",
    "zh-Hans": "zh-CN",
    "zh-Hant": "zh-TW",
}
"""The locale that stands for a language whose tag names none: word processors look their spelling up by locale."""


@dataclass(frozen=True)
class Look:
    """Hold how a run looks: a character style and the marks on top of it."""

    style: str = ""
    bold: bool = False
    italic: bool = False


PLAIN = Look()


def locale_of(language: str) -> str:
    """Return the locale a word processor knows a language by; the tag itself when there is no better."""
    tag = language_tag(language)
    return _LOCALES.get(tag, tag)


def language_element(language: str) -> BaseOxmlElement:
    """Return `w:lang` with the language in the setting its script belongs to (ECMA-376-1, 17.3.2.20)."""
    return element("lang", **{font_slot_of(language): locale_of(language)})


def runs_of(text: str, *, language: str, base: Direction, look: Look = PLAIN) -> list[BaseOxmlElement]:
    """
    Return the runs of a text.

    Stretches written against the base direction become runs of their own, since `w:rtl` decides both the order of
    the marks between words and which of two fonts a word processor takes. They carry no claim of a language, unless
    the language is one that is written in their direction.
    """
    made = []
    for part, direction in _stretches(text, base=base):
        known = language if direction_of(language) == direction else ""
        made.append(element("r", _properties(known, direction=direction, look=look), *_text_and_breaks(part)))
    return made


def _properties(language: str, *, direction: Direction, look: Look) -> BaseOxmlElement:
    """Return `w:rPr` with its children in the order of the schema (ECMA-376-1, 17.3.2.28)."""
    return element(
        "rPr",
        *([element("rStyle", val=look.style)] if look.style else []),
        *on("b", wanted=look.bold),
        *on("bCs", wanted=look.bold),
        *on("i", wanted=look.italic),
        *on("iCs", wanted=look.italic),
        *on("rtl", wanted=direction == "rtl"),
        *([language_element(language)] if primary_language(language) else []),
    )


def _text_and_breaks(text: str) -> list[BaseOxmlElement]:
    made: list[BaseOxmlElement] = []
    for number, line in enumerate(text.split("\n")):
        made += [element("br")] if number else []
        made += [text_element(line)] if line else []
    return made


def _stretches(text: str, *, base: Direction) -> list[tuple[str, Direction]]:
    """Return the text in stretches of one direction; marks and digits between words go with the base direction."""
    against: Direction = "ltr" if base == "rtl" else "rtl"
    made: list[tuple[str, Direction]] = []
    end = 0
    for found in (_LTR_STRETCH if base == "rtl" else _RTL_STRETCH).finditer(text):
        made += [(text[end : found.start()], base)] if found.start() > end else []
        made.append((found.group(), against))
        end = found.end()
    return made + ([(text[end:], base)] if end < len(text) else [])
