"""Show what the letters of a campaign have in common."""

from collections.abc import Sequence
from difflib import SequenceMatcher

from answerable.engine.writing_systems import fold, is_unspaced, word_pattern

_SAMPLES = 6
_MOST_WORDS = 600
_LEAST_RUN = 3
_GAP = "[…]"


def shared_template(texts: Sequence[str]) -> str:
    """
    Return the first text with the words that not all of a sample of the others share replaced by […].

    Up to six others are compared, evenly spread, by their first 600 words; shared runs of fewer than three words
    are taken for chance.
    """
    first = texts[0]
    spans = _word_spans(first)
    words = [fold(first[start:end]) for start, end in spans]
    shared = [True] * len(words)
    for other in _sample(texts[1:]):
        matched = _matched(words, [fold(other[start:end]) for start, end in _word_spans(other)])
        shared = [kept and found for kept, found in zip(shared, matched, strict=True)]
    return _rendered(first, spans, shared)


def _word_spans(text: str) -> list[tuple[int, int]]:
    """Return the spans of the first words of a text; single characters where words are not set apart."""
    if is_unspaced(text):
        return [(place, place + 1) for place, character in enumerate(text) if not character.isspace()][:_MOST_WORDS]
    return [match.span() for match in word_pattern().finditer(text)][:_MOST_WORDS]


def _sample(texts: Sequence[str]) -> list[str]:
    """Return at most six texts, evenly spread over those given."""
    step = max(1, len(texts) // _SAMPLES)
    return list(texts[::step])[:_SAMPLES]


def _matched(words: list[str], others: list[str]) -> list[bool]:
    """Tell for each word whether it lies in a run that the other text has too."""
    matched = [False] * len(words)
    for start, _, size in SequenceMatcher(None, words, others, autojunk=False).get_matching_blocks():
        if size >= _LEAST_RUN:
            matched[start : start + size] = [True] * size
    return matched


def _rendered(text: str, spans: list[tuple[int, int]], shared: list[bool]) -> str:
    """Write the shared runs as they stand in the text, with one gap mark between them."""
    pieces: list[str] = []
    place = 0
    while place < len(spans):
        run = place
        while run < len(spans) and shared[run] == shared[place]:
            run += 1
        pieces.append(text[spans[place][0] : spans[run - 1][1]] if shared[place] else _GAP)
        place = run
    return " ".join(pieces)
