"""Choose the fonts a text needs from those installed, and find the scripts for which there are none."""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Literal

import typst

from answerable.documents.languages import direction_of, language_tag, primary_language
from answerable.documents.pdf.coverage import EMBEDDED_CHARACTERS, characters_of

Voice = Literal["ui", "voice", "mono"]

EMBEDDED_FAMILY = "Libertinus Serif"
"""The one family inside the PDF engine that serves running text."""

_REGULAR = 400
_LATIN: dict[Voice, tuple[str, ...]] = {
    "ui": ("Noto Sans", "DejaVu Sans", EMBEDDED_FAMILY),
    "voice": ("Noto Serif", "DejaVu Serif", EMBEDDED_FAMILY),
    "mono": ("Noto Sans Mono", "DejaVu Sans Mono", EMBEDDED_FAMILY),
}
_ARABIC: dict[Voice, tuple[str, ...]] = {
    "ui": ("Noto Sans Arabic", "Noto Naskh Arabic"),
    "voice": ("Noto Naskh Arabic", "Noto Sans Arabic"),
    "mono": ("Noto Sans Arabic",),
}
_VARIATION_SELECTORS = frozenset({*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0)})
_CJK_REGIONS = {"ja": "JP", "ko": "KR", "zh": "SC"}
_CJK_TRADITIONAL = {"hant", "tw", "hk", "mo"}

_SCRIPT_ENDS = frozenset(
    [
        "capital",
        "character",
        "consonant",
        "digit",
        "ideograph",
        "letter",
        "mark",
        "number",
        "sign",
        "small",
        "syllable",
        "vowel",
    ]
)


@dataclass(frozen=True)
class InstalledFonts:
    """Hold the fonts found on the machine: the engine's own list, and where the regular style of each family is."""

    engine: typst.Fonts
    files: dict[str, tuple[str, int]]

    def has(self, family: str) -> bool:
        """Return whether a family is there."""
        return family == EMBEDDED_FAMILY or family in self.files

    def characters(self, family: str) -> frozenset[int]:
        """Return the code points a family has."""
        if family not in self.files:
            return EMBEDDED_CHARACTERS if family == EMBEDDED_FAMILY else frozenset()
        path, index = self.files[family]
        return characters_of(path, index=index)


@lru_cache(maxsize=4)
def installed_fonts(folders: tuple[Path, ...], *, with_system: bool) -> InstalledFonts:
    """Return the fonts of these folders and, when wanted, of the system; each set is looked for once."""
    engine = typst.Fonts(include_system_fonts=with_system, font_paths=list(folders))
    regular: dict[str, tuple[int, str, int]] = {}
    for font in engine.fonts():
        if font.path is not None:
            distance = abs(font.weight - _REGULAR) + (0 if font.style == "normal" else _REGULAR)
            regular[font.family] = min(regular.get(font.family, (10_000, "", 0)), (distance, font.path, font.index))
    return InstalledFonts(engine, {family: place[1:] for family, place in sorted(regular.items())})


def families_for(language: str, *, voice: Voice, points: frozenset[int], fonts: InstalledFonts) -> list[str]:
    """Return families in the order to try them: those that suit the language, then those that fill its gaps."""
    chain = [family for family in _preferred(language, voice=voice) if fonts.has(family)]
    gaps = points.difference(*(fonts.characters(family) for family in chain))
    for family in sorted(fonts.files, key=lambda name: (not name.startswith("Noto Sans"), name)):
        if not gaps:
            break
        if family not in chain and gaps & fonts.characters(family):
            chain.append(family)
            gaps -= fonts.characters(family)
    return chain


def uncovered(points: Iterable[int], *, fonts: InstalledFonts) -> frozenset[int]:
    """Return the code points that no font has, of those that are drawn at all."""
    drawn = frozenset(point for point in points if not is_invisible(point))
    chain = families_for("", voice="ui", points=drawn, fonts=fonts)
    return drawn.difference(*(fonts.characters(family) for family in chain))


def is_invisible(point: int) -> bool:
    """Return whether a character is one that shapes or parts others and is not drawn itself."""
    return point in _VARIATION_SELECTORS or unicodedata.category(chr(point)) in {"Cc", "Cf", "Zl", "Zp", "Zs"}


def is_of_a_script(point: int) -> bool:
    """Return whether a character is a letter, mark or digit, and so cannot be told by its name without loss."""
    return unicodedata.category(chr(point))[0] in "LMN"


def script_of(point: int) -> str:
    """Return the English name of a character's script, read from its Unicode name."""
    words = unicodedata.name(chr(point), "UNKNOWN").replace("-", " ").split()
    if words[0] == "CJK":
        return "Han"
    ends = [place for place, word in enumerate(words) if word.lower() in _SCRIPT_ENDS]
    return " ".join(words[: ends[0] if ends and ends[0] else 1]).title()


def _preferred(language: str, *, voice: Voice) -> list[str]:
    """Return the families that suit a language; the others follow, so that a foreign word finds its letters too."""
    primary = primary_language(language)
    other: Voice = "ui" if voice == "voice" else "voice"
    start: list[str] = []
    if primary in _CJK_REGIONS:
        start = _cjk(language, voice=voice)
    elif direction_of(language) == "rtl":
        start = list(_ARABIC[voice])
    families = [*start, *_LATIN[voice], *_ARABIC[voice], *_cjk(language, voice=voice), *_LATIN[other]]
    return list(dict.fromkeys(families))


def _cjk(language: str, *, voice: Voice) -> list[str]:
    region = _CJK_REGIONS.get(primary_language(language), "SC")
    if region == "SC" and _CJK_TRADITIONAL & set(language_tag(language).lower().split("-")):
        region = "TC"
    kinds = {"ui": ("Sans", "Serif"), "voice": ("Serif", "Sans"), "mono": ("Sans Mono", "Sans")}[voice]
    return [f"Noto {kind} CJK {region}" for kind in kinds]
