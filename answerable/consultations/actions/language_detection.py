"""The language that a text is most likely in."""

from collections.abc import Sequence
from functools import lru_cache

from answerable.engine.languages import detect
from answerable.engine.writing_systems import word_count
from answerable.reference.queries.packaged import packaged_languages

_SURE = 0.8
_ENOUGH_WORDS = 8


def detected_language(text: str, *, expected: Sequence[str]) -> str:
    """
    Return the code of the language a text is in, one of those people can write in.

    A short or doubtful text takes the likeliest of the ``expected`` languages; a text without letters takes the first.
    """
    ranks = [(language, score) for language, score in detect(text) if language in known_languages()]
    if not ranks:
        return expected[0]
    language, score = ranks[0]
    if score >= _SURE and word_count(text[:1_000]) >= _ENOUGH_WORDS:
        return language
    return next((name for name, _score in ranks if name in expected), language)


@lru_cache(maxsize=1)
def known_languages() -> frozenset[str]:
    """Return the codes of the languages people can write in."""
    return frozenset(row.code for row in packaged_languages())
