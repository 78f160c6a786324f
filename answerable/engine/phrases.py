"""Read the phrases of a text that could name a theme: one to three words, or two to six characters."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import lru_cache

from answerable.engine.syllables import syllabic_spans
from answerable.engine.unspaced_words import LONGEST
from answerable.engine.vocabulary import joining_words, stemmer, stop_words
from answerable.engine.writing_systems import (
    SYLLABIC_SCRIPTS,
    fold,
    is_unspaced,
    unspaced_pattern,
    word_pattern,
)

MOST_CHARACTERS = 3_000
_LONGEST_WORDS = 3
_LONGEST_JOINING_WORD = 3
_LEAST_DIVIDING = 3
_ADDRESS = re.compile(r"https?://\S+|www\.\S+|(?<![^\s@])[^\s@]++@[^\s@.]++(?:\.[^\s@.]++)+")
Parts = tuple[str, ...]

_BETWEEN_WORDS = re.compile("[ \t\u00a0'’-]{1,2}")


@dataclass(frozen=True, slots=True)
class Phrase:
    """Hold one phrase of a text: the parts it is compared by, and the span `text[start:end]` it stands at."""

    parts: tuple[str, ...]
    start: int
    end: int


def phrases_of(
    text: str,
    *,
    language: str,
    among: Collection[Parts] | None = None,
    words: Collection[str] | None = None,
) -> Iterator[Phrase]:
    """
    Yield the candidate phrases of the first 3,000 characters: none begins or ends with a stop word.

    With `among`, only those phrases are looked for, which is faster. Of Chinese and Japanese only `words` are
    candidates (`unspaced_words` finds them), or all slices of two to six characters when none are given.
    """
    shortened = text[:MOST_CHARACTERS]
    has_slices = among is None or any(is_unspaced(parts[0]) for parts in among)
    if has_slices and not shortened.isascii():
        known = words if among is None else {parts[0] for parts in among}
        for first, last in _character_spans(shortened, language, known):
            parts = (shortened[first:last],)
            if among is None or parts in among:
                yield Phrase(parts, first, last)
    yield from _word_phrases(shortened, language, among)


def parts_of_phrases(text: str, *, language: str, words: Collection[str]) -> set[Parts]:
    """Return what the candidate phrases of a text are compared by, without the places they stand at."""
    shortened = text[:MOST_CHARACTERS]
    found = {parts for parts, _, _ in _word_runs(shortened, language, None)}
    if not shortened.isascii():
        found.update((shortened[first:last],) for first, last in _character_spans(shortened, language, words))
    return found


def question_parts(question: str, *, language: str) -> frozenset[str]:
    """Return the stems of the words of a question, and the slices of its runs in unspaced scripts."""
    return frozenset(part for phrase in phrases_of(question, language=language) for part in phrase.parts)


def _word_phrases(text: str, language: str, among: Collection[Parts] | None) -> Iterator[Phrase]:
    """Yield runs of one to three words with a space, hyphen, apostrophe or a very short word between them."""
    for parts, start, end in _word_runs(text, language, among):
        yield Phrase(parts, start, end)


def _word_runs(text: str, language: str, among: Collection[Parts] | None) -> Iterator[tuple[Parts, int, int]]:
    """Yield the parts and the span of runs of one to three words."""
    words = _words(text, language)
    firsts = None if among is None else {parts[0] for parts in among}
    joined = _BETWEEN_WORDS.fullmatch
    for first, (start, end, reading) in enumerate(words):
        if not reading.is_telling or (firsts is not None and reading.stem not in firsts):
            continue
        parts: Parts = (reading.stem,)
        last = end
        if among is None or parts in among:
            yield parts, start, end
        for next_start, next_end, following in words[first + 1 : first + _LONGEST_WORDS]:
            if not joined(text, last, next_start) or not (following.is_telling or following.is_joining):
                break
            parts, last = (*parts, following.stem), next_end
            if following.is_telling and (among is None or parts in among):
                yield parts, start, last


def without_addresses(text: str) -> str:
    """Return a text with spaces in the place of web and mail addresses, so that spans stay true."""
    return _ADDRESS.sub(_blank, text) if "@" in text or "://" in text or "www." in text else text


@lru_cache(maxsize=4_096)
def _words(text: str, language: str) -> tuple[tuple[int, int, "Reading"], ...]:
    """Return start, end and reading of each word of a text; texts that several themes look into are remembered."""
    plain = without_addresses(text)
    spaced = plain if plain.isascii() else unspaced_pattern().sub(_blank, plain)
    return tuple((*match.span(), reading(match[0], language)) for match in word_pattern().finditer(spaced))


@dataclass(frozen=True, slots=True)
class Reading:
    """Hold what a word is for phrases: its stem, whether it says something, whether it may stand inside."""

    stem: str
    is_telling: bool
    is_joining: bool


def are_joined(gap: str) -> bool:
    """Tell whether what stands between two words lets them be one phrase."""
    return _BETWEEN_WORDS.fullmatch(gap) is not None


@lru_cache(maxsize=200_000)
def reading(word: str, language: str) -> Reading:
    """Read one word as it is written."""
    folded = fold(word)
    is_telling = len(folded) > 1 and folded not in stop_words(language) and not folded.isdigit()
    joining = joining_words(language)
    is_joining = len(folded) <= _LONGEST_JOINING_WORD if joining is None else folded in joining
    return Reading(stemmer(language)(folded), is_telling, is_joining)


def _character_spans(text: str, language: str, words: Collection[str] | None) -> Iterator[tuple[int, int]]:
    """Yield the spans of the phrases in the runs of a text in unspaced scripts."""
    for run in unspaced_pattern().finditer(text):
        if SYLLABIC_SCRIPTS.match(text, run.start()):
            stops = stop_words(language)
            for begin, stop in _between_stops(text, run.start(), run.end(), stops):
                yield from syllabic_spans(text, begin, stop, stops=stops)
            continue
        for first in range(run.start(), run.end() - 1):
            for last in range(first + 2, min(first + LONGEST, run.end()) + 1):
                if words is None or text[first:last] in words:
                    yield first, last


def _between_stops(text: str, start: int, end: int, stops: frozenset[str]) -> Iterator[tuple[int, int]]:
    """Yield the spans of a run that lie between its stop words of three characters or more."""
    begin = start
    for match in _dividing(stops).finditer(text, start, end):
        yield begin, match.start()
        begin = match.end()
    yield begin, end


@lru_cache(maxsize=8)
def _dividing(stops: frozenset[str]) -> re.Pattern[str]:
    """Return the pattern of the stop words that are long enough to divide a run, the longest first."""
    words = sorted((word for word in stops if len(word) >= _LEAST_DIVIDING), key=lambda word: (-len(word), word))
    return re.compile("|".join(map(re.escape, words)) or r"(?!)")


def _blank(match: re.Match[str]) -> str:
    """Return as many spaces as a match is long, so that spans stay true."""
    return " " * len(match.group())
