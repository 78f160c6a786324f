"""Tell the language of each contribution."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from answerable.engine.function_words import clear_language
from answerable.engine.language_model import Ranks, ranks_of
from answerable.engine.records import Contribution, LanguageOf, Progress
from answerable.engine.writing_systems import word_count

UNDETERMINED = "und"
_NOT_LANGUAGE = re.compile(r"https?://\S+|www\.\S+|\S+@\S+|[\d_#@]+")
_MOST_CHARACTERS = 1_000
_SURE = 0.8
_ENOUGH_WORDS = 8
_LEAST_SHARE = 0.01
_TEXTS_AT_A_TIME = 1_000


def detect(text: str) -> Ranks:
    """Return the possible languages with probabilities, the likeliest first; nothing when there are no letters."""
    return _detect_all([text])[0]


@dataclass(frozen=True, slots=True)
class LanguageEvidence:
    """Hold the languages one text may be in, the likeliest first, and whether the text alone settles it."""

    ranks: Ranks
    is_sure: bool


def language_evidence(texts: Sequence[str]) -> list[LanguageEvidence]:
    """
    Return what each text by itself says of its language.

    The function words of a longer text settle it without the model.
    """
    clear = [clear_language(text) for text in texts]
    doubtful = [text for text, known in zip(texts, clear, strict=True) if not known]
    ranked = iter(_detect_all(doubtful))
    return [
        LanguageEvidence((known,), is_sure=True) if known else _weighed(text, next(ranked))
        for text, known in zip(texts, clear, strict=True)
    ]


def _detect_all(texts: Sequence[str]) -> list[Ranks]:
    """Return the possible languages of each text; nothing for one without letters."""
    cleaned = [_NOT_LANGUAGE.sub(" ", text[:_MOST_CHARACTERS]).strip() for text in texts]
    lettered = [place for place, text in enumerate(cleaned) if any(character.isalpha() for character in text)]
    found: list[Ranks] = [()] * len(texts)
    for place, ranks in zip(lettered, ranks_of([cleaned[place] for place in lettered]), strict=True):
        found[place] = ranks
    return found


def _weighed(text: str, ranks: Ranks) -> LanguageEvidence:
    """Return evidence from the model."""
    return LanguageEvidence(ranks, is_sure=bool(ranks) and _is_sure(text, ranks[0][1]))


def languages_of(contributions: Sequence[Contribution], *, progress: Progress | None = None) -> list[LanguageOf]:
    """
    Return the language of each contribution, in the order given.

    A language given with a contribution wins. A short or doubtful text takes the likeliest of its languages that
    longer texts of the same input establish: a lone "Yes, of course" among English texts is English.
    """
    evidence: list[LanguageEvidence | None] = []
    for first in range(0, len(contributions), _TEXTS_AT_A_TIME):
        if progress:
            progress("languages", first, len(contributions))
        evidence += evidence_of(contributions[first : first + _TEXTS_AT_A_TIME])
    return decide_languages(contributions, evidence=evidence)


def evidence_of(contributions: Sequence[Contribution]) -> list[LanguageEvidence | None]:
    """Return what the texts of contributions say of their languages, None for one that is given."""
    found = iter(language_evidence([one.text for one in contributions if not one.language]))
    return [None if one.language else next(found) for one in contributions]


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
