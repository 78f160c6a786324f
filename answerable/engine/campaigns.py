"""
Find the letters of campaigns: texts made from one template, with words, order and additions of the senders' own.

Two letters of a campaign may share little with each other, but nearly each run of words in one stands in some others.
So groups of texts that share something are only where a campaign begins: its profile, the runs of words that come back
among its letters, then draws in all texts it covers well, and is taken anew from them, until nothing changes.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import sparse

from answerable.engine.campaign_profiles import NO_CAMPAIGN, Profiles, drawn, profiles_of, united
from answerable.engine.campaign_seeds import Pairs, seeds_of
from answerable.engine.campaign_splits import split
from answerable.engine.sketches import Numbers, Sketches, candidate_pairs, resemblances

_LEAST_RECURRENCES = 3
_MOST_ROUNDS, _FEW_CHANGES = 6, 0.0005
_LENIENT_ROUNDS, _LENIENCE = 2, 0.5
_MOST_CAMPAIGNS = 5_000
_SAMPLE, _MOST_AT_ONCE, _FEW_LEFT = 20_000, 30_000, 5_000
_SECOND_LOOK, _ROWS_OF_SECOND_LOOK = 0.75, 2
_CELLS_AT_A_TIME = 4_000_000


@dataclass(frozen=True)
class Letters:
    """
    Hold the n different texts to one question as campaigns are looked for in them.

    `copies` says how often each text came in, `least_cover` which part of its runs of words a campaign must explain
    for the text to be one of its letters; over 1 keeps a text out. `can_begin` says which texts may begin a campaign
    though they do not nearly repeat another. All have shape (n,).
    """

    sketches: Sketches
    copies: Numbers
    least_cover: npt.NDArray[np.float64]
    can_begin: npt.NDArray[np.bool_]

    def of_rows(self, rows: Numbers) -> "Letters":
        """Return some of the texts."""
        return Letters(self.sketches.rows(rows), self.copies[rows], self.least_cover[rows], self.can_begin[rows])


@dataclass(frozen=True)
class Asked:
    """Hold which part of their runs of words texts share to be looked at, and to be repeats, and the fewest letters."""

    similarity: float
    repeat: float
    smallest: int


def find_campaigns(letters: Letters, *, pairs: Pairs, asked: Asked) -> Numbers:
    """
    Return the number of the campaign each text belongs to, NO_CAMPAIGN for none, shape (n,).

    Of many texts a sample is looked at first, which finds the large campaigns, and those draw in their letters; then
    those that are left. Where few are left they are looked at once more and with more care: that finds a little more
    of small campaigns. Cost grows with the number of words.
    """
    search = _Search(letters, asked)
    labels: Numbers = np.full(len(letters.copies), NO_CAMPAIGN, dtype=np.int64)
    if len(labels) > _MOST_AT_ONCE:
        labels = search.of_a_sample()
    else:
        labels = search.after(labels, pairs, least=asked.similarity)
    left = np.flatnonzero(labels == NO_CAMPAIGN)
    if len(left) <= _FEW_LEFT:
        pairs = search.pairs_among(left, rows_in_band=_ROWS_OF_SECOND_LOOK)
    elif len(labels) <= _MOST_AT_ONCE:
        return labels
    return search.after(labels, pairs, least=_SECOND_LOOK * asked.similarity)


class _Search:
    """Look for campaigns among the texts to one question."""

    def __init__(self, letters: Letters, asked: Asked) -> None:
        self.letters, self.asked = letters, asked
        self.recurring = _recurring(letters.sketches.shingles)
        self.totals = np.maximum(letters.sketches.shingle_counts(), 1)

    def of_a_sample(self) -> Numbers:
        """Return the campaigns that begin among some thousand texts, drawn by chance that does not change."""
        order = np.argsort(np.array(self.letters.sketches.digests), kind="stable")
        rows = np.sort(order[:_SAMPLE])
        sample = _Search(self.letters.of_rows(rows), self.asked)
        none: Numbers = np.full(len(rows), NO_CAMPAIGN, dtype=np.int64)
        found = sample.after(none, sample.pairs_among(np.arange(len(rows))), least=self.asked.similarity)
        labels: Numbers = np.full(len(self.totals), NO_CAMPAIGN, dtype=np.int64)
        labels[rows] = found
        return self._grown(labels, lenient=0)

    def pairs_among(self, rows: Numbers, **bands: int) -> Pairs:
        """Return the pairs of some texts that may share something, and how much they do."""
        some = self.letters.sketches.rows(rows)
        first, second = candidate_pairs(some, **bands)
        return Pairs(first, second, resemblances(some, first, second)).of_rows(rows)

    def after(self, labels: Numbers, pairs: Pairs, *, least: float) -> Numbers:
        """Return the campaigns there are, and those that begin with pairs of other texts that share enough."""
        left = labels == NO_CAMPAIGN
        able = self.letters.can_begin
        close = pairs.above(least, among=left)
        close = close.where((close.shared >= self.asked.repeat) | (able[close.first] & able[close.second]))
        begun = seeds_of(len(labels), close) + len(labels)
        return self._grown(self._large(np.where(left, begun, labels)), lenient=_LENIENT_ROUNDS)

    def _grown(self, labels: Numbers, *, lenient: int) -> Numbers:
        """
        Return the campaigns after they have drawn in all texts that they cover.

        In the first rounds half as much is asked of a letter: a few letters say little about the template, and more
        of them say more. Then what has become one campaign but is several is taken apart.
        """
        for number in range(_MOST_ROUNDS):
            if labels.max(initial=NO_CAMPAIGN) == NO_CAMPAIGN:
                break
            is_lenient = number < lenient
            if number <= lenient + 1:
                labels = united(self._profiles(labels), labels)
            if number == lenient:
                labels = self._large(split(labels, self.recurring))
            found = drawn(
                self._profiles(labels),
                labels,
                self.recurring,
                totals=self.totals,
                least=self.letters.least_cover * (_LENIENCE if is_lenient else 1.0),
                is_lenient=is_lenient,
            )
            renewed = self._large(found)
            changed = np.count_nonzero(renewed != labels)
            labels = renewed
            if changed <= _FEW_CHANGES * len(labels) and not is_lenient:
                break
        return labels

    def _profiles(self, labels: Numbers) -> Profiles:
        """Return the profiles of the campaigns."""
        return profiles_of(labels, self.recurring, totals=self.totals)

    def _large(self, labels: Numbers) -> Numbers:
        """Return the labels of groups with enough letters."""
        return _large(labels, self.letters.copies, self.asked.smallest)


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
    """Return labels of groups with enough letters, numbered by their first letter; at most 5,000, the largest."""
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
