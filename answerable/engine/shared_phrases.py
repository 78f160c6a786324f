"""Find the phrases a text shares with a group of texts and not with all others."""

import math
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from answerable.engine.phrases import Parts, Phrase, phrases_of
from answerable.engine.unspaced_words import unspaced_words
from answerable.engine.vocabulary import stop_words

_SMOOTHING = 0.5


@dataclass(frozen=True, slots=True)
class SharedPhrase:
    """
    Hold a phrase of a text, `text[start:end]`, that others in its theme have too.

    `inside` of `theme_size` other members of the theme have it, and `outside` of `others` contributions beyond it.
    """

    phrase: str
    start: int
    end: int
    inside: int
    theme_size: int
    outside: int
    others: int


def shared_phrases(
    text: str, *, language: str, inside: Sequence[str], outside: Sequence[str], most: int
) -> tuple[SharedPhrase, ...]:
    """
    Return up to `most` phrases of a text that texts inside its theme have too, the most telling first.

    The weight is p ln((p + e) / (q + e)), p and q the shares inside and outside (pointwise Kullback-Leibler
    divergence), as for labels. A phrase that overlaps a weightier one in the text is left out.
    """
    first: dict[Parts, Phrase] = {}
    words = unspaced_words([text, *inside, *outside], stops=stop_words(language))
    for phrase in phrases_of(text, language=language, words=words):
        first.setdefault(phrase.parts, phrase)
    within, beyond = _texts_with(first, inside, language), _texts_with(first, outside, language)
    smoothing = _SMOOTHING / max(2, len(inside))

    def weight(parts: Parts) -> float:
        own, other = within[parts] / max(1, len(inside)), beyond[parts] / max(1, len(outside))
        return own * math.log((own + smoothing) / (other + smoothing)) if outside else own

    ranked = sorted(within, key=lambda parts: (-round(weight(parts), 9), first[parts].start, -first[parts].end))
    chosen: list[Phrase] = []
    for parts in ranked:
        if len(chosen) < most and weight(parts) > 0 and not _overlaps(first[parts], chosen):
            chosen.append(first[parts])
    return tuple(
        SharedPhrase(
            phrase=text[one.start : one.end],
            start=one.start,
            end=one.end,
            inside=within[one.parts],
            theme_size=len(inside),
            outside=beyond[one.parts],
            others=len(outside),
        )
        for one in chosen
    )


def _texts_with(wanted: Collection[Parts], texts: Sequence[str], language: str) -> Counter[Parts]:
    """Return how many texts have each wanted phrase."""
    counts: Counter[Parts] = Counter()
    for text in texts:
        counts.update({phrase.parts for phrase in phrases_of(text, language=language, among=wanted)})
    return counts


def _overlaps(phrase: Phrase, chosen: Sequence[Phrase]) -> bool:
    """Tell whether a phrase stands at characters that belong to one chosen before."""
    return any(phrase.start < other.end and other.start < phrase.end for other in chosen)
