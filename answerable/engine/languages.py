"""Tell the language of each contribution."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol

from answerable.engine.function_words import clear_language
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


@dataclass(frozen=True, slots=True)
class LanguageEvidence:
    """Hold the languages one text may be in, the likeliest first, and whether the text alone settles it."""

    ranks: tuple[tuple[str, float], ...]
    is_sure: bool


def language_evidence(text: str) -> LanguageEvidence:
    """Return what one text says of its language; the function words of a longer text settle it without the model."""
    if clear := clear_language(text):
        return LanguageEvidence((clear,), is_sure=True)
    ranks = detect(text)
    return LanguageEvidence(ranks, is_sure=bool(ranks) and _is_sure(text, ranks[0][1]))


def languages_of(contributions: Sequence[Contribution], *, progress: Progress | None = None) -> list[LanguageOf]:
    """
    Return the language of each contribution, in the order given.

    A language given with a contribution wins. A short or doubtful text takes the likeliest of its languages that
    longer texts of the same input establish: a lone "Yes, of course" among English texts is English.
    """
    evidence: list[LanguageEvidence | None] = []
    for number, contribution in enumerate(contributions):
        evidence.append(None if contribution.language else language_evidence(contribution.text))
        if progress and number % 200 == 0:
            progress("languages", number, len(contributions))
    return decide_languages(contributions, evidence=evidence)


def decide_languages(
    contributions: Sequence[Contribution], *, evidence: Sequence[LanguageEvidence | None]
) -> list[LanguageOf]:
    """Return the language of each contribution, from the evidence of all that have none given, in the same order."""
    established = _established(contributions, evidence)
    return [
        _decide(contribution, found, established)
        if found
        else LanguageOf(contribution.id, contribution.language, 1.0, is_given=True)
        for contribution, found in zip(contributions, evidence, strict=True)
    ]


def _established(contributions: Sequence[Contribution], evidence: Sequence[LanguageEvidence | None]) -> frozenset[str]:
    """Return the languages that are given, or that a fair share of sure, long enough texts is in."""
    given = {contribution.language for contribution in contributions if contribution.language}
    sure = Counter(found.ranks[0][0] for found in evidence if found and found.is_sure)
    least = max(1.0, _LEAST_SHARE * len(contributions))
    return frozenset(given | {language for language, count in sure.items() if count >= least})


def _is_sure(text: str, score: float) -> bool:
    """Tell whether a detection can be trusted by itself."""
    return score >= _SURE and word_count(text[:_MOST_CHARACTERS]) >= _ENOUGH_WORDS


def _decide(contribution: Contribution, evidence: LanguageEvidence, established: frozenset[str]) -> LanguageOf:
    """Choose one of the ranked languages for a contribution."""
    if not evidence.ranks:
        return LanguageOf(contribution.id, UNDETERMINED, 0.0, is_given=False)
    language, score = evidence.ranks[0]
    if language not in established and not evidence.is_sure:
        among = (one for one in evidence.ranks if one[0] in established)
        language, score = next(among, evidence.ranks[0])
    return LanguageOf(contribution.id, language, round(score, 4), is_given=False)
