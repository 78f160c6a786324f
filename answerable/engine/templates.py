"""Show what the letters of a campaign have in common."""

import math
from collections.abc import Iterator, Sequence

from answerable.engine.writing_systems import fold, is_unspaced, word_pattern

_SAMPLES = 6
_MOST_WORDS = 400
_GAP = "[…]"

Run = tuple[str, str, str]


def shared_template(texts: Sequence[str]) -> str:
    """
    Return the text that shares most with the others, the words that few of them have replaced by […].

    Of up to six texts, evenly spread, the first 400 words are compared; shared runs of fewer than three words are
    taken for chance, and a run stays when a third of the others have it in any place, since senders change words and
    their order.
    """
    sample = _sample(texts)
    spans = [_word_spans(text) for text in sample]
    words = [[fold(text[start:end]) for start, end in known] for text, known in zip(sample, spans, strict=True)]
    runs = [frozenset(_runs(own)) for own in words]
    shared = [_shared_by(words, runs, place) for place in range(len(sample))]
    most = max(range(len(sample)), key=lambda place: (sum(shared[place]), -place))
    return _rendered(sample[most], spans[most], shared[most])


def _word_spans(text: str) -> list[tuple[int, int]]:
    """Return the spans of the first words of a text; single characters where words are not set apart."""
    if is_unspaced(text):
        return [(place, place + 1) for place, character in enumerate(text) if not character.isspace()][:_MOST_WORDS]
    return [match.span() for match in word_pattern().finditer(text)][:_MOST_WORDS]


def _shared_by(words: Sequence[list[str]], runs: Sequence[frozenset[Run]], place: int) -> list[bool]:
    """Tell for each word of one text whether it lies in a run that a third of the others have, at least one."""
    counts = [0] * len(words[place])
    for other, theirs in enumerate(runs):
        if other != place:
            counts = [count + found for count, found in zip(counts, _matched(words[place], theirs), strict=True)]
    least = max(1, math.ceil((len(words) - 1) / 3))
    return [count >= least for count in counts]


def _sample(texts: Sequence[str]) -> list[str]:
    """Return at most six texts, evenly spread over those given."""
    step = max(1, len(texts) // _SAMPLES)
    return list(texts[::step])[:_SAMPLES]


def _runs(words: Sequence[str]) -> Iterator[Run]:
    """Yield the runs of three words of a text, wherever they begin."""
    return zip(words, words[1:], words[2:], strict=False)


def _matched(words: Sequence[str], theirs: frozenset[Run]) -> list[bool]:
    """Tell for each word whether it lies in a run of three that the other text has too, anywhere."""
    begins = [run in theirs for run in _runs(words)]
    return [any(begins[max(0, place - 2) : place + 1]) for place in range(len(words))]


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
