"""Choose the passage of a key contribution that a report quotes."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from answerable.engine.statements import split_text
from answerable.engine.vectors.embedder import Embedder, Vectors

_SHORT_ENOUGH = 320
_LEAST, _MOST = 60, 420


@dataclass(frozen=True)
class Quotable:
    """Hold a text to quote from, and the vectors of its theme, to whose mean the passage should be near."""

    text: str
    theme_vectors: Vectors


def quote_spans(wanted: Sequence[Quotable], *, embedder: Embedder) -> list[tuple[int, int]]:
    """
    Return (start, end) of the passage of each text nearest to its theme: all of a short text, else whole sentences.

    The best sentence is widened by the one after it, or before it, while it is under 60 characters; a single
    sentence may be long, since nothing is ever cut inside. All sentences are turned into vectors together.
    """
    spans = [list(split_text(one.text)) for one in wanted]
    found = [_whole(one.text, sentences) for one, sentences in zip(wanted, spans, strict=True)]
    long = [place for place, whole in enumerate(found) if whole is None]
    vectors = embedder.encode([wanted[place].text[start:end] for place in long for start, end in spans[place]])
    begin = 0
    for place, middle in zip(long, _middles([wanted[place].theme_vectors for place in long]), strict=True):
        count = len(spans[place])
        best = _nearest_sentence(spans[place], vectors[begin : begin + count], middle)
        found[place] = _widened(spans[place], best)
        begin += count
    return [span for span in found if span is not None]


def _whole(text: str, sentences: Sequence[tuple[int, int]]) -> tuple[int, int] | None:
    """Return the span of a text that is short enough to be quoted whole, None of another."""
    if not sentences:
        return 0, len(text)
    first, last = sentences[0][0], sentences[-1][1]
    return (first, last) if last - first <= _SHORT_ENOUGH else None


def _widened(spans: Sequence[tuple[int, int]], best: int) -> tuple[int, int]:
    """Return the span of the best sentence, with those around it that make it long enough to be understood."""
    first = last = best
    while spans[last][1] - spans[first][0] < _LEAST:
        if last + 1 < len(spans) and spans[last + 1][1] - spans[first][0] <= _MOST:
            last += 1
        elif first > 0 and spans[last][1] - spans[first - 1][0] <= _MOST:
            first -= 1
        else:
            break
    return spans[first][0], spans[last][1]


def _middles(themes: Sequence[Vectors]) -> Iterator[npt.NDArray[np.float64]]:
    """Yield the mean of each of some themes' vectors, worked out once where one follows itself."""
    known: Vectors | None = None
    middle: npt.NDArray[np.float64] = np.zeros(0)
    for vectors in themes:
        if vectors is not known:
            count, width = vectors.shape
            middle = np.bincount(vectors.indices, weights=vectors.data, minlength=width) / max(1, count)
            known = vectors
        yield middle


def _nearest_sentence(spans: Sequence[tuple[int, int]], sentences: Vectors, middle: npt.NDArray[np.float64]) -> int:
    """Return the index of the sentence nearest to the theme's mean; a quotable length breaks near-ties."""
    scores = np.asarray(sentences @ middle).ravel()
    lengths = np.array([end - start for start, end in spans])
    fitting = np.where((lengths >= _LEAST) & (lengths <= _MOST), 1.0, 0.6)
    return int(np.round(scores * fitting, 9).argmax())
