"""Ask the language model about many texts at once: the same answers as one by one, with fewer steps."""

import math
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

_POSSIBLE = 1e-4
_TEXTS_AT_A_TIME = 1_000
_BYTES = 256

Ranks = tuple[tuple[str, float], ...]


class _Identifier(Protocol):
    """Stand for what is used of py3langid: a machine that reads bytes, and what each of its features says."""

    nb_ptc: npt.NDArray[Any]
    nb_pc: npt.NDArray[Any]
    nb_classes: Sequence[str]
    tk_nextmove: Sequence[int]
    tk_row: Sequence[int]
    tk_output: Sequence[int]


def ranks_of(texts: Sequence[str]) -> list[Ranks]:
    """
    Return for each text its possible languages with probabilities, the likeliest first.

    The numbers are those of `LanguageIdentifier.rank` of py3langid; languages under 1 in 10,000 are left out.
    """
    model = _model()
    order = sorted(range(len(texts)), key=lambda place: len(texts[place]))
    found: list[Ranks] = [()] * len(texts)
    # Texts of about one length are read together, so that none waits long for another.
    for first in range(0, len(order), _TEXTS_AT_A_TIME):
        some = order[first : first + _TEXTS_AT_A_TIME]
        for place, ranks in zip(some, model.ranks_of([_encoded(texts[place]) for place in some]), strict=True):
            found[place] = ranks
    return found


class _Model:
    """Hold the language model as arrays."""

    def __init__(self, identifier: _Identifier) -> None:
        self._weights = np.asarray(identifier.nb_ptc).astype(np.float32)
        self._constants = identifier.nb_pc
        self._languages = list(identifier.nb_classes)
        self._next = np.asarray(identifier.tk_nextmove)
        self._begins = np.asarray(identifier.tk_row).astype(np.int64) * _BYTES
        self._features = np.asarray(identifier.tk_output).astype(np.int32)
        first = {language: place for place, language in reversed(list(enumerate(self._languages)))}
        self._twins = [
            (first[language], place) for place, language in enumerate(self._languages) if first[language] != place
        ]

    def ranks_of(self, texts: Sequence[bytes]) -> Iterator[Ranks]:
        """Yield the possible languages of each of some texts, which rise in length as far as may be."""
        for text, features in zip(texts, self._features_of(texts), strict=True):
            yield self._ranks(self._scores(features), size=len(text))

    def _features_of(self, texts: Sequence[bytes]) -> Iterator[list[int]]:
        """Yield the features of each text in the order they are met with."""
        sizes = np.array([len(text) for text in texts], dtype=np.int64)
        letters = np.zeros((int(sizes.max(initial=0)), len(texts)), dtype=np.uint8)
        for place, text in enumerate(texts):
            letters[: len(text), place] = np.frombuffer(text, dtype=np.uint8)
        met = np.full(letters.shape, -1, dtype=np.int32)
        states = np.zeros(len(texts), dtype=np.int64)
        for taken, row in enumerate(letters):
            states = self._next[self._begins[states] + row]
            met[taken] = self._features[states]
        for place, column in enumerate(np.ascontiguousarray(met.T)):
            known = column[: sizes[place]]
            yield known[known >= 0].tolist()

    def _scores(self, features: Sequence[int]) -> npt.NDArray[np.float32]:
        """Return how likely each language is to have some features."""
        if not features:
            return np.zeros(len(self._languages), dtype=np.float32)
        times = Counter(features)
        numbers = np.fromiter(times.keys(), dtype=np.intp, count=len(times))
        counts = np.fromiter(times.values(), dtype=np.float32, count=len(times))
        return np.asarray(np.log1p(counts) @ self._weights[numbers] + self._constants, dtype=np.float32)

    def _ranks(self, scores: npt.NDArray[np.float32], *, size: int) -> Ranks:
        """Return the languages that are possible by their scores, given the number of bytes read."""
        scores = scores * np.float32(1.0 / math.sqrt(size or 1))
        shares = np.exp(scores - scores.max())
        shares /= shares.sum()
        for place, twin in self._twins:
            shares[place] += shares[twin]
            shares[twin] = 0.0
        possible = np.flatnonzero(shares >= _POSSIBLE)
        ordered = possible[np.argsort(-shares[possible], kind="stable")]
        return tuple((self._languages[place], float(shares[place])) for place in ordered.tolist())


@lru_cache(maxsize=1)
def _model() -> _Model:
    """Load the language model once; importing it costs more than most commands, hence here."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return _Model(LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True))


def _encoded(text: str) -> bytes:
    """Return a text as the model was taught to read it."""
    lowered = text.lower() if text.isupper() else text
    return unicodedata.normalize("NFC", lowered).encode("utf-8", "surrogatepass")
