"""The words a language uses for grammar rather than meaning, and the stems of the others."""

import re
from collections.abc import Callable
from functools import lru_cache

from answerable.engine.writing_systems import fold

_STEMMERS = {
    "ar": "arabic", "ca": "catalan", "da": "danish", "de": "german", "el": "greek", "en": "english", "es": "spanish",
    "fi": "finnish", "fr": "french", "hi": "hindi", "hu": "hungarian", "hy": "armenian", "id": "indonesian",
    "it": "italian", "lt": "lithuanian", "ne": "nepali", "nl": "dutch", "no": "norwegian", "pt": "portuguese",
    "ro": "romanian", "ru": "russian", "sr": "serbian", "sv": "swedish", "ta": "tamil", "tr": "turkish",
    "yi": "yiddish",
}  # fmt: skip
_APOSTROPHE = re.compile("['’ʼ]")


@lru_cache(maxsize=64)
def stop_words(language: str) -> frozenset[str]:
    """Return the folded stop words of a language and the pieces its apostrophes leave; empty for an unknown one."""
    import stopwordsiso

    code = _primary(language)
    if not stopwordsiso.has_lang(code):
        return frozenset()
    words = {fold(word) for word in stopwordsiso.stopwords(code)}
    return frozenset(words | {piece for word in words for piece in _APOSTROPHE.split(word) if piece})


def stemmer(language: str) -> Callable[[str], str]:
    """Return what cuts a folded word of a language to its stem; the word itself where no rules are known."""
    name = _STEMMERS.get(_primary(language))
    return _snowball(name) if name else str


@lru_cache(maxsize=16)
def _snowball(name: str) -> Callable[[str], str]:
    """Return a stemmer that remembers the words it has seen."""
    import snowballstemmer

    stem: Callable[[str], str] = snowballstemmer.stemmer(name).stemWord
    return lru_cache(maxsize=200_000)(stem)


def _primary(language: str) -> str:
    """Return the first part of a language tag."""
    return language.replace("_", "-").split("-")[0].casefold()
