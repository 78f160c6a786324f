"""
Find pairs of similar texts without comparing every pair: MinHash signatures, cut into bands.

Broder, "On the resemblance and containment of documents" (1997); banding as in Leskovec, Rajaraman and Ullman,
"Mining of Massive Datasets", section 3.4. The cost grows with the number of words.
"""

import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from answerable.engine.writing_systems import unspaced_pattern, words_of

_SHINGLE_WORDS = 3
_BANDS, _ROWS = 24, 3
_MIX = (np.uint64(0x9E3779B97F4A7C15), np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB))

Hashes = npt.NDArray[np.uint64]


@dataclass(frozen=True, slots=True)
class Sketches:
    """
    Hold the shingles and signatures of n texts.

    `shingles[i]` are the sorted distinct hashes of text i's runs of three words; `signatures` has shape
    (n, bands * rows). A text of fewer than three words has no shingles and pairs with nothing.
    """

    shingles: tuple[Hashes, ...]
    signatures: Hashes


def comparison_tokens(text: str) -> tuple[str, ...]:
    """Return what two texts are compared by: folded words, and single characters in unspaced scripts."""
    tokens: list[str] = []
    for word in words_of(text):
        tokens.extend(word if unspaced_pattern().match(word) else (word,))
    return tuple(tokens)


def sketch(texts: Sequence[tuple[str, ...]]) -> Sketches:
    """Make the sketches of texts given as tokens."""
    shingles = tuple(_shingles(tokens) for tokens in texts)
    signatures = np.zeros((len(shingles), _BANDS * _ROWS), dtype=np.uint64)
    filled = [number for number, hashes in enumerate(shingles) if len(hashes)]
    if filled:
        lengths = np.array([len(shingles[number]) for number in filled])
        starts = np.concatenate(([0], np.cumsum(lengths)[:-1]))
        flat = np.concatenate([shingles[number] for number in filled])
        for column, (factor, shift) in enumerate(_hash_functions()):
            signatures[filled, column] = np.minimum.reduceat(_mixed(flat * factor + shift), starts)
    return Sketches(shingles, signatures)


def candidate_pairs(sketches: Sketches) -> Iterator[tuple[int, int]]:
    """
    Yield pairs (i, j), i < j, that share a band, each pair once, in order.

    In a bucket each text is paired with the first and with the one before it: enough to connect the bucket, and
    linear in its size.
    """
    filled = np.array([number for number, hashes in enumerate(sketches.shingles) if len(hashes)], dtype=np.int64)
    found: list[npt.NDArray[np.int64]] = []
    for band in range(_BANDS if len(filled) else 0):
        columns = sketches.signatures[filled, band * _ROWS : (band + 1) * _ROWS]
        keys = columns[:, 0] * _MIX[0] ^ columns[:, 1] * _MIX[1] ^ columns[:, 2] * _MIX[2]
        order = np.argsort(keys, kind="stable")
        same = keys[order][1:] == keys[order][:-1]
        found.append(_bucket_pairs(filled[order], same))
    if not found:
        return
    for first, second in np.unique(np.concatenate(found), axis=0):
        yield int(first), int(second)


def resemblance(sketches: Sketches, first: int, second: int) -> float:
    """Return the Jaccard resemblance of two texts' shingles, from 0 to 1, exactly."""
    one, other = sketches.shingles[first], sketches.shingles[second]
    shared = len(np.intersect1d(one, other, assume_unique=True))
    return shared / (len(one) + len(other) - shared) if shared else 0.0


def _bucket_pairs(members: npt.NDArray[np.int64], same: npt.NDArray[np.bool_]) -> npt.NDArray[np.int64]:
    """Return pairs (first of bucket, member) and (previous member, member), shape (m, 2)."""
    begins = np.concatenate(([True], ~same))
    first = members[np.maximum.accumulate(np.where(begins, np.arange(len(members)), 0))]
    later = np.flatnonzero(same) + 1
    pairs = np.concatenate(
        [
            np.stack([first[later], members[later]], axis=1),
            np.stack([members[later - 1], members[later]], axis=1),
        ]
    )
    return np.sort(pairs, axis=1)


def _shingles(tokens: tuple[str, ...]) -> Hashes:
    """Return the sorted distinct hashes of runs of three tokens."""
    if len(tokens) < _SHINGLE_WORDS:
        return np.zeros(0, dtype=np.uint64)
    hashes = np.array([_token_hash(token) for token in tokens], dtype=np.uint64)
    runs = _mixed(hashes[:-2] * _MIX[0] ^ hashes[1:-1] * _MIX[1] ^ hashes[2:] * _MIX[2])
    return np.unique(runs)


@lru_cache(maxsize=200_000)
def _token_hash(token: str) -> int:
    """Return the same number for the same token on every machine."""
    return zlib.crc32(token.encode("utf-8", "surrogatepass")) + 1


def _mixed(values: Hashes) -> Hashes:
    """Spread the bits of 64-bit numbers (the finaliser of SplitMix64)."""
    values = (values ^ (values >> np.uint64(30))) * _MIX[1]
    values = (values ^ (values >> np.uint64(27))) * _MIX[2]
    return values ^ (values >> np.uint64(31))


@lru_cache(maxsize=1)
def _hash_functions() -> tuple[tuple[np.uint64, np.uint64], ...]:
    """Return the fixed odd factors and shifts of the signature's hash functions."""
    numbers = _mixed(np.arange(1, 2 * _BANDS * _ROWS + 1, dtype=np.uint64) * _MIX[0])
    return tuple((numbers[2 * place] | np.uint64(1), numbers[2 * place + 1]) for place in range(_BANDS * _ROWS))
