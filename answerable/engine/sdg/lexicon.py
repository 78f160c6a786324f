"""Read the phrases by which a text is taken to speak of a goal: our own, one file for each of six languages."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from answerable.engine.writing_systems import fold, is_unspaced, words_of

LANGUAGES = ("ar", "en", "es", "fr", "ru", "zh")
"""The languages there is a lexicon for."""

_WITH_PLURALS = frozenset({"en", "es", "fr"})
_LETTERS_FOR_A_GAP = ("", "s", "z", "u", "i")
_LEAST_TO_INFLECT = 3
_ENGLISH_ES = ("s", "x", "z", "ch", "sh")
_SPANISH_VOWELS = "aeiouáéíóú"
# What many people leave out on a telephone, or in capitals.
_SIGNS_LEFT_OUT: Mapping[str, Mapping[int, str]] = {
    "es": str.maketrans(dict(zip("áéíóúüñ", "aeiouun", strict=True))),
    "fr": str.maketrans({**dict(zip("àâäçèéêëîïôöùûü", "aaaceeeeiioouuu", strict=True)), "œ": "oe"}),
}
_LEAST_WITHOUT_SIGNS = 4
_OTHER_WORDS_WITHOUT_SIGNS = frozenset({"marche", "cote", "mais"})
_GAP = ".."
_PIECE = re.compile(r"[^\s]+")


@dataclass(frozen=True, slots=True)
class Word:
    """
    Hold what one word of a phrase may be: one of some forms, or anything that begins like one of some beginnings.

    Up to `gap` other words may stand before it.
    """

    forms: frozenset[str]
    beginnings: tuple[str, ...]
    gap: int = 0

    def fits(self, word: str) -> bool:
        """Tell whether a folded word is one of these."""
        return word in self.forms or (bool(self.beginnings) and word.startswith(self.beginnings))


@dataclass(frozen=True, slots=True)
class Phrase:
    """
    Hold one phrase of a lexicon: the goal, the target if it tells one, and how telling it is.

    A weight of 3 is telling by itself, 2 with some support, 1 only supports; 0 keeps a word inside from counting, as
    "clinical trial" does with "trial". A phrase of a script without spaces is one
    `Word` with one form, sought anywhere in a run of characters.
    """

    goal: int
    target: str
    weight: int
    words: tuple[Word, ...]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Hold the phrases of one language."""

    language: str
    phrases: tuple[Phrase, ...]
    is_unspaced: bool


def code_of(language: str) -> str:
    """Return the code under which a language, given by its tag ("en", "zh-Hans"), has a lexicon; else nothing."""
    code = language.replace("_", "-").split("-")[0].casefold()
    return code if code in LANGUAGES else ""


def lexicon(language: str) -> Lexicon | None:
    """Return the lexicon of a language, given by its tag; None where there is none. It is read once."""
    code = code_of(language)
    return _read(code) if code else None


@cache
def _read(code: str) -> Lexicon:
    source = files("answerable.engine.sdg").joinpath("lexicon", f"{code}.txt").read_text(encoding="utf-8")
    phrases = tuple(_phrases(source, language=code))
    return Lexicon(code, phrases, is_unspaced=code == "zh")


def folded_word(word: str) -> str:
    """
    Return a word as the lexicon keeps it: folded, without the Arabic article, Russian ё as е, which many write for it.

    A word that begins like the article is cut like one, so that it is the same with an article and without.
    """
    folded = "".join(words_of(word)) or fold(word)
    again = "".join(words_of(folded))
    return (again or folded).replace("ё", "е")


def _phrases(source: str, *, language: str) -> Iterator[Phrase]:
    """Yield the phrases of a lexicon file: lines of goal or target, weight and phrases, divided by bars."""
    for line in source.splitlines():
        if not line or line.startswith("#"):
            continue
        code, weight, listed = (part.strip() for part in line.split("|"))
        goal = int(code.split(".")[0])
        target = code if "." in code else ""
        for phrase in listed.split(";"):
            words = tuple(_words(phrase, language=language))
            if words:
                yield Phrase(goal, target, int(weight), words)


def _words(phrase: str, *, language: str) -> Iterator[Word]:
    """Yield the words of a phrase as it is written in the file."""
    gap = 0
    for piece in _PIECE.findall(phrase):
        if piece == _GAP:
            gap = 3
            continue
        yield _word(piece, gap=gap, language=language)
        gap = 0


def _word(piece: str, *, gap: int, language: str) -> Word:
    """Return one word: "*" at its end stands for any ending, "?" for one letter that spellings differ in, or none."""
    is_beginning = piece.endswith("*")
    plain = piece.rstrip("*")
    spelt = {plain.replace("?", letter) for letter in _LETTERS_FOR_A_GAP} if "?" in plain else {plain}
    folded = {folded_word(form) for form in spelt}
    if is_beginning:
        return Word(frozenset(), tuple(sorted(_with_signs_left_out(folded, language))), gap)
    if language in _WITH_PLURALS and not is_unspaced(plain):
        folded = {form for word in folded for form in _with_plurals(word, language)}
    return Word(frozenset(_with_signs_left_out(folded, language)), (), gap)


def _with_signs_left_out(words: set[str], language: str) -> set[str]:
    """Return words, and those of four letters and more as they are written without accents, where that is usual."""
    signs = _SIGNS_LEFT_OUT.get(language)
    if signs is None:
        return words
    bare = {word.translate(signs) for word in words if len(word) >= _LEAST_WITHOUT_SIGNS}
    return words | (bare - _OTHER_WORDS_WITHOUT_SIGNS)


def _with_plurals(word: str, language: str) -> set[str]:
    """Return a word and its regular plural."""
    if len(word) < _LEAST_TO_INFLECT or word[-1].isdigit():
        return {word}
    if language == "en" and word[-1] == "y" and word[-2] not in "aeou":
        return {word, f"{word[:-1]}ies"}
    if language == "fr":
        return {word, f"{word}s", f"{word}x"} if word.endswith(("eau", "eu")) else {word, f"{word}s"}
    takes_es = word.endswith(_ENGLISH_ES) if language == "en" else word[-1] not in _SPANISH_VOWELS
    return {word, f"{word}es" if takes_es else f"{word}s"}
