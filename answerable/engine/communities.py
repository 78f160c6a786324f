"""Find groups in a graph of texts: a theme tree of two levels."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import sparse

from answerable.engine.records import Settings
from answerable.engine.vectors.embedder import Vectors

_SMALLEST_SUBTHEME = 4
_LEAST_TO_SPLIT, _PART_TO_SPLIT = 12, 4


@dataclass(frozen=True)
class Community:
    """Hold the rows of one theme and of the subthemes it is made of, if it is worth splitting."""

    rows: tuple[int, ...]
    parts: tuple[tuple[int, ...], ...] = ()


def find_communities(graph: sparse.csr_matrix, *, vectors: Vectors, settings: Settings) -> list[Community]:
    """
    Return themes of at least two texts, the largest first.

    Louvain on the neighbour graph (Blondel et al., "Fast unfolding of communities in large networks", 2008), and
    again inside each large theme: one of `smallest_theme_to_split` texts, or in a small consultation of a quarter of
    all, twelve at least. Texts too unlike the rest of their theme are left out.
    """
    found = []
    large = min(settings.smallest_theme_to_split, max(_LEAST_TO_SPLIT, -(-graph.shape[0] // _PART_TO_SPLIT)))
    for rows in _louvain(graph, resolution=settings.theme_resolution, seed=settings.seed):
        kept = _fitting(rows, vectors=vectors, least=settings.stands_alone_below)
        if len(kept) > 1:
            is_large = len(kept) >= large
            parts = _split(kept, graph=graph, vectors=vectors, settings=settings) if is_large else ()
            found.append(Community(kept, parts))
    return sorted(found, key=lambda community: (-len(community.rows), community.rows))


def fit_scores(vectors: Vectors) -> npt.NDArray[np.float64]:
    """Return for each of n texts its cosine with the mean of the others, shape (n,); 0 when there are no others."""
    total = np.asarray(vectors.sum(axis=0), dtype=np.float64).ravel()
    with_all = np.asarray(vectors @ total).ravel()
    squares = np.asarray(vectors.multiply(vectors).sum(axis=1), dtype=np.float64).ravel()
    others_length = np.sqrt(np.maximum(total @ total - 2 * with_all + squares, 0.0))
    scores: npt.NDArray[np.float64] = np.zeros(vectors.shape[0])
    some = others_length > 1e-6  # noqa: PLR2004 - rounding leaves a trace where nothing is
    scores[some] = (with_all - squares)[some] / others_length[some]
    return np.clip(scores, 0.0, 1.0)


def _louvain(graph: sparse.csr_matrix, *, resolution: float, seed: int) -> list[tuple[int, ...]]:
    """Return groups of two or more rows; rows without neighbours are in none."""
    from sknetwork.clustering import Louvain

    if graph.nnz == 0:
        return []
    labels = Louvain(resolution=resolution, random_state=seed, shuffle_nodes=False).fit_predict(graph)
    groups: dict[int, list[int]] = {}
    for row, label in enumerate(labels):
        groups.setdefault(int(label), []).append(row)
    return [tuple(rows) for rows in groups.values() if len(rows) > 1]


def _fitting(rows: tuple[int, ...], *, vectors: Vectors, least: float) -> tuple[int, ...]:
    """Return the rows that are like enough to the rest of their group."""
    scores = fit_scores(vectors[list(rows)])
    return tuple(row for row, score in zip(rows, scores, strict=True) if score >= least)


def _split(
    rows: tuple[int, ...], *, graph: sparse.csr_matrix, vectors: Vectors, settings: Settings
) -> tuple[tuple[int, ...], ...]:
    """Return the subthemes of a theme, the largest first: together all its rows, or none when it is one piece."""
    inside = graph[list(rows)][:, list(rows)]
    groups = _louvain(inside, resolution=settings.subtheme_resolution, seed=settings.seed)
    large = [[rows[place] for place in group] for group in groups if len(group) >= _SMALLEST_SUBTHEME]
    if len(large) < 2:  # noqa: PLR2004 - one part is the theme itself
        return ()
    _share_out(sorted(set(rows) - {row for group in large for row in group}), large, vectors=vectors)
    return tuple(sorted((tuple(sorted(group)) for group in large), key=lambda group: (-len(group), group)))


def _share_out(rows: Sequence[int], groups: list[list[int]], *, vectors: Vectors) -> None:
    """Add each left-over row to the group whose mean it is nearest to."""
    if not rows:
        return
    means = sparse.vstack([sparse.csr_matrix(vectors[group].mean(axis=0)) for group in groups])
    nearest = np.asarray((vectors[list(rows)] @ means.T).todense()).argmax(axis=1)
    for row, place in zip(rows, nearest.ravel(), strict=True):
        groups[int(place)].append(row)
