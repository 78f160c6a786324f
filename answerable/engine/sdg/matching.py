"""Find the phrases of a lexicon in a text, with the place of each."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from itertools import islice
from typing import NamedTuple, TypeAlias

from answerable.engine.sdg.lexicon import Lexicon, Phrase, code_of, folded_word, lexicon
from answerable.engine.writing_systems import word_pattern

_MOST_REMEMBERED, _MOST_PAIRS = 100_000, 300_000
_ARABIC_PREFIXES = "وفبكل"
_LEAST_ARABIC = 3
_CHARACTERS_A_WORD = 2
_plain_words = re.compile(r"[a-z0-9]+")
# A phrase with the number of its words, 0 where the words after the first have still to be looked for.
_Started: TypeAlias = tuple[Phrase, int]


class _Begun(dict[str, tuple[_Started, ...]]):
    """Hold the phrases that a word may begin: by the word that follows, "" for none, those that may be there."""

    def __init__(self, phrases: Iterable[Phrase], *, remembered: Callable[[], None]) -> None:
        """Take the phrases in their order; `remembered` is told of each word that is looked up for the first time."""
        super().__init__()
        self._phrases = tuple(phrases)
        self._remembered = remembered

    def __missing__(self, following: str) -> tuple[_Started, ...]:
        """Return the phrases that may be there when a word follows, to be remembered, since pairs come back."""
        self._remembered()
        found = tuple((phrase, _ready(phrase)) for phrase in self._phrases if _may_go_on(phrase, following))
        self[following] = found
        return found


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
        self._known: dict[str, _Begun] = {}
        self._silent: set[str] = set()
        self._pairs = 0
        self._folded: dict[str, str] = {}
        for phrase in lexicon.phrases:
            for form in sorted(phrase.words[0].forms):
                self._exact[form].append(phrase)
            for beginning in phrase.words[0].beginnings:
                self._beginnings[beginning].append(phrase)
        self._lengths = _lengths(self._exact) if lexicon.is_unspaced else {}

    def hits(self, text: str) -> tuple[list[Hit], int]:
        """Return the phrases found in a text, in the order of their first words, and how many words it has."""
        if self._lexicon.is_unspaced:
            return self._unspaced_hits(text)
        words = _words(text) if text.isascii() else self._folded_words(text)
        if self._pairs >= _MOST_PAIRS:
            self._forget()
        found: list[Hit] = []
        known, silent, begin, following = self._known, self._silent, self._beginning_with, [*words[1:], ""]
        # Most words begin nothing, and most others are not followed by what they would need.
        for place, started in [
            (place, started)
            for place, word in enumerate(words)
            if word not in silent and (started := (known[word] if word in known else begin(word))[following[place]])
        ]:
            for phrase, length in started:
                last = place + length - 1 if length else _end_of(phrase, words, place)
                if last >= 0:
                    found.append(Hit(phrase, place, last))
        return found, len(words)

    def spans(self, text: str, hits: Iterable[Hit]) -> list[tuple[int, int]]:
        """Return where each hit in a text begins and ends, in characters."""
        if self._lexicon.is_unspaced:
            return [(hit.first, hit.last + 1) for hit in hits]
        known = list(hits)
        found = _plain_words.finditer(text.lower()) if text.isascii() else word_pattern().finditer(text)
        places = list(islice(found, max((hit.last for hit in known), default=-1) + 1))
        return [(places[hit.first].start(), places[hit.last].end()) for hit in known]

    def _beginning_with(self, word: str) -> _Begun:
        """Return the phrases whose first word a word may be, to be remembered, since words come back."""
        found = {
            id(phrase): phrase
            for form in _forms(word, self._lexicon.language)
            for phrase in [
                *self._exact.get(form, ()),
                *(one for cut in range(2, len(form) + 1) for one in self._beginnings.get(form[:cut], ())),
            ]
        }
        if len(self._known) + len(self._silent) >= _MOST_REMEMBERED:
            self._forget()
        begun = _Begun(found.values(), remembered=self._count)
        if found:
            self._known[word] = begun
        else:
            self._silent.add(word)
        return begun

    def _count(self) -> None:
        """Count one more pair of words that is remembered."""
        self._pairs += 1

    def _forget(self) -> None:
        """Forget which words begin what, so that no more is remembered than is of use."""
        self._known.clear()
        self._silent.clear()
        self._pairs = 0

    def _folded_words(self, text: str) -> list[str]:
        """Return the words of a text as the lexicon writes them."""
        folded = self._folded
        return [folded[word] if word in folded else self._fold(word) for word in word_pattern().findall(text)]

    def _fold(self, word: str) -> str:
        """Return a word as the lexicon writes it, to be remembered."""
        if len(self._folded) >= _MOST_REMEMBERED:
            self._folded.clear()
        self._folded[word] = folded_word(word)
        return self._folded[word]

    def _unspaced_hits(self, text: str) -> tuple[list[Hit], int]:
        """Return the longest phrases found in a text without spaces, one after the other, and its length in words."""
        hits: list[Hit] = []
        exact, lengths = self._exact, self._lengths
        free = 0
        for place in [place for place, character in enumerate(text) if character in lengths]:
            if place < free:
                continue
            for length in lengths[text[place]]:
                if text[place : place + length] in exact:
                    free = place + length
                    hits += [Hit(phrase, place, free - 1) for phrase in exact[text[place:free]]]
                    break
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


def _lengths(phrases: Iterable[str]) -> dict[str, tuple[int, ...]]:
    """Return for each character that phrases begin with how long these are, the longest first."""
    found: dict[str, set[int]] = defaultdict(set)
    for phrase in phrases:
        found[phrase[0]].add(len(phrase))
    return {character: tuple(sorted(lengths, reverse=True)) for character, lengths in found.items()}


def _forms(word: str, language: str) -> tuple[str, ...]:
    """Return a word, and in Arabic also what is left without the letters that are written onto its front."""
    if language != "ar" or len(word) <= _LEAST_ARABIC or word[0] not in _ARABIC_PREFIXES:
        return (word,)
    return word, word[1:]


def _ready(phrase: Phrase) -> int:
    """Return how many words a phrase has of which the first two are there, 0 when there may be more to look for."""
    if len(phrase.words) == 1:
        return 1
    return 2 if len(phrase.words) == 2 and not phrase.words[1].gap else 0  # noqa: PLR2004


def _may_go_on(phrase: Phrase, following: str) -> bool:
    """Tell whether a phrase whose first word is there may be there with a certain word after it, "" for none."""
    return len(phrase.words) == 1 or phrase.words[1].gap > 0 or phrase.words[1].fits(following)


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
