"""Vectors of the pieces words are made of, so that compounds and other forms of a word still have much in common."""

import zlib
from collections import Counter
from collections.abc import Iterator, Sequence

import numpy as np
import numpy.typing as npt
from scipy import sparse

from answerable.engine.vectors.embedder import Vectors, unit_rows
from answerable.engine.vectors.hash_prefix import FEW_TEXTS
from answerable.engine.vocabulary import stop_words
from answerable.engine.writing_systems import bigram_pattern, han_pattern, words_of

_BUCKETS = 2**18
_SIZES = (4, 5, 6)
_UNSPACED_SIZES = (2, 3)
_LONGEST_TEXT = 200_000
_LONGEST_WORD = 60
_WEIGHT = 0.5
_OWN_WEIGHT, _SUBWORD_WEIGHT = np.sqrt(1 / (1 + _WEIGHT)), np.sqrt(_WEIGHT / (1 + _WEIGHT))


def likeness_vectors(vectors: Vectors, *, texts: Sequence[str], language: str) -> Vectors:
    """
    Return vectors whose cosine is the weighted mean of that of `vectors` (two thirds) and that of subwords (one).

    Shape (n, dimensions + 2^18), each row of length 1. The weight was chosen on ArgKP train and CIMT: beginnings of
    words serve short English sentences better, pieces of words long German ones.
    """
    pieces = subword_vectors(texts, language=language)
    return unit_rows(sparse.hstack([vectors * _OWN_WEIGHT, pieces * _SUBWORD_WEIGHT], format="csr"))


def subword_vectors(texts: Sequence[str], *, language: str) -> Vectors:
    """
    Return vectors of the runs of four to six letters within words, shape (n, 2^18), of length 1 or 0.

    Stop words are left out, a word's ends count as letters, scripts without spaces give runs of two and three
    characters, and Chinese each character as well. Weights are (1 + ln tf) times the inverse document frequency, as
    for the default vectors.
    """
    words: dict[str, int] = {}
    counts = _word_counts(texts, words, quiet=stop_words(language))
    pieces = sparse.csr_matrix(counts @ _pieces_of_words(list(words)), dtype=np.float32)
    pieces.sort_indices()
    frequency = np.bincount(pieces.indices, minlength=_BUCKETS)
    rarity = np.log((1 + max(len(texts), FEW_TEXTS)) / (1 + frequency)).astype(np.float32)
    pieces.data = (1.0 + np.log(pieces.data)) * rarity[pieces.indices]
    return unit_rows(pieces)


def _word_counts(texts: Sequence[str], words: dict[str, int], *, quiet: frozenset[str]) -> Vectors:
    """Return how often each text has each word that is not quiet; new words get the next number in `words`."""
    columns: list[int] = []
    values: list[int] = []
    ends = [0]
    for text in texts:
        for word, times in Counter(words_of(text[:_LONGEST_TEXT])).items():
            if word not in quiet:
                columns.append(words.setdefault(word, len(words)))
                values.append(times)
        ends.append(len(columns))
    return _rows(columns, values, ends, width=max(1, len(words)))


def _pieces_of_words(words: Sequence[str]) -> Vectors:
    """Return how often each word has each piece, shape (words or 1, 2^18)."""
    columns: list[int] = []
    values: list[int] = []
    ends = [0]
    for word in words or [""]:
        found = Counter(zlib.crc32(piece.encode("utf-8", "surrogatepass")) % _BUCKETS for piece in _pieces(word))
        columns.extend(sorted(found))
        values.extend(found[bucket] for bucket in sorted(found))
        ends.append(len(columns))
    return _rows(columns, values, ends, width=_BUCKETS)


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


def _rows(columns: Sequence[int], values: Sequence[int], ends: Sequence[int], *, width: int) -> Vectors:
    """Return counts as a sparse matrix with one row between two ends."""
    numbers: npt.NDArray[np.float32] = np.array(values, dtype=np.float32)
    return sparse.csr_matrix(
        (numbers, np.array(columns, dtype=np.int32), np.array(ends, dtype=np.int32)),
        shape=(len(ends) - 1, width),
    )
