"""
Find the letters of campaigns: texts made from one template, with words, order and additions of the senders' own.

Two letters of a campaign may share little with each other, but nearly each run of words in one stands in some others.
So pairs that share much are only where a campaign begins: its profile, the runs of words that come back among
its letters, then draws in all texts it covers well, and is taken anew from them, until nothing changes.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import sparse
from scipy.sparse.csgraph import connected_components

from answerable.engine.sketches import Numbers

_LEAST_RECURRENCES = 3
_LEAST_SHARE_OF_LETTERS = 0.01
_SAME_PROFILE = 0.5
_LEAST_OF_TYPICAL, _LEAST_TYPICAL = 0.35, 0.05
_MOST_ROUNDS = 12
_MOST_CAMPAIGNS = 400
_SECOND_LOOK = 0.6
_CELLS_AT_A_TIME, _ROWS_AT_A_TIME = 4_000_000, 200_000
NO_CAMPAIGN = -1


@dataclass(frozen=True)
class Letters:
    """
    Hold the n different texts to one question as campaigns are looked for in them.

    `shingles` has shape (n, columns), `copies` says how often each text came in, `least_cover` which part of its runs
    of words a campaign must explain for the text to be one of its letters; over 1 keeps a text out.
    """

    shingles: sparse.csr_matrix
    copies: Numbers
    least_cover: npt.NDArray[np.float64]


@dataclass(frozen=True)
class Beginnings:
    """Hold pairs of texts that share much, and how much: three arrays of the same length, the last from 0 to 1."""

    first: Numbers
    second: Numbers
    shared: npt.NDArray[np.float64]

    def above(self, least: float, *, among: npt.NDArray[np.bool_]) -> tuple[Numbers, Numbers]:
        """Return the pairs of some texts that share at least so much."""
        kept = (self.shared >= least) & among[self.first] & among[self.second]
        return self.first[kept], self.second[kept]


def find_campaigns(letters: Letters, *, beginnings: Beginnings, least_shared: float, smallest: int) -> Numbers:
    """
    Return the number of the campaign each text belongs to, NO_CAMPAIGN for none, shape (n,).

    Campaigns begin with pairs that share at least `least_shared`; then, among the texts that are left, with pairs
    that share three fifths of it, which finds small campaigns of free wording without chaining large ones together.
    Cost grows with the number of words.
    """
    recurring = _recurring(letters.shingles)
    labels: Numbers = np.full(len(letters.copies), NO_CAMPAIGN, dtype=np.int64)
    for least in (least_shared, _SECOND_LOOK * least_shared):
        left = labels == NO_CAMPAIGN
        first, second = beginnings.above(least, among=left)
        begun = components(len(labels), first, second) + len(labels)
        seeds = _large(np.where(left, begun, labels), letters.copies, smallest)
        labels = _grown(seeds, letters, recurring, smallest=smallest)
    return labels


def _grown(labels: Numbers, letters: Letters, recurring: sparse.csr_matrix, *, smallest: int) -> Numbers:
    """Return the campaigns after they have drawn in all texts that they cover."""
    totals = np.maximum(np.diff(letters.shingles.indptr), 1)
    for _ in range(_MOST_ROUNDS):
        if labels.max(initial=NO_CAMPAIGN) == NO_CAMPAIGN:
            break
        profiles = _shares(labels, recurring)
        united = _united(labels, profiles)
        if not np.array_equal(united, labels):
            labels, profiles = united, _shares(united, recurring)
        drawn = _drawn(profiles, labels, recurring, totals=totals, least=letters.least_cover)
        renewed = _large(drawn, letters.copies, smallest)
        if np.array_equal(renewed, labels):
            break
        labels = renewed
    return labels


def components(size: int, first: Numbers, second: Numbers) -> Numbers:
    """Return the number of the connected component each of 0..size-1 is in when the pairs are joined, shape (size,)."""
    joined = sparse.coo_matrix((np.ones(len(first), dtype=np.int8), (first, second)), shape=(size, size))
    return np.asarray(connected_components(joined, directed=False)[1], dtype=np.int64)


def _recurring(shingles: sparse.csr_matrix) -> sparse.csr_matrix:
    """Return the shingles that at least three texts have, in columns without gaps."""
    ordered = np.sort(shingles.indices)
    last = ordered[_LEAST_RECURRENCES - 1 :]
    recurs = last == ordered[: len(last)]
    recurs[1:] &= ~recurs[:-1].copy()
    known = last[recurs]
    del ordered, last, recurs
    inside = np.zeros(len(shingles.indices), dtype=bool)
    columns = [np.zeros(0, dtype=np.int32)]
    for first in range(0, len(inside) if len(known) else 0, _CELLS_AT_A_TIME):
        asked = shingles.indices[first : first + _CELLS_AT_A_TIME]
        places = np.minimum(np.searchsorted(known, asked), len(known) - 1).astype(np.int32)
        found = known[places] == asked
        inside[first : first + len(asked)] = found
        columns.append(places[found])
    before = np.zeros(len(inside) + 1, dtype=shingles.indptr.dtype)
    np.cumsum(inside, out=before[1:])
    ends = before[shingles.indptr]
    del before, inside
    joined = np.concatenate(columns)
    del columns
    ones = np.ones(len(joined), dtype=np.float32)
    return sparse.csr_matrix((ones, joined, ends), shape=(shingles.shape[0], max(1, len(known))))


def _large(labels: Numbers, copies: Numbers, smallest: int) -> Numbers:
    """Return labels of groups with enough letters, numbered by their first letter; at most 400, the largest."""
    placed = np.flatnonzero(labels != NO_CAMPAIGN)
    renumbered = np.full(len(labels), NO_CAMPAIGN, dtype=np.int64)
    if not len(placed):
        return renumbered
    known, firsts, places = np.unique(labels[placed], return_index=True, return_inverse=True)
    sizes = np.bincount(places, weights=copies[placed])
    wanted = np.flatnonzero(sizes >= smallest)
    wanted = wanted[np.lexsort((firsts[wanted], -sizes[wanted]))][:_MOST_CAMPAIGNS]
    numbers = np.full(len(known), NO_CAMPAIGN, dtype=np.int64)
    numbers[wanted[np.argsort(firsts[wanted])]] = np.arange(len(wanted))
    renumbered[placed] = numbers[places]
    return renumbered


def _shares(labels: Numbers, recurring: sparse.csr_matrix) -> sparse.csr_matrix:
    """
    Return the profile of each campaign, shape (campaigns, columns): which part of its letters has a shingle.

    A shingle that fewer than three letters or one in a hundred have is left out.
    """
    members = _members(labels)
    profiles = (members @ recurring).tocsr()
    sizes = np.repeat(np.asarray(members.sum(axis=1)).ravel(), np.diff(profiles.indptr))
    enough = profiles.data >= np.maximum(_LEAST_RECURRENCES, _LEAST_SHARE_OF_LETTERS * sizes)
    profiles.data = np.where(enough, profiles.data / np.maximum(sizes, 1), 0.0).astype(np.float32)
    profiles.eliminate_zeros()
    profiles.sort_indices()
    return profiles


def _united(labels: Numbers, profiles: sparse.csr_matrix) -> Numbers:
    """Return the labels with those campaigns made one of which the profile of one has most that the other shares."""
    weights = np.asarray(profiles.sum(axis=1), dtype=np.float64).ravel()
    held = (profiles @ _ones(profiles).T).tocoo()
    alike = held.data >= _SAME_PROFILE * weights[held.row]
    groups = components(profiles.shape[0], held.row[alike].astype(np.int64), held.col[alike].astype(np.int64))
    united = np.append(groups, NO_CAMPAIGN)[labels]
    return np.asarray(united, dtype=np.int64)


def _drawn(
    profiles: sparse.csr_matrix,
    labels: Numbers,
    recurring: sparse.csr_matrix,
    *,
    totals: npt.NDArray[np.int32],
    least: npt.NDArray[np.float64],
) -> Numbers:
    """
    Return for each text the campaign whose profile covers most of it, if that is enough.

    It is, when the profile has enough of the text's shingles, and they are shared about as widely as those of the
    campaign's letters are: else whoever said alone what a few senders added would become a sender. A campaign whose
    letters share too little in the mean is no template but a stock of sentences that many draw on.
    """
    drawn: Numbers = np.full(len(labels), NO_CAMPAIGN, dtype=np.int64)
    covered = (recurring @ _ones(profiles).T.tocsr()).tocsr()
    covered.sort_indices()
    filled = np.flatnonzero(np.diff(covered.indptr))
    if not len(filled):
        return drawn
    best = np.maximum.reduceat(covered.data, covered.indptr[filled])
    spread = np.repeat(best, np.diff(covered.indptr)[filled])
    places = np.where(covered.data == spread, covered.indices, np.iinfo(np.int32).max)
    campaign = np.minimum.reduceat(places, covered.indptr[filled])
    inside, fits = labels[filled] == campaign, best / totals[filled] >= least[filled]
    asked = np.flatnonzero(inside | fits)
    shared: npt.NDArray[np.float64] = np.zeros(len(filled))
    for first in range(0, len(asked), _ROWS_AT_A_TIME):
        some = asked[first : first + _ROWS_AT_A_TIME]
        shared[some] = _mean_shares(recurring, profiles, filled[some], campaign[some]) / totals[filled[some]]
    sums = np.bincount(campaign[inside], weights=shared[inside], minlength=profiles.shape[0])
    typical = sums / np.maximum(np.bincount(campaign[inside], minlength=profiles.shape[0]), 1)
    enough = fits & (shared >= _LEAST_OF_TYPICAL * typical[campaign]) & (typical[campaign] >= _LEAST_TYPICAL)
    drawn[filled[enough]] = campaign[enough]
    return drawn


def _mean_shares(
    recurring: sparse.csr_matrix, profiles: sparse.csr_matrix, rows: Numbers, campaign: Numbers
) -> npt.NDArray[np.float64]:
    """Return for some texts the sum of the shares that their campaign gives to their shingles, shape (rows,)."""
    own = recurring[rows]
    owners = np.repeat(campaign, np.diff(own.indptr))
    shares = np.zeros(len(owners), dtype=np.float32)
    step = max(1, _CELLS_AT_A_TIME // profiles.shape[1])
    for first in range(0, profiles.shape[0], step):
        inside = np.flatnonzero((owners >= first) & (owners < first + step))
        shares[inside] = profiles[first : first + step].toarray()[owners[inside] - first, own.indices[inside]]
    given = sparse.csr_matrix((shares, own.indices, own.indptr), shape=own.shape)
    return np.asarray(given @ np.ones(own.shape[1], dtype=np.float32), dtype=np.float64)


def _members(labels: Numbers) -> sparse.csr_matrix:
    """Return which texts are in which campaign, shape (campaigns, n)."""
    placed = np.flatnonzero(labels != NO_CAMPAIGN)
    ones = np.ones(len(placed), dtype=np.float32)
    return sparse.csr_matrix((ones, (labels[placed], placed)), shape=(int(labels.max()) + 1, len(labels)))


def _ones(profiles: sparse.csr_matrix) -> sparse.csr_matrix:
    """Return which shingles are in which profile."""
    return sparse.csr_matrix((np.ones_like(profiles.data), profiles.indices, profiles.indptr), shape=profiles.shape)
