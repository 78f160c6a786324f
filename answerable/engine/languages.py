"""Tell the language of each contribution."""

import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from typing import Protocol

from answerable.engine.records import Contribution, LanguageOf, Progress
from answerable.engine.writing_systems import word_count

UNDETERMINED = "und"
_NOT_LANGUAGE = re.compile(r"https?://\S+|www\.\S+|\S+@\S+|[\d_#@]+")
_MOST_CHARACTERS = 1_000
_SURE = 0.8
_POSSIBLE = 1e-4
_ENOUGH_WORDS = 8
_LEAST_SHARE = 0.01


class _Identifier(Protocol):
    """Stand for what is used of py3langid."""

    def rank(self, text: str) -> list[tuple[str, float]]:
        """Return languages with probabilities, the likeliest first."""
        ...


@lru_cache(maxsize=1)
def _identifier() -> _Identifier:
    """Load the language model once; importing it costs more than most commands, hence here."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier: _Identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    return identifier


def detect(text: str) -> tuple[tuple[str, float], ...]:
    """Return the possible languages with probabilities, the likeliest first; nothing when there are no letters."""
    cleaned = _NOT_LANGUAGE.sub(" ", text[:_MOST_CHARACTERS]).strip()
    if not any(character.isalpha() for character in cleaned):
        return ()
    ranked = _identifier().rank(cleaned)
    return tuple((language, float(score)) for language, score in ranked if score >= _POSSIBLE)


def languages_of(contributions: Sequence[Contribution], *, progress: Progress | None = None) -> list[LanguageOf]:
    """
    Return the language of each contribution, in the order given.

    A language given with a contribution wins. A short or doubtful text takes the likeliest of its languages that
    longer texts of the same input establish: a lone "Yes, of course" among English texts is English.
    """
    ranked: list[tuple[tuple[str, float], ...]] = []
    for number, contribution in enumerate(contributions):
        ranked.append(() if contribution.language else detect(contribution.text))
        if progress and number % 200 == 0:
            progress("languages", number, len(contributions))
    established = _established(contributions, ranked)
    return [
        LanguageOf(contribution.id, contribution.language, 1.0, is_given=True)
        if contribution.language
        else _decide(contribution, ranks, established)
        for contribution, ranks in zip(contributions, ranked, strict=True)
    ]


def _established(contributions: Sequence[Contribution], ranked: list[tuple[tuple[str, float], ...]]) -> frozenset[str]:
    """Return the languages that are given, or that a fair share of sure, long enough texts is in."""
    given = {contribution.language for contribution in contributions if contribution.language}
    sure = Counter(
        ranks[0][0]
        for contribution, ranks in zip(contributions, ranked, strict=True)
        if ranks and _is_sure(contribution.text, ranks[0][1])
    )
    least = max(1.0, _LEAST_SHARE * len(contributions))
    return frozenset(given | {language for language, count in sure.items() if count >= least})


def _is_sure(text: str, score: float) -> bool:
    """Tell whether a detection can be trusted by itself."""
    return score >= _SURE and word_count(text[:_MOST_CHARACTERS]) >= _ENOUGH_WORDS


def _decide(
    contribution: Contribution, ranks: tuple[tuple[str, float], ...], established: frozenset[str]
) -> LanguageOf:
    """Choose one of the ranked languages for a contribution."""
    if not ranks:
        return LanguageOf(contribution.id, UNDETERMINED, 0.0, is_given=False)
    language, score = ranks[0]
    if language not in established and not _is_sure(contribution.text, score):
        language, score = next(((name, value) for name, value in ranks if name in established), ranks[0])
    return LanguageOf(contribution.id, language, round(score, 4), is_given=False)
