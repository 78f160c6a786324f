"""Find the phrases of a lexicon in a text, with the place of each."""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import cache
from typing import NamedTuple, TypeAlias

from answerable.engine.sdg.lexicon import Lexicon, Phrase, code_of, folded_word, lexicon
from answerable.engine.writing_systems import word_pattern

_MOST_REMEMBERED = 100_000
_ARABIC_PREFIXES = "وفبكل"
_LEAST_ARABIC = 3
_CHARACTERS_A_WORD = 2
_plain_words = re.compile(r"[a-z0-9]+")
_Begun: TypeAlias = tuple[Phrase, frozenset[str] | None]


class Hit(NamedTuple):
    """Hold that a phrase begins with one word of a text and ends with another; characters are words of Chinese."""

    phrase: Phrase
    first: int
    last: int


class Matcher:
    """Find the phrases of one language; it remembers which words begin a phrase."""

    def __init__(self, lexicon: Lexicon) -> None:
        """Sort the phrases by their first words."""
        self._lexicon = lexicon
        self._exact: dict[str, list[Phrase]] = defaultdict(list)
        self._beginnings: dict[str, list[Phrase]] = defaultdict(list)
        self._known: dict[str, tuple[_Begun, ...]] = {}
        self._folded: dict[str, str] = {}
        for phrase in lexicon.phrases:
            for form in sorted(phrase.words[0].forms):
                self._exact[form].append(phrase)
            for beginning in phrase.words[0].beginnings:
                self._beginnings[beginning].append(phrase)
        self._pattern = _alternatives(self._exact) if lexicon.is_unspaced else None

    def hits(self, text: str) -> tuple[list[Hit], int]:
        """Return the phrases found in a text, in the order of their first words, and how many words it has."""
        if self._pattern is not None:
            return self._unspaced_hits(text, self._pattern)
        words = _words(text) if text.isascii() else [self._fold(one) for one in word_pattern().findall(text)]
        found: list[Hit] = []
        known = self._known
        for place, (word, following) in enumerate(zip(words, [*words[1:], ""], strict=False)):
            begun = known[word] if word in known else self._beginning_with(word)
            for phrase, seconds in begun:
                if seconds is None or following in seconds:
                    last = _end_of(phrase, words, place)
                    if last >= 0:
                        found.append(Hit(phrase, place, last))
        return found, len(words)

    def spans(self, text: str, hits: Iterable[Hit]) -> list[tuple[int, int]]:
        """Return where each hit in a text begins and ends, in characters."""
        if self._pattern is not None:
            return [(hit.first, hit.last + 1) for hit in hits]
        found = _plain_words.finditer(text.lower()) if text.isascii() else word_pattern().finditer(text)
        places = [one.span() for one in found]
        return [(places[hit.first][0], places[hit.last][1]) for hit in hits]

    def _beginning_with(self, word: str) -> tuple[_Begun, ...]:
        """Return the phrases whose first word a word may be, to be remembered, since words come back."""
        found = {
            id(phrase): phrase
            for form in _forms(word, self._lexicon.language)
            for phrase in [
                *self._exact.get(form, ()),
                *(one for cut in range(2, len(form) + 1) for one in self._beginnings.get(form[:cut], ())),
            ]
        }
        if len(self._known) >= _MOST_REMEMBERED:
            self._known.clear()
        self._known[word] = tuple((phrase, _seconds(phrase)) for phrase in found.values())
        return self._known[word]

    def _fold(self, word: str) -> str:
        """Return a word as the lexicon writes it, remembered."""
        known = self._folded.get(word)
        if known is None:
            if len(self._folded) >= _MOST_REMEMBERED:
                self._folded.clear()
            known = self._folded[word] = folded_word(word)
        return known

    def _unspaced_hits(self, text: str, pattern: re.Pattern[str]) -> tuple[list[Hit], int]:
        """Return the longest phrases found in a text without spaces, one after the other, and its length in words."""
        hits = [
            Hit(phrase, found.start(), found.end() - 1)
            for found in pattern.finditer(text)
            for phrase in self._exact[found.group()]
        ]
        return hits, len(text) // _CHARACTERS_A_WORD


def matcher(language: str) -> Matcher | None:
    """Return the matcher of a language, given by its tag; None where there is no lexicon. It is made once."""
    code = code_of(language)
    return _made(code) if code else None


@cache
def _made(code: str) -> Matcher | None:
    known = lexicon(code)
    return Matcher(known) if known else None


def _words(text: str) -> list[str]:
    """Return the words of a text in ASCII."""
    return _plain_words.findall(text.lower())


def _alternatives(phrases: dict[str, list[Phrase]]) -> re.Pattern[str]:
    """Return a pattern of all phrases, the longest first."""
    return re.compile("|".join(re.escape(one) for one in sorted(phrases, key=lambda one: (-len(one), one))))


def _forms(word: str, language: str) -> tuple[str, ...]:
    """Return a word, and in Arabic also what is left without the letters that are written onto its front."""
    if language != "ar" or len(word) <= _LEAST_ARABIC or word[0] not in _ARABIC_PREFIXES:
        return (word,)
    return word, word[1:]


def _seconds(phrase: Phrase) -> frozenset[str] | None:
    """Return the words one of which must follow the first; None where that cannot be told by looking them up."""
    if len(phrase.words) == 1 or phrase.words[1].gap or phrase.words[1].beginnings:
        return None
    return phrase.words[1].forms


def _end_of(phrase: Phrase, words: Sequence[str], place: int) -> int:
    """Return the place of the last word of a phrase that begins at a place, -1 when the phrase is not there."""
    count = len(words)
    for word in phrase.words[1:]:
        farthest = min(place + 1 + word.gap, count - 1)
        place += 1
        while place <= farthest and not word.fits(words[place]):
            place += 1
        if place > farthest:
            return -1
    return place
