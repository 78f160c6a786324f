"""
Describe campaigns by what their letters share, and say which texts are letters of which.

A profile says of each run of words which part of a campaign's letters has it. Texts, letters and runs of words are rows
and columns of sparse matrices here: `recurring` has shape (n, columns) and a 1 where a text has a run of words that
others have too; `totals` says how many runs of words a text has, these or others, shape (n,).
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import sparse
from scipy.sparse.csgraph import connected_components

from answerable.engine.sketches import Numbers

Parts = npt.NDArray[np.float64]

_LEAST_RECURRENCES = 3
_LEAST_SHARE_OF_LETTERS = 0.01
_SAME_PROFILE, _SAME_LETTERS = 0.5, 0.5
_LEAST_OF_TYPICAL, _LEAST_TYPICAL = 0.35, 0.05
_LEAST_LENGTH, _LENGTH_OF_A_LETTER = 14, 24
_FEW_LETTERS, _COVER_OF_FEW = 30, 0.5
_LETTERS_THAT_SHARE, _MOST_ASKED_TO_SHARE = 4, 0.35
_STEPS_OF_A_WEIGHT = 8
_CELLS_TO_A_QUESTION, _ROWS_AT_A_TIME = 16, 20_000
NO_CAMPAIGN = -1


@dataclass(frozen=True)
class Profiles:
    """
    Hold k campaigns.

    `shares` has shape (k, columns): which part of the letters has a run of words, 0 where fewer than three letters or
    one in a hundred do. `sums` has the same shape: how many letters have it. `letters` and `words` are how many
    letters a campaign has, and how many runs of words they have together, shape (k,).
    """

    shares: sparse.csr_matrix
    sums: sparse.csr_matrix
    letters: Numbers
    words: Parts

    def lengths(self) -> Parts:
        """
        Return how many runs of words the profiles share as it were evenly, shape (k,).

        It is the inverse of the sum of their squared parts: ten that all letters have and a hundred that a few have by
        chance come to hardly more than ten. A question that people repeat before they answer is no longer than that.
        """
        shares = self.shares.astype(np.float64)
        sums = np.asarray(shares.sum(axis=1)).ravel()
        squares = np.asarray(shares.multiply(shares).sum(axis=1)).ravel()
        return np.asarray(sums**2 / np.maximum(squares, 1e-12), dtype=np.float64)

    def columns(self, weights: npt.NDArray[np.float32] | None = None) -> sparse.csr_matrix:
        """Return which runs of words are in which profile, as ones or as their weights, shape (k, columns)."""
        entries = np.ones_like(self.shares.data) if weights is None else weights[self.shares.indices]
        return sparse.csr_matrix((entries, self.shares.indices, self.shares.indptr), shape=self.shares.shape)


def components(size: int, first: Numbers, second: Numbers) -> Numbers:
    """Return the number of the connected component each of 0..size-1 is in when the pairs are joined, shape (size,)."""
    joined = sparse.coo_matrix((np.ones(len(first), dtype=np.int8), (first, second)), shape=(size, size))
    return np.asarray(connected_components(joined, directed=False)[1], dtype=np.int64)


def profiles_of(labels: Numbers, recurring: sparse.csr_matrix, *, totals: Numbers) -> Profiles:
    """Return the profiles of the campaigns that texts are labelled with, 0 to k - 1."""
    placed = np.flatnonzero(labels != NO_CAMPAIGN)
    size = int(labels.max()) + 1
    ones = np.ones(len(placed), dtype=np.float32)
    sums = (sparse.csr_matrix((ones, (labels[placed], placed)), shape=(size, len(labels))) @ recurring).tocsr()
    sums.sort_indices()
    letters = np.bincount(labels[placed], minlength=size)
    spread = np.repeat(letters, np.diff(sums.indptr))
    enough = sums.data >= np.maximum(_LEAST_RECURRENCES, _LEAST_SHARE_OF_LETTERS * spread)
    entries = np.where(enough, sums.data / np.maximum(spread, 1), 0.0).astype(np.float32)
    shares = sparse.csr_matrix((entries, sums.indices.copy(), sums.indptr.copy()), shape=sums.shape)
    shares.eliminate_zeros()
    words = np.bincount(labels[placed], weights=totals[placed], minlength=size)
    return Profiles(shares, sums, letters, np.maximum(words, 1.0))


def united(profiles: Profiles, labels: Numbers) -> Numbers:
    """
    Return the labels with those campaigns made one that are parts of one.

    A campaign joins the larger one whose profile explains half of its letters, with words shared about as widely as in
    that one's own; else the one that has most of its profile. Each joins a single other, so that what two campaigns
    share with a third does not make them one.
    """
    size = profiles.shares.shape[0]
    explained = _table(profiles.sums @ profiles.columns().T, profiles.words)
    shared = _table(profiles.sums @ profiles.shares.T, profiles.words)
    typical = np.zeros(size)
    own = shared.row == shared.col
    typical[shared.row[own]] = shared.data[own]
    row, column = shared.row, shared.col
    larger = (profiles.letters[column] > profiles.letters[row]) | (
        (profiles.letters[column] == profiles.letters[row]) & (column < row)
    )
    inside = larger & (explained.data >= _SAME_LETTERS) & (shared.data >= _LEAST_OF_TYPICAL * typical[column])
    weights = np.asarray(profiles.shares.sum(axis=1), dtype=np.float64).ravel()
    held = _table(profiles.shares @ profiles.columns().T, np.maximum(weights, 1e-9))
    alike = (held.data >= _SAME_PROFILE) & (held.row != held.col)
    rows = np.concatenate([row[inside], held.row[alike]]).astype(np.int64)
    columns = np.concatenate([column[inside], held.col[alike]]).astype(np.int64)
    # The first reason counts before the second, whatever the figures.
    ranks = np.concatenate([1.0 + shared.data[inside], np.minimum(held.data[alike], 1.0)])
    order = np.lexsort((columns, -ranks, rows))
    first = order[np.unique(rows[order], return_index=True)[1]]
    groups = components(size, rows[first], columns[first])
    return np.asarray(np.append(groups, NO_CAMPAIGN)[labels], dtype=np.int64)


def drawn(
    profiles: Profiles,
    labels: Numbers,
    recurring: sparse.csr_matrix,
    *,
    totals: Numbers,
    least: Parts,
    is_lenient: bool = False,
) -> Numbers:
    """
    Return for each text the campaign whose profile explains most of it, if that is enough; else NO_CAMPAIGN.

    Runs of words that many texts have count for more: a template comes back more often than what its senders add. It
    is enough when the profile has the part of the text's runs of words that `least` asks for, shape (n,), and they
    are shared about as widely as those of the campaign's letters are: else whoever said alone what a few senders added
    would become a sender. A campaign whose letters share too little is no template but a stock of sentences that
    many draw on; with `is_lenient` it may still find more of its letters.
    """
    campaigns: Numbers = np.full(len(labels), NO_CAMPAIGN, dtype=np.int64)
    weighted = recurring @ profiles.columns(_weights(recurring)).T.tocsr()
    rows, nearest = _largest(weighted.tocsr())
    if not len(rows):
        return campaigns
    explained, shared = _parts(recurring, profiles.shares, rows, nearest, totals=totals)
    inside = labels[rows] == nearest
    count = np.bincount(nearest[inside], minlength=len(profiles.letters))
    typical = np.bincount(nearest[inside], weights=shared[inside], minlength=len(count)) / np.maximum(count, 1)
    cover = np.bincount(nearest[inside], weights=explained[inside], minlength=len(count)) / np.maximum(count, 1)
    is_template = (typical >= _LEAST_TYPICAL) | is_lenient
    if not is_lenient:
        lengths = profiles.lengths()
        is_plain = (count >= _FEW_LETTERS) & (lengths >= _LENGTH_OF_A_LETTER)
        is_template &= (lengths >= _LEAST_LENGTH) & (is_plain | (cover >= _COVER_OF_FEW))
        is_template &= typical >= cover * np.minimum(_LETTERS_THAT_SHARE / np.maximum(count, 1), _MOST_ASKED_TO_SHARE)
    fits = (explained >= least[rows]) & (shared >= _LEAST_OF_TYPICAL * typical[nearest]) & is_template[nearest]
    campaigns[rows[fits]] = nearest[fits]
    return campaigns


def _table(products: sparse.csr_matrix, whole: Parts) -> sparse.coo_matrix:
    """Return products as parts of what the whole of each row comes to, entries in order of row and column."""
    ordered = products.tocsr()
    ordered.sort_indices()
    table = ordered.tocoo()
    table.data = table.data / whole[table.row]
    return table


def _weights(recurring: sparse.csr_matrix) -> npt.NDArray[np.float32]:
    """Return for each column the logarithm of how many texts have it, in whole steps so that sums are exact."""
    counts = np.bincount(recurring.indices, minlength=recurring.shape[1])
    weights: npt.NDArray[np.float64] = np.floor(_STEPS_OF_A_WEIGHT * np.log2(np.maximum(counts, 2)))
    return weights.astype(np.float32)


def _largest(weighted: sparse.csr_matrix) -> tuple[Numbers, Numbers]:
    """Return the rows that have entries, and the column of the largest entry of each, the first of equals."""
    sizes = np.diff(weighted.indptr)
    rows = np.flatnonzero(sizes)
    if not len(rows):
        return rows, rows
    begins = weighted.indptr[rows]
    spread = np.repeat(np.maximum.reduceat(weighted.data, begins), sizes[rows])
    places = np.where(weighted.data == spread, weighted.indices, np.iinfo(np.int32).max)
    return rows, np.minimum.reduceat(places, begins).astype(np.int64)


def _parts(
    recurring: sparse.csr_matrix, shares: sparse.csr_matrix, rows: Numbers, campaign: Numbers, *, totals: Numbers
) -> tuple[Parts, Parts]:
    """
    Return for some texts which part of their runs of words their campaign's profile has, and the mean of its shares.

    `rows` and `campaign` say which text is held against which profile; the result has their shape.
    """
    explained, shared = np.zeros(len(rows)), np.zeros(len(rows))
    order = np.argsort(campaign, kind="stable")
    for begin in range(0, len(order), _ROWS_AT_A_TIME):
        some = order[begin : begin + _ROWS_AT_A_TIME]
        own = recurring[rows[some]]
        given = _looked_up(shares, np.repeat(campaign[some], np.diff(own.indptr)), own.indices)
        ends = np.concatenate(([0.0], np.cumsum(given, dtype=np.float64)))
        shared[some] = np.diff(ends[own.indptr])
        explained[some] = np.diff(np.concatenate(([0], np.cumsum(given > 0)))[own.indptr])
    return explained / totals[rows], shared / totals[rows]


def _looked_up(shares: sparse.csr_matrix, campaign: Numbers, column: Numbers) -> npt.NDArray[np.float32]:
    """Return the shares that campaigns, in ascending order, give to columns: 0 where a profile has none."""
    first, last = int(campaign[0]), int(campaign[-1])
    if (last + 1 - first) * shares.shape[1] <= _CELLS_TO_A_QUESTION * len(column):
        return np.asarray(shares[first : last + 1].toarray()[campaign - first, column])
    known = np.repeat(np.arange(shares.shape[0]), np.diff(shares.indptr)) * shares.shape[1] + shares.indices
    asked = campaign * shares.shape[1] + column
    places = np.minimum(np.searchsorted(known, asked), len(known) - 1)
    return np.where(known[places] == asked, shares.data[places], np.float32(0))
