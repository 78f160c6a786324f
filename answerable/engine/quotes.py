"""Choose the passage of a key contribution that a report quotes."""

from collections.abc import Sequence

import numpy as np

from answerable.engine.statements import split_text
from answerable.engine.vectors.embedder import Embedder, Vectors

_SHORT_ENOUGH = 320
_LEAST, _MOST = 60, 420


def quote_span(text: str, *, embedder: Embedder, theme_vectors: Vectors) -> tuple[int, int]:
    """
    Return (start, end) of the passage of a text nearest to a theme: all of a short text, else whole sentences.

    The best sentence is widened by the one after it, or before it, while it is under 60 characters; a single
    sentence may be long, since nothing is ever cut inside.
    """
    spans = list(split_text(text))
    if not spans:
        return 0, len(text)
    if spans[-1][1] - spans[0][0] <= _SHORT_ENOUGH:
        return spans[0][0], spans[-1][1]
    first = last = _nearest_sentence(text, spans, embedder, theme_vectors)
    while spans[last][1] - spans[first][0] < _LEAST:
        if last + 1 < len(spans) and spans[last + 1][1] - spans[first][0] <= _MOST:
            last += 1
        elif first > 0 and spans[last][1] - spans[first - 1][0] <= _MOST:
            first -= 1
        else:
            break
    return spans[first][0], spans[last][1]


def _nearest_sentence(text: str, spans: Sequence[tuple[int, int]], embedder: Embedder, theme_vectors: Vectors) -> int:
    """Return the index of the sentence nearest to the theme's mean; a quotable length breaks near-ties."""
    sentences = embedder.encode([text[start:end] for start, end in spans])
    count, width = theme_vectors.shape
    middle = np.bincount(theme_vectors.indices, weights=theme_vectors.data, minlength=width) / max(1, count)
    scores = np.asarray(sentences @ middle).ravel()
    lengths = np.array([end - start for start, end in spans])
    fitting = np.where((lengths >= _LEAST) & (lengths <= _MOST), 1.0, 0.6)
    return int(np.round(scores * fitting, 9).argmax())
