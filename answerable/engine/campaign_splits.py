"""
Take apart what is two campaigns: letters that share nothing but what senders of both added.

The letters of one template differ slot by slot, and each slot differently; those of two templates differ in all at
once. So the direction in which a group differs most tells two templates apart, if there are two.
"""

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt
from scipy import sparse

from answerable.engine.campaign_profiles import NO_CAMPAIGN
from answerable.engine.sketches import Numbers

_LETTERS_LOOKED_AT = 3_000
_LEAST_LETTERS = 10
_STEPS, _MOVES = 6, 3
_LEAST_RECURRENCES, _LEAST_SHARE_OF_LETTERS = 3, 0.01
_KEPT, _FOREIGN, _SHARED_BY_NEARLY_ALL = 0.9, 0.25, 0.7


def split(labels: Numbers, recurring: sparse.csr_matrix) -> Numbers:
    """
    Return the labels with those campaigns taken apart that are several.

    `recurring` has shape (n, columns): which text has which runs of words. Of a large campaign some thousand letters
    are looked at; where it is taken apart the others are left without one, to be drawn in by the part they belong to.
    """
    placed = np.flatnonzero(labels != NO_CAMPAIGN)
    order = placed[np.argsort(labels[placed], kind="stable")]
    ends = np.flatnonzero(np.diff(labels[order], append=np.int64(NO_CAMPAIGN))) + 1
    found = labels.copy()
    next_label = int(labels.max(initial=NO_CAMPAIGN)) + 1
    for begin, end in zip([0, *ends[:-1].tolist()], ends.tolist(), strict=True):
        if end - begin < 2 * _LEAST_LETTERS:
            continue
        rows = order[begin:end]
        some = rows[np.linspace(0, len(rows) - 1, min(len(rows), _LETTERS_LOOKED_AT)).astype(np.int64)]
        parts = list(_parts(_profiled(recurring[some])))
        if len(parts) > 1:
            found[rows] = NO_CAMPAIGN
            for part in parts:
                found[some[part]] = next_label
                next_label += 1
    return found


def _parts(letters: sparse.csr_matrix) -> Iterator[Numbers]:
    """Yield the places of the letters of each template among some letters."""
    waiting = [np.arange(letters.shape[0])]
    while waiting:
        places = waiting.pop()
        halves = _halves(letters[places])
        if halves is None:
            yield places
        else:
            waiting += [places[halves], places[~halves]]


def _profiled(letters: sparse.csr_matrix) -> sparse.csr_matrix:
    """
    Return letters with those runs of words alone that enough of them have, one for all that the same letters have.

    So a long paragraph that some senders leave out counts no more than a word that some replace.
    """
    columns, places, counts = np.unique(letters.indices, return_inverse=True, return_counts=True)
    near = sparse.csr_matrix((np.ones(len(places)), places, letters.indptr), shape=(letters.shape[0], len(columns)))
    # Sums of whole numbers below 2^53 are exact: equal for the same letters, and for others hardly ever.
    marks = np.random.default_rng(0).integers(1, 2**40, letters.shape[0]).astype(np.float64)
    enough = np.flatnonzero(counts >= max(_LEAST_RECURRENCES, _LEAST_SHARE_OF_LETTERS * letters.shape[0]))
    known = enough[np.unique((near.T @ marks)[enough], return_index=True)[1]]
    return near[:, np.sort(known)]


def _halves(letters: sparse.csr_matrix) -> npt.NDArray[np.bool_] | None:
    """Return which of some letters are of one template and which of another, None when all are of one."""
    if letters.shape[0] < 2 * _LEAST_LETTERS:
        return None
    whole = _shares(letters)
    if (letters @ whole).sum() > _SHARED_BY_NEARLY_ALL * (letters @ (whole > 0)).sum():
        return None
    first = _two_means(letters)
    if min(first.sum(), (~first).sum()) < _LEAST_LETTERS:
        return None
    for half, other in ((letters[first], letters[~first]), (letters[~first], letters[first])):
        own = _shares(half)
        is_thin = (half @ (own > 0)).sum() < _KEPT * (half @ (whole > 0)).sum()
        if is_thin or (half @ _shares(other)).sum() > _FOREIGN * (half @ own).sum():
            return None
    return first


def _shares(letters: sparse.csr_matrix) -> npt.NDArray[np.float64]:
    """Return which part of some letters has each run of words, 0 where too few have, shape (columns,)."""
    size = letters.shape[0]
    counts = np.asarray(letters.sum(axis=0)).ravel()
    return np.where(counts >= max(_LEAST_RECURRENCES, _LEAST_SHARE_OF_LETTERS * size), counts / max(size, 1), 0.0)


def _two_means(letters: sparse.csr_matrix) -> npt.NDArray[np.bool_]:
    """Return which letters lie to one side along what they differ most in, then nearer to one mean, shape (n,)."""
    turned = letters.T.tocsr()
    size = letters.shape[0]
    mean = turned @ np.full(size, 1 / size)
    direction = letters[[int(np.diff(letters.indptr).argmax())]].toarray().ravel() - mean
    along = np.zeros(size)
    for _ in range(_STEPS):
        along = letters @ direction - mean @ direction
        direction = turned @ along - mean * along.sum()
        direction /= max(float(np.linalg.norm(direction)), 1e-12)
    first: npt.NDArray[np.bool_] = along > 0
    for _ in range(_MOVES):
        if first.all() or not first.any():
            break
        one, other = (turned @ (side / side.sum()) for side in (first, ~first))
        first = 2 * (letters @ (one - other)) > one @ one - other @ other
    return first
