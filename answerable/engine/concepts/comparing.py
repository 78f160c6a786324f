"""Say how much texts speak of the same concepts, so that the same thing said in other words is seen."""

import numpy as np
import numpy.typing as npt
from scipy import sparse

from answerable.engine.concepts.lexicon import lexicon_of
from answerable.engine.vectors.embedder import Vectors, unit_rows
from answerable.engine.vectors.hash_prefix import FEW_TEXTS
from answerable.engine.word_table import WordTable

_GRAPH_WEIGHT = 0.1
_DECIMALS = 6
NEARNESS_WEIGHT = 0.2
"""What sharing concepts counts beside a cosine of words."""

_MOST_COUNTED = 3


class Concepts:
    """
    Compare texts of one language by the concepts they speak of: "too expensive" and "nobody can pay for it".

    Weights are ln(1 + how often a concept is named, at most three times) times how rare it is among the texts. A
    language without a lexicon gives vectors of nothing, whose cosine is 0.
    """

    def __init__(self, language: str) -> None:
        """Begin knowing nothing: every concept weighs the same."""
        self._lexicon = lexicon_of(language)
        self._rarity = np.ones(len(self._lexicon.names) if self._lexicon else 1, dtype=np.float64)

    def fit_encode(self, words: WordTable) -> Vectors:
        """Learn which concepts are rare among some texts, whose words are given, and return their vectors."""
        counts = self._counts(words)
        having = np.bincount(counts.indices, minlength=len(self._rarity))
        self._rarity = np.log((1 + max(counts.shape[0], FEW_TEXTS)) / (1 + having))
        return self._weigh(counts)

    def encode(self, words: WordTable) -> Vectors:
        """Return vectors of shape (texts, concepts), each of length 1, or 0 for a text that names none."""
        return self._weigh(self._counts(words))

    def _weigh(self, counts: Vectors) -> Vectors:
        """Return vectors made of counts."""
        counts.data = (np.log1p(counts.data) * self._rarity[counts.indices]).astype(np.float32)
        return unit_rows(counts)

    def _counts(self, words: WordTable) -> Vectors:
        """Return how often each text names each concept, at most three times."""
        lexicon = self._lexicon
        counts = words.times(lambda word: lexicon.concepts_of(word) if lexicon else (), width=len(self._rarity))
        np.minimum(counts.data, _MOST_COUNTED, out=counts.data)
        return counts


def nearness(
    words: npt.NDArray[np.float32], *, concepts: npt.NDArray[np.float32], weight: float = NEARNESS_WEIGHT
) -> npt.NDArray[np.float32]:
    """
    Return how near texts are: the weighted mean of their cosines by words (five sixths) and by concepts (one sixth).

    Both have one shape, which is returned. Where nothing names a concept, words alone count. The weight was chosen on
    ArgKP train; `python -m bench.quality.weights` shows others.
    """
    if not concepts.any():
        return words
    return np.asarray((words + weight * concepts) / (1 + weight), dtype=np.float32)


def with_concepts(graph: sparse.csr_matrix, *, concepts: Vectors) -> sparse.csr_matrix:
    """
    Return a graph of n neighbours whose weights grow with the concepts both ends share more than any two texts do.

    `concepts` are vectors of shape (n, concepts). A tenth of what their cosine exceeds its mean over all pairs by is
    added; no text gets a neighbour it had not. The weight was chosen on ArgKP train and CIMT.
    """
    joined = graph.tocoo()
    shared = np.asarray(concepts[joined.row].multiply(concepts[joined.col]).sum(axis=1), dtype=np.float64).ravel()
    total = np.asarray(concepts.sum(axis=0), dtype=np.float64).ravel()
    usual = float(np.round(total @ total / max(1, concepts.shape[0]) ** 2, _DECIMALS))
    above = np.maximum(shared - usual, 0.0) / max(1.0 - usual, 10.0**-_DECIMALS)
    weights = joined.data + _GRAPH_WEIGHT * np.round(above, _DECIMALS)
    return sparse.csr_matrix((weights, (joined.row, joined.col)), shape=graph.shape)
