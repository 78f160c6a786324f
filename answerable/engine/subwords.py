"""Vectors of the pieces words are made of, so that compounds and other forms of a word still have much in common."""

import zlib
from collections.abc import Iterator

import numpy as np
from scipy import sparse

from answerable.engine.same_columns import without_same_columns
from answerable.engine.vectors.embedder import Vectors, unit_rows
from answerable.engine.vectors.hash_prefix import FEW_TEXTS
from answerable.engine.vocabulary import stop_words
from answerable.engine.word_table import WordTable
from answerable.engine.writing_systems import bigram_pattern, han_pattern

_BUCKETS = 2**18
_SIZES = (4, 5, 6)
_UNSPACED_SIZES = (2, 3)
_LONGEST_WORD = 60
_WEIGHT = 0.5
_OWN_WEIGHT, _SUBWORD_WEIGHT = np.sqrt(1 / (1 + _WEIGHT)), np.sqrt(_WEIGHT / (1 + _WEIGHT))


def likeness_vectors(vectors: Vectors, *, words: WordTable, language: str) -> Vectors:
    """
    Return vectors whose cosine is the weighted mean of that of `vectors` (two thirds) and that of subwords (one).

    `words` are those of the same n texts. Shape (n, columns), each row of length 1. The weight was chosen on ArgKP
    train and CIMT: beginnings of words serve short English sentences better, pieces of words long German ones.
    """
    pieces = subword_vectors(words, language=language)
    return unit_rows(sparse.hstack([vectors * _OWN_WEIGHT, pieces * _SUBWORD_WEIGHT], format="csr"))


def subword_vectors(words: WordTable, *, language: str) -> Vectors:
    """
    Return vectors of the runs of four to six letters within the words of n texts, each of length 1 or 0.

    Stop words are left out, a word's ends count as letters, scripts without spaces give runs of two and three
    characters, and Chinese each character as well. Weights are (1 + ln tf) times the inverse document frequency, as
    for the default vectors. Pieces that the same texts have equally often share a column, of which there are at most
    2^18.
    """
    quiet = stop_words(language)
    counts = words.times(lambda word: () if word in quiet else _buckets_of(word), width=_BUCKETS)
    frequency = np.bincount(counts.indices, minlength=_BUCKETS)
    rarity = np.log((1 + max(counts.shape[0], FEW_TEXTS)) / (1 + frequency)).astype(np.float32)
    pieces = counts.copy()
    pieces.data = (1.0 + np.log(pieces.data)) * rarity[pieces.indices]
    return unit_rows(without_same_columns(pieces, counts=counts, weights=rarity))


def _buckets_of(word: str) -> list[int]:
    """Return the buckets that the pieces of a word fall into."""
    return [zlib.crc32(piece.encode("utf-8", "surrogatepass")) % _BUCKETS for piece in _pieces(word)]


def _pieces(word: str) -> Iterator[str]:
    """Yield the pieces of one word, or of a run of a script written without spaces."""
    is_run = bigram_pattern().match(word) is not None
    marked = word if is_run else f"<{word[:_LONGEST_WORD]}>"
    for size in _UNSPACED_SIZES if is_run else _SIZES:
        for place in range(len(marked) - size + 1):
            yield marked[place : place + size]
    if is_run:
        yield from han_pattern().findall(word)
    elif len(marked) < min(_SIZES):
        yield marked
