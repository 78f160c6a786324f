"""Vectors of a few dimensions: the default ones turned onto the directions in which texts differ most."""

from collections.abc import Sequence
from typing import Self

import numpy as np
import numpy.typing as npt
from scipy import sparse
from scipy.sparse.linalg import svds

from answerable.engine.vectors.embedder import Vectors, unit_rows
from answerable.engine.vectors.hash_prefix import HashPrefix

_DECIMALS = 5


class Lsa:
    """
    Compare texts by latent semantic analysis of the hash-prefix vectors (Deerwester et al., 1990).

    Faster than the default on large blocks and blind to rare words; before `fit` it behaves as the default does.
    """

    version = "1"

    def __init__(self, dimensions: int = 128) -> None:
        """Remember how many dimensions to keep; fewer are kept when the texts have fewer."""
        self._dimensions = dimensions
        self._base = HashPrefix()
        self._axes: npt.NDArray[np.float32] | None = None

    @property
    def id(self) -> str:
        """Return the name of the method with its dimensions and base."""
        return f"lsa/{self._dimensions}/{self._base.id}"

    def fit(self, texts: Sequence[str], *, background: Sequence[str] = ()) -> Self:
        """Learn the weights of words and then the directions; up to three texts are too few for directions."""
        vectors = self._base.fit(texts, background=background).encode(texts)
        rank = min(self._dimensions, min(vectors.shape) - 1, vectors.shape[0] // 2)
        if rank < 2:  # noqa: PLR2004 - one direction would make all texts alike
            self._axes = None
            return self
        start = np.ones(min(vectors.shape), dtype=np.float64)
        _, strengths, axes = svds(vectors.astype(np.float64), k=rank, v0=start)
        strongest = np.argsort(-strengths, kind="stable")
        axes = axes[strongest]
        signs = np.sign(axes[np.arange(len(axes)), np.abs(axes).argmax(axis=1)])
        self._axes = (axes * signs[:, None]).T.astype(np.float32)
        return self

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Return vectors of length 1, rounded so that the order of additions does not show."""
        vectors = self._base.encode(texts)
        if self._axes is None:
            return vectors
        projected = np.round(np.asarray(vectors @ self._axes), _DECIMALS)
        return unit_rows(sparse.csr_matrix(projected))
