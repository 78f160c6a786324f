"""The default vectors: beginnings of words, hashed, weighted by how telling they are. No model, any language."""

import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Self

import numpy as np
import numpy.typing as npt
from scipy import sparse

from answerable.engine.vectors.embedder import Vectors, unit_rows
from answerable.engine.word_table import WordTable, word_table
from answerable.engine.writing_systems import bigram_pattern, han_pattern

_BUCKETS = 2**18
_PREFIXES = (3, 4, 5, 6)
_QUIET_WEIGHT = 0.2
_TEXTS_AT_A_TIME = 4_000
_WORDS_REMEMBERED, _LONGEST_REMEMBERED = 200_000, 40

FEW_TEXTS = 20
"""The number of texts below which counting them tells little about words; measured on samples of ArgKP train."""


class HashPrefix:
    """
    Compare texts by the beginnings of their words.

    Features are the first 3, 4, 5 and 6 letters of words, pairs of characters in scripts without spaces, and each
    character of Chinese.
    The first letters stand in for stemming. Features fall into 2^18 buckets (Weinberger et al., "Feature Hashing
    for Large Scale Multitask Learning", 2009); weights are (1 + ln tf) times the mean of the inverse document
    frequencies among the texts themselves and in the background.
    """

    id = f"hash-prefix/{'-'.join(map(str, _PREFIXES))}/{_BUCKETS}"
    version = "2"

    def __init__(self) -> None:
        """Begin knowing nothing: every feature weighs the same."""
        self._weights: npt.NDArray[np.float32] = np.ones(_BUCKETS, dtype=np.float32)

    def fit(self, texts: Sequence[str], *, background: Sequence[str] = ()) -> Self:
        """Learn which beginnings of words are common."""
        own = self.counts(texts)
        return self.fit_counts(own, background=frequencies_of(self.counts(background) if background else own))

    def fit_counts(self, own: Vectors, *, background: "Frequencies", quiet: Iterable[str] = ()) -> Self:
        """
        Learn the same from counts made before, so that a background shared by many blocks is counted once.

        `quiet` words keep a fifth of their weight: among very few texts, counting cannot tell which words say little.
        """
        self._weights = ((_rarity(frequencies_of(own)) + _rarity(background)) / 2).astype(np.float32)
        quiet_buckets = {bucket for word in quiet for bucket in _buckets_of(word)}
        self._weights[sorted(quiet_buckets)] *= _QUIET_WEIGHT
        return self

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Return vectors of shape (len(texts), 2^18), each of length 1, or 0 for a text without letters."""
        return self.weigh(self.counts(texts))

    def weigh(self, counts: Vectors) -> Vectors:
        """Return the vectors of texts whose counts were made before."""
        damped = counts.copy()
        damped.data = (1.0 + np.log(damped.data)) * self._weights[damped.indices]
        return unit_rows(damped)

    @property
    def weights(self) -> npt.NDArray[np.float32]:
        """Return what each bucket weighs, shape (2^18,)."""
        return self._weights

    def counts(self, texts: Sequence[str]) -> Vectors:
        """Return how often each bucket occurs in each text, shape (len(texts), 2^18)."""
        parts = [
            self.counts_of_words(word_table(texts[first : first + _TEXTS_AT_A_TIME]))
            for first in range(0, max(1, len(texts)), _TEXTS_AT_A_TIME)
        ]
        return sparse.vstack(parts, format="csr") if len(parts) > 1 else parts[0]

    def counts_of_words(self, words: WordTable) -> Vectors:
        """Return the same for texts whose words are counted already."""
        return words.times(_buckets_of, width=_BUCKETS)


def _buckets_of(word: str) -> tuple[int, ...]:
    """Return the buckets of the features of one word."""
    return _remembered(word) if len(word) <= _LONGEST_REMEMBERED else _hashed(word)


def _hashed(word: str) -> tuple[int, ...]:
    """Return the same, worked out anew."""
    return tuple(zlib.crc32(feature.encode("utf-8", "surrogatepass")) % _BUCKETS for feature in _features(word))


_remembered = lru_cache(maxsize=_WORDS_REMEMBERED)(_hashed)


def _features(word: str) -> list[str]:
    """Return the features of one word; a run of an unspaced script gives pairs, and each Chinese character."""
    if bigram_pattern().match(word):
        pairs = [f"2{word[place : place + 2]}" for place in range(len(word) - 1)]
        single = [f"1{character}" for character in han_pattern().findall(word)]
        return [*single, *pairs] or [f"1{word}"]
    return [f"{length}{word[:length]}" for length in _PREFIXES]


@dataclass(frozen=True)
class Frequencies:
    """Hold how many of some texts have each bucket, shape (2^18,); those of two sets of texts can be added."""

    texts: int
    having: npt.NDArray[np.int64]

    def __add__(self, other: "Frequencies") -> "Frequencies":
        """Return the frequencies of both sets of texts together."""
        return Frequencies(self.texts + other.texts, self.having + other.having)


def frequencies_of(counts: Vectors) -> Frequencies:
    """Return how many texts have each bucket, from the counts of each."""
    return Frequencies(counts.shape[0], np.bincount(counts.indices, minlength=_BUCKETS))


def _rarity(known: Frequencies) -> npt.NDArray[np.float64]:
    """
    Return ln((1 + n) / (1 + df)) for every bucket: 0 for one that every text has.

    Fewer than twenty texts are counted as if others without any of their words made them up to twenty: else a word that
    the whole of a small group shares would say nothing.
    """
    rarity: npt.NDArray[np.float64] = np.log((1 + max(known.texts, FEW_TEXTS)) / (1 + known.having))
    return rarity
