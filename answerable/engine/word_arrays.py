"""
Read the words of many texts at once, as arrays of characters.

What `writing_systems.words_of` finds in one text after the other is found here in all of them with a few looks at one
long array. Texts in scripts whose words are cut or joined in ways of their own are left to be read one by one.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from answerable.engine.writing_systems import bigram_pattern, is_arabic, word_count, word_pattern

_LONGEST_WORD = 60
_TEXTS_AT_A_TIME = 2_000
_LAST_OF_PLANE = 0xFFFF
_LETTER, _MARK, _OWN_WAY = 1, 2, 4
_TWO_BYTES, _THREE_BYTES = 0x80, 0x800
_ENDING = re.compile("[:*·_]in")
_ALL_ONES = 0xFFFFFFFF

Numbers = npt.NDArray[np.int64]
Codes = npt.NDArray[np.uint32]
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class WordArrays:
    """
    Hold the words of n texts in the order they stand in.

    Word i belongs to text `owners[i]` and has `lengths[i]` characters, `points[starts[i]]` being the first. `others`
    are the texts, in rising order, whose words are not among these.
    """

    points: Codes
    starts: Numbers
    lengths: Numbers
    owners: Numbers
    others: Numbers


def read_words(texts: Sequence[str]) -> WordArrays:
    """Return the words of texts, of each as it is written: for words as `words_of` gives them, fold the texts first."""
    joined = "\n".join(["", *texts, ""])
    points = np.frombuffer(joined.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    sizes = np.fromiter(map(len, texts), dtype=np.int64, count=len(texts))
    begins = np.cumsum(sizes + 1) - sizes
    classes = _classes(points)
    starts, ends = _runs(classes)
    owners = np.searchsorted(begins, starts, side="right") - 1
    strange = np.concatenate(
        [
            np.flatnonzero(classes & _OWN_WAY),
            np.array([found.start() for found in _ENDING.finditer(joined)], dtype=np.int64),
            starts[ends - starts > _LONGEST_WORD],
        ]
    )
    is_other = np.zeros(len(texts), dtype=bool)
    is_other[np.searchsorted(begins, strange, side="right") - 1] = True
    kept = ~is_other[owners] if len(texts) else np.zeros(0, dtype=bool)
    starts, ends, owners = starts[kept], ends[kept], owners[kept]
    return WordArrays(points, starts, ends - starts, owners, np.flatnonzero(is_other))


def word_counts(texts: Sequence[str]) -> list[int]:
    """Return for each text what `writing_systems.word_count` returns for it."""
    found: list[int] = []
    for first in range(0, len(texts), _TEXTS_AT_A_TIME):
        some = texts[first : first + _TEXTS_AT_A_TIME]
        words = read_words(some)
        counts = np.bincount(words.owners, minlength=len(some)).tolist()
        for row in words.others.tolist():
            counts[row] = word_count(some[row])
        found += counts
    return found


def checksums(words: WordArrays) -> Codes:
    """Return the CRC-32 of each word in UTF-8, shape (words,), as `zlib.crc32` gives it."""
    values = np.full(len(words.starts), _ALL_ONES, dtype=np.uint32)
    places = np.arange(len(words.starts))
    for taken in range(int(words.lengths.max(initial=0))):
        places = places[words.lengths[places] > taken]
        values[places] = _taken_in(values[places], words.points[words.starts[places] + taken])
    return values ^ np.uint32(_ALL_ONES)


def _taken_in(values: Codes, points: Codes) -> Codes:
    """Return running checksums after one more character each, of which there are up to three bytes in UTF-8."""
    two, three = points >= _TWO_BYTES, points >= _THREE_BYTES
    if not two.any():
        return _with_bytes(values, points)
    found = values.copy()
    found[~two] = _with_bytes(values[~two], points[~two])
    lead = two & ~three
    found[lead] = _with_bytes(values[lead], _bits(points[lead], 6, mark=0xC0))
    found[three] = _with_bytes(values[three], _bits(points[three], 12, mark=0xE0))
    found[three] = _with_bytes(found[three], _bits(points[three], 6, mark=0x80))
    found[two] = _with_bytes(found[two], _bits(points[two], 0, mark=0x80))
    return found


def _bits(points: Codes, shift: int, *, mark: int) -> Codes:
    """Return one byte of characters in UTF-8: some of their bits behind those that say which byte it is."""
    kept = 0x3F if mark == _TWO_BYTES else 0xFF
    return np.asarray(points >> np.uint32(shift) & np.uint32(kept) | np.uint32(mark), dtype=np.uint32)


def _with_bytes(values: Codes, added: Codes) -> Codes:
    """Return running checksums after one more byte each."""
    return np.asarray(_table()[(values ^ added) & 0xFF] ^ values >> 8, dtype=np.uint32)


@lru_cache(maxsize=1)
def _table() -> Codes:
    """Return what each byte does to an empty checksum (ISO 3309, reflected)."""
    values = np.arange(256, dtype=np.uint32)
    for _ in range(8):
        values = np.where(values & 1, values >> 1 ^ np.uint32(0xEDB88320), values >> 1)
    return values.astype(np.uint32)


def _runs(classes: npt.NDArray[np.uint8]) -> tuple[Numbers, Numbers]:
    """Return where words begin and end: runs of letters and marks, without the marks before the first letter."""
    inside = (classes & (_LETTER | _MARK)) != 0
    edges = np.flatnonzero(inside[1:] != inside[:-1]) + 1
    starts, ends = edges[::2], edges[1::2]
    bare = np.flatnonzero(classes[starts] & _MARK)
    if len(bare):
        letters = np.flatnonzero(classes & _LETTER)
        starts = starts.copy()
        starts[bare] = np.append(letters, len(classes))[np.searchsorted(letters, starts[bare])]
    some = starts < ends
    return starts[some], ends[some]


def _classes(points: Codes) -> npt.NDArray[np.uint8]:
    """Return what each character is: part of a word, a mark inside one, or of a script that is read in its own way."""
    classes = _classes_of_plane()[np.minimum(points, _LAST_OF_PLANE)]
    beyond = np.flatnonzero(points > _LAST_OF_PLANE)
    if len(beyond):
        is_word = [chr(point).isalnum() for point in points[beyond].tolist()]
        classes[beyond[is_word]] = _OWN_WAY
    return classes


@lru_cache(maxsize=1)
def _classes_of_plane() -> npt.NDArray[np.uint8]:
    """Return the class of each character of the basic plane."""
    classes = np.zeros(_LAST_OF_PLANE + 1, dtype=np.uint8)
    own_way, word = bigram_pattern(), word_pattern()
    for point in range(_LAST_OF_PLANE):
        character = chr(point)
        if word.match(character):
            classes[point] = _LETTER
        elif word.fullmatch(f"a{character}"):
            classes[point] = _MARK
        if own_way.match(character) or is_arabic(character):
            classes[point] |= _OWN_WAY
    return classes
