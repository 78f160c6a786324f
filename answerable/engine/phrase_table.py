"""Find the phrases of many texts at once: words are read once each, and their runs worked out in arrays."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

import numpy as np
import numpy.typing as npt

from answerable.engine.arrays import sorted_distinct
from answerable.engine.phrases import MOST_CHARACTERS, Parts, parts_of_phrases, without_addresses
from answerable.engine.unspaced_words import unspaced_words
from answerable.engine.vocabulary import stop_words
from answerable.engine.word_runs import WordRuns
from answerable.engine.writing_systems import unspaced_pattern

_LONGEST = 3

Numbers = npt.NDArray[np.int64]


@dataclass(frozen=True)
class PhraseTable:
    """
    Hold which phrases each of n texts has.

    Text i has the phrases with the numbers `flat[starts[i]:starts[i + 1]]`, indexes into `phrases`, in rising order.
    `occurrences` is how often each phrase occurs in all texts together; slices of unspaced scripts count once a text.
    `singles`, shape (phrases, 3), has the numbers of the phrases that the single parts of each are, else -1. `runs`
    has the words of all texts but those in `others`, in which a script without spaces occurs.
    """

    phrases: list[Parts]
    starts: Numbers
    flat: npt.NDArray[np.int32]
    occurrences: Numbers
    singles: Numbers
    runs: WordRuns
    others: frozenset[int]


def phrase_table(texts: Sequence[str], *, language: str, common: frozenset[str]) -> PhraseTable:
    """Return the candidate phrases of all texts, without those of which every part is a common one."""
    spaced: list[tuple[int, str]] = []
    others: list[tuple[int, set[Parts]]] = []
    words = unspaced_words(texts, stops=stop_words(language))
    for row, text in enumerate(texts):
        shortened = text[:MOST_CHARACTERS]
        if shortened.isascii() or not unspaced_pattern().search(shortened):
            spaced.append((row, without_addresses(shortened)))
        else:
            others.append((row, parts_of_phrases(text, language=language, words=words)))
    runs = WordRuns(spaced, language=language)
    phrases, singles, owners, numbers = runs.phrases(common)
    known = {parts: number for number, parts in enumerate(phrases)}
    more = [
        (row, known.setdefault(parts, len(known)))
        for row, found in others
        for parts in sorted(found)
        if not common.issuperset(parts)
    ]
    extra = np.array(more, dtype=np.int64).reshape(-1, 2)
    owners, numbers = np.concatenate([owners, extra[:, 0]]), np.concatenate([numbers, extra[:, 1]])
    keyed = sorted_distinct(owners * max(1, len(known)) + numbers)
    ends = np.bincount(keyed // max(1, len(known)), minlength=len(texts)).cumsum()
    return PhraseTable(
        list(known),
        np.concatenate(([0], ends)).astype(np.int64),
        (keyed % max(1, len(known))).astype(np.int32),
        np.bincount(numbers, minlength=len(known)),
        _with_others(singles, known),
        runs,
        frozenset(row for row, _ in others),
    )


def _with_others(singles: Numbers, known: dict[Parts, int]) -> Numbers:
    """Return the numbers of the single parts of all phrases, those of the first ones being known."""
    found = np.full((len(known), _LONGEST), -1, dtype=np.int64)
    found[: len(singles)] = singles
    for parts, number in islice(known.items(), len(singles), None):
        found[number, : len(parts)] = [known.get((part,), -1) for part in parts]
    return found
