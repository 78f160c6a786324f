"""Vectors that weigh several ways of comparing texts against each other."""

import math
from collections.abc import Sequence
from typing import Self

from scipy import sparse

from answerable.engine.vectors.embedder import Embedder, EmbedderError, Vectors, unit_rows


class Mix:
    """
    Compare texts by the weighted mean of other embedders' similarities.

    Each part's unit vectors are scaled by the root of its weight and put side by side, so that the cosine of two rows
    is the sum of weight times cosine. Where a part knows nothing of a text, the others alone decide its length.
    """

    def __init__(self, parts: Sequence[tuple[float, Embedder]]) -> None:
        """Divide the weights by their sum. Raises EmbedderError for fewer than two parts or a weight not above 0."""
        if len(parts) < 2:  # noqa: PLR2004 - one part is no mix
            raise EmbedderError("A mix needs at least two parts.")
        if any(not math.isfinite(weight) or weight <= 0 for weight, _ in parts):
            raise EmbedderError("Every weight in a mix must be a number above 0.")
        total = sum(weight for weight, _ in parts)
        self.parts = tuple((weight / total, embedder) for weight, embedder in parts)

    @property
    def id(self) -> str:
        """Return the names of the parts with their weights."""
        return "mix/" + "+".join(f"{weight:.6g}*{embedder.id}" for weight, embedder in self.parts)

    @property
    def version(self) -> str:
        """Return the versions of the parts."""
        return "1+" + "+".join(embedder.version for _, embedder in self.parts)

    def fit(self, texts: Sequence[str], *, background: Sequence[str] = ()) -> Self:
        """Let every part learn which words are common."""
        self.parts = tuple((weight, part.fit(texts, background=background)) for weight, part in self.parts)
        return self

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Return vectors of shape (len(texts), sum of the parts' dimensions), each of length 1, or 0."""
        scaled = [part.encode(texts) * math.sqrt(weight) for weight, part in self.parts]
        return unit_rows(sparse.hstack(scaled, format="csr"))
