"""What every way of making vectors offers."""

from collections.abc import Sequence
from typing import Protocol, Self, TypeAlias

import numpy as np
import numpy.typing as npt
from scipy import sparse

Vectors: TypeAlias = sparse.csr_matrix
_DECIMALS = 5


class EmbedderError(ValueError):
    """Say why texts cannot be turned into vectors in the way that was asked for."""


class Embedder(Protocol):
    """
    Turn texts into rows of unit length.

    `id` names the method with its settings and `version` changes whenever the same text would give another vector;
    both are kept beside whatever was made with them.
    """

    @property
    def id(self) -> str:
        """Return the name of the method, its settings included."""
        ...

    @property
    def version(self) -> str:
        """Return the version of the method."""
        ...

    def fit(self, texts: Sequence[str], *, background: Sequence[str] = ()) -> Self:
        """Learn which words are common: in these texts, and in the wider background they stand in."""
        ...

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Return float32 vectors of shape (len(texts), dimensions), each of length 1, or 0 where nothing is known."""
        ...


def unit_rows(vectors: Vectors) -> Vectors:
    """Return the rows divided by their Euclidean lengths; empty rows stay empty."""
    lengths = np.sqrt(np.asarray(vectors.multiply(vectors).sum(axis=1), dtype=np.float64)).ravel()
    lengths[lengths == 0] = 1.0
    # A product with a diagonal matrix would take working space for every column that could be.
    scaled: Vectors = vectors.copy()
    scaled.data = (vectors.data * np.repeat(1.0 / lengths, np.diff(vectors.indptr))).astype(np.float32)
    return scaled


def rounded_rows(values: npt.NDArray[np.float32]) -> Vectors:
    """
    Return dense rows as sparse ones of length 1, each number kept to five decimals.

    Rounding hides the order in which a processor added them up.
    """
    lengths = np.linalg.norm(values, axis=1, keepdims=True)
    lengths[lengths == 0] = 1.0
    return unit_rows(sparse.csr_matrix(np.round(values / lengths, _DECIMALS)))


def dense(vectors: Vectors) -> npt.NDArray[np.float32]:
    """Return sparse rows as a plain array of the same shape."""
    return np.asarray(vectors.todense(), dtype=np.float32)
