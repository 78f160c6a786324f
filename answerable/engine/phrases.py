"""Read the phrases of a text that could name a theme: one to three words, or two to six characters."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from answerable.engine.vocabulary import stemmer, stop_words
from answerable.engine.writing_systems import fold, is_whole_characters, unspaced_pattern, word_pattern

_MOST_CHARACTERS = 3_000
_LONGEST_WORDS, _LONGEST_CHARACTERS = 3, 6
_LONGEST_JOINING_WORD = 3
_HIRAGANA_ONLY = re.compile("[\u3040-\u309f]+")
_BETWEEN_WORDS = re.compile("[ \t\u00a0'’-]{1,2}")


@dataclass(frozen=True, slots=True)
class Phrase:
    """Hold one phrase of a text: the parts it is compared by, and the span `text[start:end]` it stands at."""

    parts: tuple[str, ...]
    start: int
    end: int


def phrases_of(text: str, *, language: str) -> Iterator[Phrase]:
    """Yield the candidate phrases of the first 3,000 characters: none begins or ends with a stop word."""
    shortened = text[:_MOST_CHARACTERS]
    stops = stop_words(language)
    for run in unspaced_pattern().finditer(shortened):
        yield from _character_phrases(shortened, run.start(), run.end(), stops)
    yield from _word_phrases(shortened, language, stops)


def question_parts(question: str, *, language: str) -> frozenset[str]:
    """Return the stems of the words of a question, and the slices of its runs in unspaced scripts."""
    return frozenset(part for phrase in phrases_of(question, language=language) for part in phrase.parts)


def _word_phrases(text: str, language: str, stops: frozenset[str]) -> Iterator[Phrase]:
    """Yield runs of one to three words with a space, hyphen, apostrophe or a very short word between them."""
    stem = stemmer(language)
    spans = [match.span() for match in word_pattern().finditer(unspaced_pattern().sub(_blank, text))]
    words = [fold(text[start:end]) for start, end in spans]
    telling = [len(word) > 1 and word not in stops and not word.isdigit() for word in words]
    for first, (start, _) in enumerate(spans):
        if not telling[first]:
            continue
        for last in range(first, min(first + _LONGEST_WORDS, len(spans))):
            if last > first and not _BETWEEN_WORDS.fullmatch(text, spans[last - 1][1], spans[last][0]):
                break
            if not telling[last] and len(words[last]) > _LONGEST_JOINING_WORD:
                break
            if telling[last]:
                parts = tuple(stem(word) for word in words[first : last + 1])
                yield Phrase(parts, start, spans[last][1])


def _character_phrases(text: str, start: int, end: int, stops: frozenset[str]) -> Iterator[Phrase]:
    """Yield slices of a run of an unspaced script."""
    for first in range(start, end - 1):
        for last in range(first + 2, min(first + _LONGEST_CHARACTERS, end) + 1):
            piece = text[first:last]
            if not is_whole_characters(piece, following=text[last : last + 1]):
                continue
            if _HIRAGANA_ONLY.fullmatch(piece) or _has_stop_at_an_end(piece, stops):
                continue
            yield Phrase((piece,), first, last)


def _has_stop_at_an_end(piece: str, stops: frozenset[str]) -> bool:
    """Tell whether a slice is a stop word, or begins or ends with one."""
    return any(piece[:length] in stops or piece[-length:] in stops for length in range(1, min(len(piece), 3) + 1))


def _blank(match: re.Match[str]) -> str:
    """Return as many spaces as a match is long, so that spans stay true."""
    return " " * len(match.group())
