"""Cut texts into the word pieces that BERT models know (Wu et al., 2016; Devlin et al., 2019)."""

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from answerable.engine.vectors.embedder import EmbedderError

_CACHED_WORDS = 100_000
_HAN = (
    (0x4E00, 0x9FFF), (0x3400, 0x4DBF), (0x20000, 0x2A6DF), (0x2A700, 0x2B73F), (0x2B740, 0x2B81F),
    (0x2B820, 0x2CEAF), (0xF900, 0xFAFF), (0x2F800, 0x2FA1F),
)  # fmt: skip
_ASCII_MARKS = (range(33, 48), range(58, 65), range(91, 97), range(123, 127))


@dataclass(frozen=True)
class WordPieces:
    """
    Cut a text into the numbers of its pieces, with the marks of beginning and end.

    `vocabulary` gives each piece its number; a piece inside a word begins with `inside`. Words that cannot be made of
    known pieces, or are longer than `longest_word`, become the piece `unknown`.
    """

    vocabulary: Mapping[str, int]
    lower_case: bool = True
    strip_accents: bool = True
    split_han: bool = True
    unknown: str = "[UNK]"
    inside: str = "##"
    longest_word: int = 100
    first: str = "[CLS]"
    last: str = "[SEP]"

    def __post_init__(self) -> None:
        """Begin a memory of words; raises EmbedderError when the vocabulary lacks a mark that is needed."""
        for mark in (self.unknown, self.first, self.last):
            if mark not in self.vocabulary:
                raise EmbedderError(f"The model's vocabulary lacks {mark}.")
        object.__setattr__(self, "_known", {})

    def numbers(self, text: str, *, most: int) -> list[int]:
        """Return the numbers of a text's pieces, between those of the marks, `most` in all; what is beyond is cut."""
        found: list[int] = []
        for word in self._words(text):
            found.extend(self._pieces(word))
            if len(found) >= most - 2:
                break
        return [self.vocabulary[self.first], *found[: most - 2], self.vocabulary[self.last]]

    def _words(self, text: str) -> Iterator[str]:
        """Yield words and single marks as BERT divides them."""
        for chunk in _cleaned(text, split_han=self.split_han).split():
            word = chunk.lower() if self.lower_case else chunk
            if self.strip_accents:
                word = "".join(one for one in unicodedata.normalize("NFD", word) if unicodedata.category(one) != "Mn")
            yield from _at_marks(word)

    def _pieces(self, word: str) -> list[int]:
        """Return the numbers of the longest known pieces of a word from the left, remembered."""
        known: dict[str, list[int]] = self._known  # type: ignore[attr-defined]
        if word not in known:
            if len(known) >= _CACHED_WORDS:
                known.clear()
            known[word] = self._cut(word)
        return known[word]

    def _cut(self, word: str) -> list[int]:
        """Return the numbers of the longest known pieces of a word from the left."""
        unknown = [self.vocabulary[self.unknown]]
        if len(word) > self.longest_word:
            return unknown
        found: list[int] = []
        start = 0
        while start < len(word):
            before = self.inside if start else ""
            end = len(word)
            while end > start and before + word[start:end] not in self.vocabulary:
                end -= 1
            if end == start:
                return unknown
            found.append(self.vocabulary[before + word[start:end]])
            start = end
        return found


def _cleaned(text: str, *, split_han: bool) -> str:
    """Return a text without control characters, with plain spaces, and with spaces around Han characters."""
    kept = []
    for character in text:
        if character in "\t\n\r":
            kept.append(" ")
        elif character == "\ufffd" or unicodedata.category(character).startswith("C"):
            continue
        elif split_han and _is_han(character):
            kept.append(f" {character} ")
        else:
            kept.append(character)
    return "".join(kept)


def _at_marks(word: str) -> Iterator[str]:
    """Yield the parts of a word before, at and after its punctuation marks."""
    start = 0
    for place, character in enumerate(word):
        if _is_mark(character):
            if place > start:
                yield word[start:place]
            yield character
            start = place + 1
    if start < len(word):
        yield word[start:]


def _is_mark(character: str) -> bool:
    """Tell whether BERT takes a character for punctuation: all ASCII that is no letter, digit or space, too."""
    code = ord(character)
    return any(code in marks for marks in _ASCII_MARKS) or unicodedata.category(character).startswith("P")


def _is_han(character: str) -> bool:
    """Tell whether a character lies in the blocks of Han characters that BERT sets apart."""
    code = ord(character)
    return code >= _HAN[1][0] and any(first <= code <= last for first, last in _HAN)
