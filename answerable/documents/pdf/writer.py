"""Lay a document out as PDF with the typst engine, which shapes every script and tags what it writes."""

import json
import re
import unicodedata
from collections.abc import Iterator
from datetime import UTC, datetime, time
from importlib import resources
from pathlib import Path
from typing import Any, Final

import typst

from answerable.documents.characters import cleaned
from answerable.documents.pdf.content import Value, content_of
from answerable.documents.pdf.errors import MissingFont
from answerable.documents.pdf.fonts import (
    InstalledFonts,
    families_for,
    installed_fonts,
    is_invisible,
    is_of_a_script,
    script_of,
    uncovered,
)
from answerable.documents.structure import Document

STANDARD: Final = "ua-1"
"""PDF/UA-1 (ISO 14289-1): the engine refuses to write a file that breaks what it can check of it."""

_NOT_SHOWN = frozenset({"href", "kind", "mark", "tag"})
_ENDLESS_WORD = re.compile(r"[^\s\u2e80-\uffff]{30}(?=[^\s\u2e80-\uffff])")
"""A stretch the engine would run over the edge of the page: it breaks words of no script on its own."""

_EMOJI_SELECTORS = (0xFE0E, 0xFE0F)


def write_pdf(document: Document, *, font_folders: tuple[Path, ...] = (), system_fonts: bool = True) -> bytes:
    """
    Return a document as a tagged PDF/UA-1 file; the same document and fonts give the same bytes.

    A sign or emoji no font has is written as its Unicode name in square brackets. Raises MissingFont when the letters
    of a script have no font. `font_folders` are looked through as well as the system's fonts.
    """
    fonts = installed_fonts(font_folders, with_system=system_fonts)
    content = content_of(cleaned(document))
    points = _points_of(content)
    missing = uncovered(points, fonts=fonts)
    scripts = _scripts_of(missing)
    if scripts:
        raise MissingFont(scripts)
    content = _renamed(content, names=_names_of(missing))
    content["fonts"] = _fonts_of(content, fonts=fonts)
    return _compiled(content, document=document, fonts=fonts)


def missing_scripts(document: Document, *, font_folders: tuple[Path, ...] = (), system_fonts: bool = True) -> list[str]:
    """Return the names of the scripts in a document that no installed font covers, in alphabetical order."""
    fonts = installed_fonts(font_folders, with_system=system_fonts)
    return _scripts_of(uncovered(_points_of(content_of(cleaned(document))), fonts=fonts))


def _compiled(content: Value, *, document: Document, fonts: InstalledFonts) -> bytes:
    """Return the file; the text goes to the engine as JSON beside the layout, never inside its source."""
    layout = resources.files("answerable.documents.pdf").joinpath("report.typ").read_bytes()
    day = document.published_on
    made = typst.Compiler(
        layout, font_paths=fonts.engine, sys_inputs={"document": json.dumps(content, ensure_ascii=False)}
    ).compile(
        format="pdf",
        pdf_standards=STANDARD,
        timestamp=datetime.combine(day, time(), tzinfo=UTC) if day else 0,
    )
    if not isinstance(made, bytes):
        raise TypeError(type(made).__name__)
    return made


def _texts_of(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for part in value.values():
            yield from _texts_of(part)
    elif isinstance(value, list):
        for part in value:
            yield from _texts_of(part)


def _points_of(value: Value) -> frozenset[int]:
    characters: set[str] = set()
    for text in _texts_of(value):
        characters.update(text)
    return frozenset(map(ord, characters))


def _scripts_of(points: frozenset[int]) -> list[str]:
    return sorted({script_of(point) for point in points if is_of_a_script(point)})


def _names_of(points: frozenset[int]) -> dict[int, str | None]:
    """Return what to write for signs without a font; selectors of emoji style go, since fonts without them fail."""
    names: dict[int, str | None] = {point: f"[{unicodedata.name(chr(point), f'U+{point:04X}')}]" for point in points}
    return names | dict.fromkeys(_EMOJI_SELECTORS)


def _renamed(value: Any, *, names: dict[int, str | None]) -> Any:
    """Return the value with signs renamed in every text that is shown, and room to break where a word has none."""
    if isinstance(value, str):
        return _ENDLESS_WORD.sub("\\g<0>\u200b", value.translate(names))
    if isinstance(value, dict):
        return {key: part if key in _NOT_SHOWN else _renamed(part, names=names) for key, part in value.items()}
    if isinstance(value, list):
        return [_renamed(part, names=names) for part in value]
    return value


def _fonts_of(content: Value, *, fonts: InstalledFonts) -> dict[str, dict[str, list[str]]]:
    """Return the families of each voice for each language in the document."""
    points = frozenset(point for point in _points_of(content) if not is_invisible(point))
    return {
        tag: {
            "ui": families_for(tag, voice="ui", points=points, fonts=fonts),
            "voice": families_for(tag, voice="voice", points=points, fonts=fonts),
            "mono": families_for(tag, voice="mono", points=points, fonts=fonts),
        }
        for tag in sorted(set(_tags_of(content)) | {""})
    }


def _tags_of(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        if "tag" in value:
            yield value["tag"]
        for part in value.values():
            yield from _tags_of(part)
    elif isinstance(value, list):
        for part in value:
            yield from _tags_of(part)
