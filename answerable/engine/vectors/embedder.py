"""What every way of making vectors offers."""

from collections.abc import Sequence
from typing import Protocol, Self, TypeAlias

import numpy as np
import numpy.typing as npt
from scipy import sparse

Vectors: TypeAlias = sparse.csr_matrix


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
    scaled: Vectors = (sparse.diags(1.0 / lengths) @ vectors).tocsr().astype(np.float32)
    return scaled


def dense(vectors: Vectors) -> npt.NDArray[np.float32]:
    """Return sparse rows as a plain array of the same shape."""
    return np.asarray(vectors.todense(), dtype=np.float32)
