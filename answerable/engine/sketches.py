"""
Find pairs of similar texts without comparing every pair: MinHash signatures, cut into bands.

Broder, "On the resemblance and containment of documents" (1997); banding as in Leskovec, Rajaraman and Ullman,
"Mining of Massive Datasets", section 3.4. The cost grows with the number of words.
"""

import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b

import numpy as np
import numpy.typing as npt
from scipy import sparse

from answerable.engine.arrays import sorted_distinct
from answerable.engine.word_arrays import checksums, read_words
from answerable.engine.writing_systems import fold, unspaced_pattern, words_of

_SHINGLE_WORDS = 3
_BANDS, _ROWS = 24, 3
_MIX = (np.uint64(0x9E3779B97F4A7C15), np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB))
# What is looked at together should fit into the nearest memory.
_TEXTS_AT_A_TIME, _PAIRS_AT_A_TIME = 2_000, 3_000
_DIGEST_BYTES = 16
_COLUMNS = 2**31

Hashes = npt.NDArray[np.uint64]
Numbers = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Sketches:
    """
    Hold what n texts are compared by.

    `shingles` is sparse and has shape (n, 2^31), a 1 for each hash of the text's runs of three tokens; `signatures`
    has shape (n, bands * rows). `digests` are equal for texts with the same tokens and empty for texts without any;
    `token_counts` has shape (n,). A text of fewer than three tokens has no shingles and pairs with nothing.
    """

    digests: tuple[bytes, ...]
    token_counts: npt.NDArray[np.int32]
    shingles: sparse.csr_matrix
    signatures: npt.NDArray[np.uint32]

    def shingle_counts(self) -> Numbers:
        """Return how many different shingles each text has, shape (n,)."""
        return np.asarray(np.diff(self.shingles.indptr), dtype=np.int64)

    def rows(self, chosen: Numbers) -> "Sketches":
        """Return the sketches of some of the texts."""
        digests = tuple(self.digests[row] for row in chosen)
        return Sketches(digests, self.token_counts[chosen], self.shingles[chosen], self.signatures[chosen])


def sketch_texts(texts: Sequence[str]) -> Sketches:
    """Make the sketches of texts; each depends on its own text alone."""
    parts = [_sketch_some(texts[first : first + _TEXTS_AT_A_TIME]) for first in range(0, len(texts), _TEXTS_AT_A_TIME)]
    return join_sketches(parts)


def join_sketches(parts: Iterable[Sketches]) -> Sketches:
    """Return the sketches of several groups of texts as those of one, in the order given."""
    known = list(parts)
    if not known:
        return _sketch_some([])
    return Sketches(
        tuple(digest for part in known for digest in part.digests),
        np.concatenate([part.token_counts for part in known]),
        _shingle_matrix(
            np.concatenate(([0], np.concatenate([np.diff(part.shingles.indptr) for part in known]).cumsum())),
            np.concatenate([part.shingles.indices for part in known]),
        ),
        np.concatenate([part.signatures for part in known]),
    )


def candidate_pairs(sketches: Sketches, *, rows_in_band: int = _ROWS) -> tuple[Numbers, Numbers]:
    """
    Return pairs (i, j), i < j, that share a band, each pair once, in order: two arrays of the same length.

    With three `rows_in_band` about half of the pairs that share three tenths are found, with two about half of those
    that share a seventh; they are 1, 2 or 3. In a bucket each text is paired with the first and with the one before
    it: enough to connect the bucket, and linear in its size.
    """
    filled = np.flatnonzero(sketches.shingle_counts())
    size = np.int64(len(sketches.digests))
    found = [np.zeros(0, dtype=np.int64)]
    for first in range(0, _BANDS * _ROWS if len(filled) else 0, rows_in_band):
        columns = sketches.signatures[filled, first : first + rows_in_band].astype(np.uint64)
        keys = np.bitwise_xor.reduce(columns * np.array(_MIX[:rows_in_band]), axis=1)
        order = np.argsort(keys, kind="stable")
        same = keys[order][1:] == keys[order][:-1]
        found.append(sorted_distinct(_bucket_pairs(filled[order], same, size=size)))
    pairs = sorted_distinct(np.concatenate(found))
    return pairs // size, pairs % size


def resemblances(sketches: Sketches, first: Numbers, second: Numbers) -> npt.NDArray[np.float64]:
    """Return the Jaccard resemblance of the shingles of each pair of texts, from 0 to 1, exactly, shape (pairs,)."""
    values = [np.zeros(0)]
    sizes = sketches.shingle_counts()
    for begin in range(0, len(first), _PAIRS_AT_A_TIME):
        one, other = first[begin : begin + _PAIRS_AT_A_TIME], second[begin : begin + _PAIRS_AT_A_TIME]
        both = sketches.shingles[one].multiply(sketches.shingles[other])
        shared = both.getnnz(axis=1).astype(np.float64)
        values.append(shared / np.maximum(sizes[one] + sizes[other] - shared, 1))
    return np.concatenate(values)


def resemblances_to(sketches: Sketches, place: int, others: Numbers) -> npt.NDArray[np.float64]:
    """Return the Jaccard resemblance of the shingles of one text to those of a few others, shape (others,)."""
    indptr, indices = sketches.shingles.indptr, sketches.shingles.indices
    own = indices[indptr[place] : indptr[place + 1]]
    values = np.zeros(len(others))
    for number, other in enumerate(others.tolist()):
        theirs = indices[indptr[other] : indptr[other + 1]]
        shared = int((own[np.minimum(np.searchsorted(own, theirs), len(own) - 1)] == theirs).sum()) if len(own) else 0
        values[number] = shared / max(len(own) + len(theirs) - shared, 1)
    return values


def _sketch_some(texts: Sequence[str]) -> Sketches:
    """Make the sketches of as many texts as fit into the nearest memory."""
    flat, counts = _tokens_of(texts)
    ends = np.cumsum(counts).tolist()
    digests = tuple(
        blake2b(flat[end - count : end].tobytes(), digest_size=_DIGEST_BYTES).digest() if count else b""
        for end, count in zip(ends, counts.tolist(), strict=True)
    )
    indptr, indices = _shingles(flat, counts)
    signatures = np.zeros((len(texts), _BANDS * _ROWS), dtype=np.uint32)
    filled = np.flatnonzero(np.diff(indptr))
    if len(filled):
        low = indices.astype(np.uint32)
        for column, (factor, shift) in enumerate(_hash_functions()):
            signatures[filled, column] = np.minimum.reduceat(low * factor ^ shift, indptr[filled])
    return Sketches(digests, counts, _shingle_matrix(indptr, indices), signatures)


def _shingle_matrix(indptr: npt.NDArray[np.integer], indices: npt.NDArray[np.int32]) -> sparse.csr_matrix:
    """Return which text has which shingles, from row ends and hashes; a one takes a byte."""
    shape = (len(indptr) - 1, _COLUMNS)
    kind = np.int32 if len(indices) < _COLUMNS else np.int64
    return sparse.csr_matrix(
        (np.ones(len(indices), dtype=np.int8), indices, indptr.astype(kind)), shape=shape, copy=False
    )


def _tokens_of(texts: Sequence[str]) -> tuple[Hashes, npt.NDArray[np.int32]]:
    """Return a number for each token of all texts, one text after the other, and how many each text has."""
    words = read_words([fold(text) for text in texts])
    others = [_token_hashes(texts[row]) for row in words.others.tolist()]
    sizes = [len(one) for one in others]
    owners = np.concatenate([words.owners, np.repeat(words.others, sizes)])
    hashes = np.concatenate([checksums(words).astype(np.uint64) + np.uint64(1), *others])
    # Each text is wholly in one of the two parts, so a stable order keeps its tokens as they stand in it.
    order = np.argsort(owners, kind="stable") if others else slice(None)
    return hashes[order], np.bincount(owners, minlength=len(texts)).astype(np.int32)


def _shingles(flat: Hashes, counts: npt.NDArray[np.int32]) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.int32]]:
    """Return row ends and sorted distinct hashes of runs of three tokens: the two index arrays of a sparse matrix."""
    owner = np.repeat(np.arange(len(counts), dtype=np.uint64), counts)
    if len(flat) < _SHINGLE_WORDS:
        return np.zeros(len(counts) + 1, dtype=np.int32), np.zeros(0, dtype=np.int32)
    runs = _mixed(flat[:-2] * _MIX[0] ^ flat[1:-1] * _MIX[1] ^ flat[2:] * _MIX[2]) >> np.uint64(33)
    whole = owner[:-2] == owner[2:]
    keyed = sorted_distinct((owner[:-2][whole] << np.uint64(31)) | runs[whole])
    ends = np.bincount((keyed >> np.uint64(31)).astype(np.int64), minlength=len(counts)).cumsum()
    return np.concatenate(([0], ends)).astype(np.int32), (keyed & np.uint64(_COLUMNS - 1)).astype(np.int32)


def _bucket_pairs(members: Numbers, same: npt.NDArray[np.bool_], *, size: np.int64) -> Numbers:
    """Return pairs (first of bucket, member) and (previous member, member), each as one number: low * size + high."""
    begins = np.concatenate(([True], ~same))
    first = members[np.maximum.accumulate(np.where(begins, np.arange(len(members)), 0))]
    later = np.flatnonzero(same) + 1
    # Members of a bucket keep their order, so the first and the one before are always the lower ones.
    return np.concatenate([first[later], members[later - 1]]) * size + np.tile(members[later], 2)


def _token_hashes(text: str) -> Hashes:
    """Return a number for each thing texts are compared by: folded words, single characters in unspaced scripts."""
    tokens: list[int] = []
    unspaced = unspaced_pattern()
    for word in words_of(text):
        if unspaced.match(word):
            tokens.extend(map(_token_hash, word))
        else:
            tokens.append(_token_hash(word))
    return np.array(tokens, dtype=np.uint64)


@lru_cache(maxsize=500_000)
def _token_hash(token: str) -> int:
    """Return the same number for the same token on every machine."""
    return zlib.crc32(token.encode("utf-8", "surrogatepass")) + 1


def _mixed(values: Hashes) -> Hashes:
    """Spread the bits of 64-bit numbers (the finaliser of SplitMix64)."""
    values = (values ^ (values >> np.uint64(30))) * _MIX[1]
    values = (values ^ (values >> np.uint64(27))) * _MIX[2]
    return values ^ (values >> np.uint64(31))


@lru_cache(maxsize=1)
def _hash_functions() -> tuple[tuple[np.uint32, np.uint32], ...]:
    """Return the fixed odd factors and masks of the signature's hash functions, each a bijection of 32 bits."""
    numbers = _mixed(np.arange(1, 2 * _BANDS * _ROWS + 1, dtype=np.uint64) * _MIX[0]).astype(np.uint32)
    return tuple((numbers[2 * place] | np.uint32(1), numbers[2 * place + 1]) for place in range(_BANDS * _ROWS))
