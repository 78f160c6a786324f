"""
Words as the search compares them: the same on every database engine, because they are made here.

A text becomes words in NFKC and one case, without accents; each also as its stem where its language has a stemmer.
Scripts written without spaces are compared by pairs of characters.
"""

import threading
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol

from answerable.engine.writing_systems import bigram_pattern, words_of

_LONGEST_WORD = 60
_MOST_TERMS = 12
_STEMMERS = {
    "ar": "arabic", "da": "danish", "de": "german", "el": "greek", "en": "english", "es": "spanish", "fi": "finnish",
    "fr": "french", "hi": "hindi", "hu": "hungarian", "hy": "armenian", "id": "indonesian", "it": "italian",
    "lt": "lithuanian", "ne": "nepali", "nl": "dutch", "pt": "portuguese", "ro": "romanian", "ru": "russian",
    "sr": "serbian", "sv": "swedish", "ta": "tamil", "tr": "turkish",
}  # fmt: skip


class _Stemmer(Protocol):
    """Stand for what is used of a Snowball stemmer."""

    def stemWord(self, word: str) -> str:  # noqa: N802 - the library's own name
        """Return the stem of a word."""
        ...


class _StemmersOfThread(threading.local):
    """Stemmers by language; they keep state while they work, so each thread has its own."""

    def __init__(self) -> None:
        self.by_language: dict[str, _Stemmer] = {}


_own = _StemmersOfThread()


@dataclass(frozen=True, slots=True)
class Term:
    """One thing searched for: any of the words, or any word that begins so when ``is_prefix``."""

    words: tuple[str, ...]
    is_prefix: bool = False


def index_words(text: str, language: str) -> list[str]:
    """Return the different words under which a text in a language is found, in order of appearance."""
    found: dict[str, None] = {}
    for word in words_of(text):
        for piece, is_dense in _pieces(word):
            if is_dense:
                found |= dict.fromkeys([*_pairs(piece), piece[-1]])
            else:
                found |= dict.fromkeys(_forms(piece, language))
    return list(found)


def search_terms(text: str, languages: Sequence[str]) -> list[Term]:
    """Return what a reader looks for, all of which a text must have; at most twelve terms."""
    terms: list[Term] = []
    for word in words_of(text):
        for piece, is_dense in _pieces(word):
            if is_dense and len(piece) == 1:
                terms.append(Term((piece,), is_prefix=True))
            elif is_dense:
                terms += [Term((pair,)) for pair in _pairs(piece)]
            else:
                forms = [form for language in languages for form in _forms(piece, language)] or [_plain(piece)]
                terms.append(Term(tuple(dict.fromkeys(forms))))
    return list(dict.fromkeys(terms))[:_MOST_TERMS]


def _pieces(word: str) -> Iterator[tuple[str, bool]]:
    """Split a word where it changes between scripts with and without spaces; say of each piece which it is."""
    last = 0
    for run in bigram_pattern().finditer(word):
        if run.start() > last:
            yield word[last : run.start()], False
        yield run.group(), True
        last = run.end()
    if last < len(word):
        yield word[last:], False


def _pairs(run: str) -> list[str]:
    return [run[place : place + 2] for place in range(len(run) - 1)]


@lru_cache(maxsize=65_536)
def _forms(word: str, language: str) -> tuple[str, ...]:
    """Return a word without accents, as it stands and as its stem; people leave accents out, so both are stemmed."""
    base, plain = language.split("-", maxsplit=1)[0], _plain(word)
    return plain, _plain(_stem(word, base)), _plain(_stem(plain, base))


def _plain(word: str) -> str:
    decomposed = unicodedata.normalize("NFD", word[:_LONGEST_WORD])
    bare = "".join(sign for sign in decomposed if not "\u0300" <= sign <= "\u036f")
    return unicodedata.normalize("NFC", bare) or word[:_LONGEST_WORD]


def _stem(word: str, language: str) -> str:
    """Return the stem of a word, or the word where there is no stemmer for its language or it leaves nothing."""
    if language not in _STEMMERS:
        return word
    if language not in _own.by_language:
        import snowballstemmer  # heavy, and a command that never searches need not load it

        _own.by_language[language] = snowballstemmer.stemmer(_STEMMERS[language])
    return _own.by_language[language].stemWord(word) or word
