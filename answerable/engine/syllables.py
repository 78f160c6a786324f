"""Cut texts in Thai, Lao, Myanmar and Khmer, whose words are not set apart, into slices of whole syllables."""

import unicodedata
from collections.abc import Iterator
from itertools import accumulate

_LONGEST, _LEAST_LETTERS = 14, 2
_LEADING_VOWELS = frozenset("เแโใไເແໂໃໄ")


def syllabic_spans(text: str, begin: int, stop: int, *, stops: frozenset[str]) -> Iterator[tuple[int, int]]:
    """
    Yield the slices of `text[begin:stop]` of two to fourteen characters, two letters at least, that could be words.

    None parts a letter from its marks or its vowel, and none begins or ends with a stop word of up to three
    characters. How long a slice may be is worked out once for each place, since there are many slices.
    """
    letters = list(accumulate(map(str.isalpha, text[begin:stop]), initial=0))
    longest_to = [_longest_to(text, last, stops) for last in range(begin, stop + 1)]
    for first in range(begin, stop - 1):
        place = first - begin
        for length in range(2, min(_longest_from(text, first, stops), stop - first) + 1):
            if length <= longest_to[place + length] and letters[place + length] - letters[place] >= _LEAST_LETTERS:
                yield first, first + length


def _longest_from(text: str, first: int, stops: frozenset[str]) -> int:
    """Return how long a slice may be that begins at a place, 0 where none may begin."""
    if _is_mark(text[first]) or text[first] in stops or text[first : first + 2] in stops:
        return 0
    return 2 if text[first : first + 3] in stops else _LONGEST


def _longest_to(text: str, last: int, stops: frozenset[str]) -> int:
    """Return how long a slice may be that ends at a place, 0 where none may end."""
    if text[last - 1 : last] in _LEADING_VOWELS or _is_mark(text[last : last + 1]):
        return 0
    if text[last - 1 : last] in stops or text[last - 2 : last] in stops:
        return 0
    return 2 if text[last - 3 : last] in stops else _LONGEST


def _is_mark(character: str) -> bool:
    """Tell whether there is a character, and it is a mark on the letter before it."""
    return bool(character) and unicodedata.category(character).startswith("M")
