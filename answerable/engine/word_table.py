"""Count the words of many texts once, for all that asks which text has which word how often."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import count

import numpy as np
from scipy import sparse

from answerable.engine.writing_systems import words_of

_LONGEST_TEXT = 200_000


@dataclass(frozen=True)
class WordTable:
    """
    Hold how often each of n texts has each word, folded.

    `counts` has shape (n, words or 1), whole numbers as float32; its columns are in the order of `words`.
    """

    words: tuple[str, ...]
    counts: sparse.csr_matrix

    def times(self, features_of: Callable[[str], Iterable[int]], *, width: int) -> sparse.csr_matrix:
        """
        Return how often each text has each feature of its words, shape (n, width).

        `features_of` says which features one word has, those it has twice twice; it is asked once for each word.
        """
        columns: list[int] = []
        ends = [0]
        for word in self.words:
            columns.extend(sorted(features_of(word)))
            ends.append(len(columns))
        ends += [0] * (self.counts.shape[1] + 1 - len(ends))
        features = sparse.csr_matrix(
            (
                np.ones(len(columns), dtype=np.float32),
                np.array(columns, dtype=np.int32),
                np.array(ends, dtype=np.int32),
            ),
            shape=(self.counts.shape[1], width),
        )
        features.sum_duplicates()
        found = sparse.csr_matrix(self.counts @ features, dtype=np.float32)
        found.sort_indices()
        return found


def word_table(texts: Sequence[str]) -> WordTable:
    """Return how often each text has each word; of a very long text the first 200,000 characters count."""
    numbers: defaultdict[str, int] = defaultdict(count().__next__)
    flat: list[int] = []
    sizes: list[int] = []
    for text in texts:
        words = words_of(text[:_LONGEST_TEXT])
        flat += map(numbers.__getitem__, words)
        sizes.append(len(words))
    width = max(1, len(numbers))
    keyed = np.repeat(np.arange(len(texts), dtype=np.int64) * width, sizes) + np.array(flat, dtype=np.int64)
    keyed.sort()
    begins = np.flatnonzero(np.concatenate(([True], keyed[1:] != keyed[:-1]))[: len(keyed)])
    times = np.diff(np.append(begins, len(keyed))).astype(np.float32)
    owners, columns = np.divmod(keyed[begins], width)
    ends = np.concatenate(([0], np.bincount(owners, minlength=len(texts)).cumsum()))
    counts = sparse.csr_matrix((times, columns.astype(np.int32), ends.astype(np.int32)), shape=(len(texts), width))
    return WordTable(tuple(numbers), counts)
