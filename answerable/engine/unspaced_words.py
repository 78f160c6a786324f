"""
Find the words of Chinese and Japanese texts, which are written without spaces, from the texts alone.

A slice is taken for a word when its characters belong together more than chance puts them there, and it is no piece of
something longer: mutual information of its characters and variety of what stands beside it, as in Feng, Chen, Deng and
Zheng, "Accessor variety criteria for Chinese word extraction", Computational Linguistics 30 (2004). A character that
is also a word of grammar may begin or end a word only where the rest hardly ever stands without it.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from answerable.engine.writing_systems import SYLLABIC_SCRIPTS, unspaced_pattern

LONGEST = 6
_MOST_CHARACTERS = 400_000
_LEAST_TIMES = 2
_LEAST_INFORMATION = 2.3
_MOST_EXTENDED = 0.6
_LEAST_OF_THE_REST = 0.5
_MOSTLY = 0.5
_LEAST_WITH_GRAMMAR, _LEAST_OF_ONE_WITH_GRAMMAR = 0.9, 0.25
# Words of grammar that are no part of longer words, in both ways of writing Chinese.
_NEVER_AT_AN_END = frozenset("的了着著们們吗嗎呢吧啊呀嘛么麼我你您他她")
_KANA_ENDINGS = frozenset("はがをにへもので")
_HIRAGANA_ONLY = re.compile("[\u3040-\u309f]+")

Numbers = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class _Characters:
    """Hold all runs, one after the other with a null between them; `codes` are indexes into `alphabet`, 0 a null."""

    text: str
    alphabet: list[str]
    codes: Numbers
    is_grammar: Flags
    is_barred: Flags


def unspaced_words(texts: Sequence[str], *, stops: frozenset[str]) -> frozenset[str]:
    """
    Return the words of two to six characters that texts in a script without spaces have at least twice in all.

    Thai, Lao, Myanmar and Khmer are left out. `stops` are the words of grammar of the language, which are no words
    here. Of more than 400,000 characters, those of evenly spaced texts are read.
    """
    read = _characters(_runs(texts), stops)
    found: set[str] = set()
    if len(read.codes) <= _LEAST_TIMES:
        return frozenset()
    places = np.flatnonzero(read.codes)
    counts = [np.bincount(read.codes, minlength=len(read.alphabet))[read.codes]]
    names = [read.codes]
    for length in range(2, LONGEST + 2):
        places, longer, times = _longer(places, names[-1], read.codes, length=length)
        counts.append(times)
        names.append(longer)
        if length > 2:  # noqa: PLR2004  # slices are judged when their extensions are counted
            found |= _words_of_length(length - 1, names=names[-2], counts=counts, read=read, stops=stops)
    return frozenset(word for word in found if not _HIRAGANA_ONLY.fullmatch(word))


def _runs(texts: Sequence[str]) -> list[str]:
    """Return the runs of evenly spaced texts, as many as are read."""
    step = max(1, -(-sum(map(len, texts)) // _MOST_CHARACTERS))
    return [
        run
        for text in texts[::step]
        if not text.isascii()
        for run in unspaced_pattern().findall(text)
        if not SYLLABIC_SCRIPTS.match(run)
    ]


def _characters(runs: Sequence[str], stops: frozenset[str]) -> _Characters:
    """Return the characters of runs as numbers."""
    joined = "\0".join(["", *runs, ""])
    alphabet = sorted(set(joined))
    points = np.frombuffer(joined.encode("utf-32-le"), dtype=np.uint32)
    codes = np.searchsorted(np.array([ord(one) for one in alphabet], dtype=np.uint32), points)
    return _Characters(
        joined,
        alphabet,
        codes.astype(np.int64),
        np.array([one in stops for one in alphabet], dtype=bool),
        np.array([one in _NEVER_AT_AN_END or one in _KANA_ENDINGS for one in alphabet], dtype=bool),
    )


def _longer(places: Numbers, names: Numbers, codes: Numbers, *, length: int) -> tuple[Numbers, Numbers, Numbers]:
    """
    Return where the slices of a length stand that stand there twice, a name for each place, and counts for each.

    `places` and `names` are those of slices that are a character shorter; names and counts have one entry for each
    character of the whole, 0 where no such slice begins.
    """
    places = places[codes[places + length - 1] > 0]
    keyed = names[places] * (int(codes.max()) + 1) + codes[places + length - 1]
    _, inverse, occurring = np.unique(keyed, return_inverse=True, return_counts=True)
    times = np.zeros(len(codes), dtype=np.int64)
    times[places] = occurring[inverse]
    fresh = np.zeros(len(codes), dtype=np.int64)
    fresh[places] = inverse + 1
    return places[times[places] >= _LEAST_TIMES], fresh, times


def _words_of_length(
    length: int, *, names: Numbers, counts: Sequence[Numbers], read: _Characters, stops: frozenset[str]
) -> set[str]:
    """
    Return the words of a length.

    `names` tell slices of this length apart, `counts[k]` says how often that of k + 1 characters occurs, each by place.
    """
    times, extended = counts[length - 1], counts[length]
    starts = np.flatnonzero(times >= _LEAST_TIMES)
    first, last = read.codes[starts], read.codes[starts + length - 1]
    after, before = starts + length, starts - 1
    is_piece = _is_extended(extended[starts], times[starts], by=read.codes[after], read=read)
    is_piece |= _is_extended(extended[before], times[starts], by=read.codes[before], read=read)
    is_piece |= _is_drawn_away(starts, length, names=names, bonds=counts[1])
    pieces = _texts_at(starts[is_piece], length, names=names, read=read)
    good = ~(read.is_barred[first] | read.is_barred[last])
    good &= ~(read.is_grammar[first] & read.is_grammar[last]) if length == 2 else True  # noqa: PLR2004
    for edge, rest in ((starts, starts + 1), (starts + length - 1, starts)):
        good &= _is_held(
            times[starts], counts[length - 2][rest], counts[0][edge], read.is_grammar[read.codes[edge]], length=length
        )
    if length == 2:  # noqa: PLR2004  # only pairs of characters are judged by mutual information
        whole = np.count_nonzero(read.codes)
        expected = counts[0][starts].astype(np.float64) * counts[0][starts + 1] / whole
        good &= np.log(times[starts] / expected) >= _LEAST_INFORMATION
    found = _texts_at(starts[good], length, names=names, read=read) - pieces - stops
    return {one for one in found if length == 2 or not {one[:2], one[-2:]} & stops}  # noqa: PLR2004


def _is_extended(extended: Numbers, times: Numbers, *, by: Numbers, read: _Characters) -> Flags:
    """Tell where a slice mostly stands inside one that is longer by a character; by grammar, nearly always."""
    least = np.where(read.is_grammar[by], _LEAST_WITH_GRAMMAR, _MOST_EXTENDED)
    found: Flags = ~read.is_barred[by] & (extended >= _LEAST_TIMES) & (extended >= least * times)
    return found


def _is_drawn_away(starts: Numbers, length: int, *, names: Numbers, bonds: Numbers) -> Flags:
    """Tell where the first or last character of a slice mostly keeps closer to what stands outside than inside."""
    last = starts + length - 1
    away = [bonds[starts - 1] > bonds[starts], bonds[last] > bonds[last - 1]]
    of_slice = names[starts]
    all_times = np.bincount(of_slice)
    mostly = [np.bincount(of_slice, weights=one) > _MOSTLY * all_times for one in away]
    found: Flags = (mostly[0] | mostly[1])[of_slice]
    return found


def _is_held(times: Numbers, rest: Numbers, edge: Numbers, is_grammar: Flags, *, length: int) -> Flags:
    """Tell where a character at an end belongs to the slice: the rest stands with it often enough."""
    share = times / np.maximum(rest, 1)
    if length == 2:  # noqa: PLR2004  # the rest is a single character
        return ~is_grammar | (np.maximum(share, times / np.maximum(edge, 1)) >= _LEAST_OF_ONE_WITH_GRAMMAR)
    with_grammar: Flags = share >= _LEAST_WITH_GRAMMAR
    return np.where(is_grammar, with_grammar, share >= _LEAST_OF_THE_REST if length % 2 else True)


def _texts_at(starts: Numbers, length: int, *, names: Numbers, read: _Characters) -> set[str]:
    """Return the different slices of a length that stand at some places, which `names` tell apart."""
    _, firsts = np.unique(names[starts], return_index=True)
    return {read.text[start : start + length] for start in starts[firsts].tolist()}
