"""Read the words of many texts once each, find the runs of them that are phrases, and how such a run is written."""

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from functools import lru_cache
from itertools import count

import numpy as np
import numpy.typing as npt

from answerable.engine.arrays import ranges
from answerable.engine.phrases import Parts, are_joined, reading
from answerable.engine.writing_systems import word_pattern

_BITS = 21
_MOST_STEMS = 2**_BITS - 1

Numbers = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]


class WordRuns:
    """Hold the words of texts of one language with what stands before each, one text after the other."""

    def __init__(self, texts: Sequence[tuple[int, str]], *, language: str) -> None:
        """Read texts, each given with the number of its row; rows rise. Raises ValueError for too many words."""
        words: defaultdict[str, int] = defaultdict(count().__next__)
        gaps: defaultdict[str, int] = defaultdict(count().__next__)
        flat: list[int] = []
        before: list[int] = []
        sizes: list[int] = []
        split = _splitting_pattern().split
        for _, text in texts:
            pieces = split(text)
            flat += map(words.__getitem__, pieces[1::2])
            before += map(gaps.__getitem__, pieces[:-1:2])
            sizes.append(len(pieces) // 2)
        self._words, self._gaps = list(words), list(gaps)
        self._flat, self._before = np.array(flat, dtype=np.int32), np.array(before, dtype=np.int32)
        self._rows = np.array([row for row, _ in texts], dtype=np.int64)
        self._ends = np.cumsum(np.array([0, *sizes], dtype=np.int64))
        self._read(language)

    def _read(self, language: str) -> None:
        """Read each different word once, and say of every word in the texts what it is."""
        read = [reading(word, language) for word in self._words]
        self._stems = {stem: number for number, stem in enumerate(sorted({one.stem for one in read}))}
        if len(self._stems) >= _MOST_STEMS:
            message = f"More than {_MOST_STEMS:,} different words in one question and language."
            raise ValueError(message)
        self._stem = np.array([self._stems[one.stem] for one in read], dtype=np.int32)[self._flat]
        self._telling = np.array([one.is_telling for one in read], dtype=bool)[self._flat]
        self._inner = self._telling | np.array([one.is_joining for one in read], dtype=bool)[self._flat]
        self._joined = np.array([are_joined(gap) for gap in self._gaps], dtype=bool)[self._before]
        # The first word of a text is joined to none, whatever ends the text before it.
        self._joined[self._ends[:-1][self._ends[:-1] < len(self._flat)]] = False

    def phrases(self, common: frozenset[str]) -> tuple[list[Parts], Numbers, Numbers, Numbers]:
        """
        Return the phrases with a part that is not common, and row and phrase of each run, with repetitions.

        After the phrases come, for each, the numbers of the phrases that its single parts are, -1 where one is none.
        """
        usual = np.zeros(len(self._stems), dtype=bool)
        usual[[self._stems[stem] for stem in common if stem in self._stems]] = True
        keys, owners = self._runs(usual[self._stem])
        distinct, numbers = np.unique(keys, return_inverse=True)
        names = list(self._stems)
        phrases = [_parts(key, names) for key in distinct.tolist()]
        return phrases, _singles(distinct), self._rows[owners], numbers.astype(np.int64)

    def forms(self, chosen: Sequence[Parts], rows: Numbers) -> dict[Parts, Counter[str]]:
        """Return for each phrase how often some rows write it in which form; a phrase they do not have has none."""
        known = np.searchsorted(self._rows, rows)
        known = known[known < len(self._rows)]
        known = known[np.isin(self._rows[known], rows)]
        places = ranges(self._ends[known], self._ends[known + 1])
        return {parts: self._forms_of(parts, places) for parts in chosen}

    def _forms_of(self, parts: Parts, places: Numbers) -> Counter[str]:
        """Return how often a phrase that begins at one of some places is written in which form."""
        forms: Counter[str] = Counter()
        if any(part not in self._stems for part in parts):
            return forms
        length = len(parts)
        found = places[(self._stem[places] == self._stems[parts[0]]) & self._telling[places]]
        for further, part in enumerate(parts[1:], start=1):
            found = found[found + further < len(self._flat)]
            fitting = self._telling if further == length - 1 else self._inner
            following = found + further
            found = found[self._joined[following] & (self._stem[following] == self._stems[part]) & fitting[following]]
        columns = [self._flat[found]]
        for further in range(1, length):
            columns += [self._before[found + further], self._flat[found + further]]
        for (first, *others), times in Counter(zip(*(one.tolist() for one in columns), strict=True)).items():
            written = self._words[first]
            for gap, word in zip(others[::2], others[1::2], strict=True):
                written += self._gaps[gap] + self._words[word]
            forms[" ".join(written.split())] += times
        return forms

    def _runs(self, usual: Flags) -> tuple[Numbers, Numbers]:
        """Return a key and the owner of each run of one to three words that is a phrase and not wholly usual."""
        telling, inner, linked = self._telling, self._inner, self._joined[1:]
        owner = np.repeat(np.arange(len(self._rows), dtype=np.int64), np.diff(self._ends))
        pair = telling[:-1] & linked & telling[1:] & ~(usual[:-1] & usual[1:])
        triple = telling[:-2] & linked[:-1] & inner[1:-1] & linked[1:] & telling[2:]
        triple &= ~(usual[:-2] & usual[1:-1] & usual[2:])
        alone = telling & ~usual
        one = self._stem.astype(np.int64) + 1
        keys = [
            one[alone] << 2 * _BITS,
            (one[:-1][pair] << 2 * _BITS) | (one[1:][pair] << _BITS),
            (one[:-2][triple] << 2 * _BITS) | (one[1:-1][triple] << _BITS) | one[2:][triple],
        ]
        return np.concatenate(keys), np.concatenate([owner[alone], owner[:-1][pair], owner[:-2][triple]])


def _singles(keys: Numbers) -> Numbers:
    """Return for each of some rising keys the places of those of its single parts, -1 where there is none."""
    columns = []
    for shift in (2 * _BITS, _BITS, 0):
        wanted = (keys >> shift & _MOST_STEMS) << 2 * _BITS
        places = np.minimum(np.searchsorted(keys, wanted), max(0, len(keys) - 1))
        columns.append(np.where(keys[places] == wanted, places, -1) if len(keys) else places)
    return np.stack(columns, axis=1)


def _parts(key: int, stems: list[str]) -> Parts:
    """Return the stems of a key."""
    numbers = (key >> 2 * _BITS, key >> _BITS & _MOST_STEMS, key & _MOST_STEMS)
    return tuple(stems[number - 1] for number in numbers if number)


@lru_cache(maxsize=1)
def _splitting_pattern() -> re.Pattern[str]:
    """Return the pattern that splits a text into words and what stands between them, by turns."""
    return re.compile(f"({word_pattern().pattern})")
