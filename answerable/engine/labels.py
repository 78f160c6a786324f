"""Name themes in the words of the contributions themselves."""

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

import numpy as np
import numpy.typing as npt

from answerable.engine.arrays import ranges
from answerable.engine.phrase_table import PhraseTable, phrase_table
from answerable.engine.phrases import Parts, phrases_of, question_parts
from answerable.engine.plain_words import plain_stems
from answerable.engine.writing_systems import SYLLABIC_SCRIPTS, is_arabic, is_unspaced, unspaced_pattern

_SURFACE_TEXTS = 60
_LENGTH_WEIGHTS = {1: 1.0, 2: 1.4, 3: 1.5}
_LENGTH_SCALES = np.array([0.0, *_LENGTH_WEIGHTS.values()])
_LEAST_SHARE_OF_A_LONG_PHRASE = 0.05
_CANDIDATES = 60
_WEIGHT_OF_A_PLAIN_WORD, _WEIGHT_OF_PLAIN_WORDS = 0.25, 0.5
_MARGIN = 1e-6
_USUAL_TEXTS = 2
_SAME_BEGINNING = 5
_LEAST_ARABIC_STEM = 3
_FIXED_NEIGHBOUR = 0.7
_SEPARATORS = {"ar": "، ", "fa": "، ", "ur": "، ", "ps": "، ", "zh": "、", "ja": "、"}
_LONGEST_LABEL = 60

Numbers = npt.NDArray[np.int64]


class PhraseBook:
    """Hold which phrases each text of one language has, so that any group of texts can be named against another."""

    def __init__(self, texts: Sequence[str], *, language: str, question: str = "") -> None:
        """Read the phrases of all texts; words of the question name no theme, since all its answers share them."""
        self._texts = texts
        self._language = language
        table = phrase_table(texts, language=language, common=question_parts(question, language=language))
        self._table = table
        self._phrases = table.phrases
        self._plain = plain_stems(language)
        having = np.bincount(table.flat, minlength=len(table.phrases))
        own = np.append((table.occurrences + _USUAL_TEXTS) / (having + _USUAL_TEXTS), 0.0)
        # How much oftener than once those who use a phrase use it, or the most bursty of its words.
        self._burstiness = np.maximum(own[:-1], own[table.singles].max(axis=1))
        self._lengths = np.array([min(_length(parts), 3) for parts in table.phrases], dtype=np.int64)
        self._scales = self._burstiness * _LENGTH_SCALES[self._lengths]
        self._scales *= [self._weight_of(parts) for parts in table.phrases]
        self._counted: tuple[Sequence[int], Numbers] | None = None

    def key_phrases(self, rows: Sequence[int], *, among: Sequence[int], count: int) -> tuple[str, ...]:
        """
        Return up to `count` phrases that set some rows apart from those they are `among`, as most of them write it.

        The weight of a phrase is p ln((p + e) / (q + e)), where p and q are the shares of texts with it inside and
        outside (pointwise Kullback-Leibler divergence), more for longer phrases, and more for words that come back in a
        text: what a text is about does, and what merely tells a story does not (Katz, "Distribution of content words
        and phrases in text and language modelling", Natural Language Engineering 2, 1996). A plain word, which says no
        more than when or how many, weighs a quarter and fills no label up; two or three of them weigh half.
        """
        chosen = self._chosen(rows, among=among, count=count)
        forms = self._surfaces(chosen)
        return tuple(forms[parts] for parts in chosen)

    def share_words(self, rows: Sequence[int], *, among: Sequence[int], least: int) -> bool:
        """Tell whether there are at least so many key phrases that two of the rows or more have in common."""
        chosen = self._chosen(rows, among=among, count=least)
        return sum(len(having) > 1 for having in chosen.values()) >= least

    def _chosen(self, rows: Sequence[int], *, among: Sequence[int], count: int) -> dict[Parts, list[int]]:
        """Return the key phrases, the weightiest first, with the rows that have each."""
        own = _PhrasesOfRows(self._table, rows)
        inside = np.bincount(own.numbers, minlength=len(self._phrases))
        ranked = self._ranked(inside, self._counts(among), size=len(rows), size_of_all=len(among))
        chosen: dict[Parts, list[int]] = {}
        for number in ranked:
            if len(chosen) == count:
                break
            parts = self._phrases[number]
            is_padding = self._is_plain_word(parts) and not all(map(self._is_plain_word, chosen))
            if not is_padding and not any(_overlap(parts, other) for other in chosen):
                having = own.having(number)
                if self._is_whole(parts, having):
                    chosen[parts] = having
        return chosen

    def _counts(self, rows: Sequence[int]) -> Numbers:
        """Return how many of some rows have each phrase; the last answer is kept, since themes share it."""
        if self._counted is None or self._counted[0] is not rows:
            self._counted = (rows, np.bincount(_PhrasesOfRows(self._table, rows).numbers, minlength=len(self._phrases)))
        return self._counted[1]

    def _ranked(self, inside: Numbers, everywhere: Numbers, *, size: int, size_of_all: int) -> list[int]:
        """Return the numbers of the weightiest phrases, the best first, ties in the order of the alphabet."""
        outside = max(1, size_of_all - size)
        smoothing = 0.5 / max(size, 2)
        weighed = []
        for number in self._likeliest(inside, everywhere, size=size, size_of_all=size_of_all):
            times, parts = int(inside[number]), self._phrases[number]
            own, other = times / size, (int(everywhere[number]) - times) / outside
            # With nothing to stand out from, the most shared phrase names the theme.
            contrast = math.log((own + smoothing) / (other + smoothing)) if size < size_of_all else 1.0
            weight = own * contrast * _LENGTH_WEIGHTS[int(self._lengths[number])] * float(self._burstiness[number])
            weighed.append((round(weight * self._weight_of(parts), 9), parts, number))
        weighed.sort(key=lambda one: (-one[0], one[1]))
        return [number for _, _, number in weighed[:_CANDIDATES]]

    def _is_plain_word(self, parts: Parts) -> bool:
        """Tell whether a phrase is one plain word."""
        return len(parts) == 1 and parts[0] in self._plain

    def _weight_of(self, parts: Parts) -> float:
        """Return what a phrase weighs for the words it is made of: less where all of them are plain."""
        if not self._plain.issuperset(parts):
            return 1.0
        return _WEIGHT_OF_A_PLAIN_WORD if len(parts) == 1 else _WEIGHT_OF_PLAIN_WORDS

    def _likeliest(self, inside: Numbers, everywhere: Numbers, *, size: int, size_of_all: int) -> list[int]:
        """
        Return the numbers of phrases among which the weightiest are sure to be, in rising order.

        The weights of all are worked out in arrays, where the last digits of a logarithm depend on the processor, so
        that some more than are wanted are left to be weighed one by one.
        """
        shared = np.flatnonzero(inside > 1)
        numbers = shared if len(shared) else np.flatnonzero(inside)
        times = inside[numbers]
        is_rare = (times > 1) & (times < _LEAST_SHARE_OF_A_LONG_PHRASE * size)
        numbers = numbers[~(is_rare & (self._lengths[numbers] > 1))]
        if len(numbers) <= _CANDIDATES:
            found: list[int] = numbers.tolist()
            return found
        own, smoothing = inside[numbers] / size, 0.5 / max(size, 2)
        other = (everywhere[numbers] - inside[numbers]) / max(1, size_of_all - size)
        contrast = np.log((own + smoothing) / (other + smoothing)) if size < size_of_all else 1.0
        weights = own * contrast * self._scales[numbers]
        floor = np.partition(weights, -_CANDIDATES)[-_CANDIDATES] - _MARGIN
        sure: list[int] = numbers[weights >= floor].tolist()
        return sure

    def _is_whole(self, parts: Parts, having: Sequence[int]) -> bool:
        """
        Tell whether a slice of Thai, Lao, Myanmar or Khmer is a word by itself.

        A slice that nearly always has the same character beside it is a piece of something longer (accessor
        variety: Feng, Chen, Deng and Zheng, 2004).
        """
        if not SYLLABIC_SCRIPTS.match(parts[0]):
            return True
        before: Counter[str] = Counter()
        after: Counter[str] = Counter()
        places = 0
        for row in having:
            for start in _occurrences(self._texts[row], parts[0]):
                places += 1
                before.update(unspaced_pattern().findall(self._texts[row][max(0, start - 1) : start]))
                end = start + len(parts[0])
                after.update(unspaced_pattern().findall(self._texts[row][end : end + 1]))
        most = max((count for beside in (before, after) for count in beside.values()), default=0)
        return places > 1 and most < _FIXED_NEIGHBOUR * places

    def _surfaces(self, chosen: Mapping[Parts, Sequence[int]]) -> dict[Parts, str]:
        """Return the form in which most texts write each phrase; of equals the shortest, then the first."""
        # A slice of an unspaced script is compared as it is written.
        slices = {parts: parts[0] for parts in chosen if is_unspaced(parts[0])}
        words = [parts for parts in chosen if parts not in slices]
        rows = sorted({row for parts in words for row in chosen[parts]})
        forms = self._table.runs.forms(words, np.array(rows, dtype=np.int64))
        for row in rows:
            if row in self._table.others:
                text = self._texts[row]
                for phrase in phrases_of(text, language=self._language, among=words):
                    forms[phrase.parts][" ".join(text[phrase.start : phrase.end].split())] += 1
        return slices | {parts: _most_common(counted) for parts, counted in forms.items()}


class _PhrasesOfRows:
    """Hold the numbers of the phrases of some rows, one row after the other."""

    def __init__(self, table: PhraseTable, rows: Sequence[int]) -> None:
        self._rows = np.array(rows, dtype=np.int64)
        starts, ends = table.starts[self._rows], table.starts[self._rows + 1]
        self._ends = np.cumsum(ends - starts)
        self.numbers = table.flat[ranges(starts, ends)]

    def having(self, number: int) -> list[int]:
        """Return the first sixty of the rows that have a phrase."""
        places = np.flatnonzero(self.numbers == number)[:_SURFACE_TEXTS]
        found: list[int] = self._rows[np.searchsorted(self._ends, places, side="right")].tolist()
        return found


def label_of(phrases: Sequence[str], *, language: str, fallback: str) -> str:
    """Return key phrases as one label, or the beginning of a text when there are none."""
    if not phrases:
        words = " ".join(fallback.split())
        return words if len(words) <= _LONGEST_LABEL else f"{words[: _LONGEST_LABEL - 1].rstrip()}…"
    joined = _SEPARATORS.get(language.split("-", maxsplit=1)[0], ", ").join(phrases)
    return joined if language.startswith(("tr", "az")) else joined[:1].upper() + joined[1:]


def _most_common(forms: Counter[str]) -> str:
    """Return the form with the highest count; of equals the shortest, then the first of the alphabet."""
    return min(forms, key=lambda form: (-forms[form], len(form), form))


def _length(parts: Parts) -> int:
    """Return a length comparable with a number of words: two characters of an unspaced script make one."""
    return max(1, len(parts[0]) // 2) if not parts[0].isascii() and is_unspaced(parts[0]) else len(parts)


def _occurrences(text: str, piece: str) -> Iterable[int]:
    """Yield the places at which a text has a piece."""
    start = text.find(piece)
    while start >= 0:
        yield start
        start = text.find(piece, start + 1)


def _begin_alike(one: str, other: str) -> bool:
    """Tell whether two stems begin alike; the stems of forms of one Arabic word are often of different length."""
    shorter = min(len(one), len(other))
    if is_arabic(one) and shorter >= _LEAST_ARABIC_STEM:
        return one[:shorter] == other[:shorter]
    return one[:_SAME_BEGINNING] == other[:_SAME_BEGINNING]


def _overlap(one: Parts, other: Parts) -> bool:
    """Tell whether two phrases share a word or its first letters, or a pair of characters of an unspaced script."""
    if any(_begin_alike(part, another) for part in one for another in other):
        return True
    pairs = [
        {part[place : place + 2] for part in parts if is_unspaced(part) for place in range(len(part) - 1)}
        for parts in (one, other)
    ]
    return bool(pairs[0] & pairs[1])
