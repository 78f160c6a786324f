"""Find the phrases of many texts at once: words are read once each, and their runs worked out in arrays."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from answerable.engine.arrays import sorted_distinct
from answerable.engine.phrases import MOST_CHARACTERS, Parts, are_joined, parts_of_phrases, reading, without_addresses
from answerable.engine.unspaced_words import unspaced_words
from answerable.engine.vocabulary import stop_words
from answerable.engine.writing_systems import unspaced_pattern, word_pattern

_BITS = 21
_MOST_STEMS = 2**_BITS - 1

Numbers = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class PhraseTable:
    """
    Hold which phrases each of n texts has.

    Text i has the phrases with the numbers `flat[starts[i]:starts[i + 1]]`, indexes into `phrases`, in rising order.
    `occurrences` is how often each phrase occurs in all texts together; slices of unspaced scripts count once a text.
    """

    phrases: list[Parts]
    starts: Numbers
    flat: npt.NDArray[np.int32]
    occurrences: Numbers


def phrase_table(texts: Sequence[str], *, language: str, common: frozenset[str]) -> PhraseTable:
    """Return the candidate phrases of all texts, without those of which every part is a common one."""
    spaced, others = _WordRuns(language), []
    words = unspaced_words(texts, stops=stop_words(language))
    for row, text in enumerate(texts):
        shortened = text[:MOST_CHARACTERS]
        if shortened.isascii() or not unspaced_pattern().search(shortened):
            spaced.add(row, without_addresses(shortened))
        else:
            others.append((row, parts_of_phrases(text, language=language, words=words)))
    phrases, owners, numbers = spaced.found(common)
    known = {parts: number for number, parts in enumerate(phrases)}
    more = [
        (row, known.setdefault(parts, len(known)))
        for row, found in others
        for parts in sorted(found)
        if not common.issuperset(parts)
    ]
    extra = np.array(more, dtype=np.int64).reshape(-1, 2)
    owners, numbers = np.concatenate([owners, extra[:, 0]]), np.concatenate([numbers, extra[:, 1]])
    keyed = sorted_distinct(owners * max(1, len(known)) + numbers)
    ends = np.bincount(keyed // max(1, len(known)), minlength=len(texts)).cumsum()
    return PhraseTable(
        list(known),
        np.concatenate(([0], ends)).astype(np.int64),
        (keyed % max(1, len(known))).astype(np.int32),
        np.bincount(numbers, minlength=len(known)),
    )


class _WordRuns:
    """Gather the words of texts, and find the runs of one to three of them that are phrases."""

    def __init__(self, language: str) -> None:
        self._language = language
        self._words: dict[str, int] = {}
        self._gaps: dict[str, int] = {}
        self._flat: list[int] = []
        self._before: list[int] = []
        self._rows: list[int] = []
        self._sizes: list[int] = []

    def add(self, row: int, text: str) -> None:
        """Add the words of one text, and what stands before each."""
        pieces = _splitting_pattern().split(text)
        words, gaps = self._words, self._gaps
        self._flat += [words.setdefault(word, len(words)) for word in pieces[1::2]]
        self._before += [gaps.setdefault(gap, len(gaps)) for gap in pieces[:-1:2]]
        self._rows.append(row)
        self._sizes.append(len(pieces) // 2)

    def found(self, common: frozenset[str]) -> tuple[list[Parts], Numbers, Numbers]:
        """Return the phrases, and row and phrase of each run; the same run may come back within a row."""
        read = [reading(word, self._language) for word in self._words]
        stems = {stem: number for number, stem in enumerate(sorted({one.stem for one in read}))}
        if len(stems) >= _MOST_STEMS:
            message = f"More than {_MOST_STEMS:,} different words in one question and language."
            raise ValueError(message)
        flat = np.array(self._flat, dtype=np.int64)
        stem = np.array([stems[one.stem] for one in read], dtype=np.int64)[flat]
        telling = np.array([one.is_telling for one in read], dtype=bool)[flat]
        inner = telling | np.array([one.is_joining for one in read], dtype=bool)[flat]
        usual = np.array([one.stem in common for one in read], dtype=bool)[flat]
        owner = np.repeat(np.array(self._rows, dtype=np.int64), self._sizes)
        joined = np.array([are_joined(gap) for gap in self._gaps], dtype=bool)[np.array(self._before, dtype=np.int64)]
        keys, owners = _runs(stem, owner, telling=telling, inner=inner, usual=usual, joined=joined)
        distinct, numbers = np.unique(keys, return_inverse=True)
        names = list(stems)
        return [_parts(int(key), names) for key in distinct], owners, numbers.astype(np.int64)


def _runs(
    stem: Numbers, owner: Numbers, *, telling: Flags, inner: Flags, usual: Flags, joined: Flags
) -> tuple[Numbers, Numbers]:
    """Return a key and the owner of each run of one to three words that is a phrase and not wholly usual."""
    linked = joined[1:] & (owner[1:] == owner[:-1])
    pair = telling[:-1] & linked & telling[1:] & ~(usual[:-1] & usual[1:])
    triple = telling[:-2] & linked[:-1] & inner[1:-1] & linked[1:] & telling[2:]
    triple &= ~(usual[:-2] & usual[1:-1] & usual[2:])
    alone = telling & ~usual
    one = stem + 1
    keys = [
        one[alone] << 2 * _BITS,
        (one[:-1][pair] << 2 * _BITS) | (one[1:][pair] << _BITS),
        (one[:-2][triple] << 2 * _BITS) | (one[1:-1][triple] << _BITS) | one[2:][triple],
    ]
    return np.concatenate(keys), np.concatenate([owner[alone], owner[:-1][pair], owner[:-2][triple]])


def _parts(key: int, stems: list[str]) -> Parts:
    """Return the stems of a key."""
    numbers = (key >> 2 * _BITS, key >> _BITS & _MOST_STEMS, key & _MOST_STEMS)
    return tuple(stems[number - 1] for number in numbers if number)


@lru_cache(maxsize=1)
def _splitting_pattern() -> re.Pattern[str]:
    """Return the pattern that splits a text into words and what stands between them, by turns."""
    return re.compile(f"({word_pattern().pattern})")
