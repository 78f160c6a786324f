"""Two campaigns that were taken for one."""

import numpy as np
import pytest
from scipy import sparse

from answerable.engine.campaign_seeds import Pairs, seeds_of
from answerable.engine.campaign_splits import split


def letters_of(templates, *, count, slots=14, choices=3, added=0, seed=4):
    """
    Return which of so many letters a template has which runs of words, shape (letters, columns), and whose each is.

    Each slot of each template has columns of its own; `added` further columns are anybody's, one letter in two has one.
    """
    chance = np.random.default_rng(seed)
    whose = np.repeat(np.arange(templates), count)
    slot = chance.integers(0, choices, (len(whose), slots))
    own = (whose[:, None] * slots + np.arange(slots)) * choices + slot
    table = np.zeros((len(whose), templates * slots * choices + added), dtype=np.float32)
    np.put_along_axis(table, own, 1.0, axis=1)
    if added:
        some = np.flatnonzero(chance.random(len(whose)) < 1 / 2)
        table[some, templates * slots * choices + chance.integers(0, added, len(some))] = 1.0
    return sparse.csr_matrix(table), whose


def partition(labels):
    return {frozenset(np.flatnonzero(labels == one).tolist()) for one in np.unique(labels)}


@pytest.mark.parametrize("templates", [2, 3, 5])
def test_split_takes_templates_apart_whatever_senders_of_all_added(templates):
    letters, whose = letters_of(templates, count=80, added=6)

    assert partition(split(np.zeros(len(whose), dtype=np.int64), letters)) == partition(whose)


@pytest.mark.parametrize("choices", [1, 2, 3, 6])
def test_split_leaves_letters_of_one_template_together(choices):
    letters, whose = letters_of(1, count=150, choices=choices, added=6)

    assert split(whose, letters).tolist() == whose.tolist()


def test_split_leaves_together_those_whose_senders_left_out_a_long_paragraph():
    letters, whose = letters_of(1, count=120)
    paragraph = np.zeros((120, 200), dtype=np.float32)
    paragraph[::2] = 1.0

    assert split(whose, sparse.hstack([letters, paragraph]).tocsr()).tolist() == whose.tolist()


def test_split_looks_at_some_letters_of_many_and_leaves_the_others_to_be_drawn_in(monkeypatch):
    letters, whose = letters_of(2, count=300)
    monkeypatch.setattr("answerable.engine.campaign_splits._LETTERS_LOOKED_AT", 100)

    labels = split(np.zeros(len(whose), dtype=np.int64), letters)

    assert np.count_nonzero(labels >= 0) == 100
    assert all(len(set(whose[labels == one].tolist())) == 1 for one in np.unique(labels[labels >= 0]))


def test_split_keeps_texts_without_a_campaign_and_campaigns_of_few_letters():
    letters, whose = letters_of(2, count=8)
    labels = np.where(np.arange(len(whose)) < 3, -1, 0)

    assert split(labels, letters).tolist() == labels.tolist()


def test_seeds_of_joins_texts_that_lie_close_together_and_not_those_a_single_pair_links():
    groups = [range(20), range(20, 40)]
    pairs = [(one, other) for group in groups for one in group for other in group if one < other <= one + 4]
    first, second = np.array([*pairs, (5, 30)]).T

    seeds = seeds_of(42, Pairs(first, second, np.where(first == 5, 0.9, 0.2)))

    assert not set(seeds[:20].tolist()) & set(seeds[20:40].tolist())
    assert len(set(seeds[:20].tolist())) < 5
    assert seeds[40] != seeds[41]


def test_seeds_of_leaves_each_alone_without_pairs():
    none = np.zeros(0, dtype=np.int64)

    assert seeds_of(3, Pairs(none, none, np.zeros(0))).tolist() == [0, 1, 2]
