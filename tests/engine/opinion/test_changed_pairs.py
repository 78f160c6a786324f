"""Counts of pairs changed in place: the same as counting everybody anew, whoever came, went or thought again."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from answerable.engine.opinion import CovoteStatistics, Stances, covotes
from answerable.engine.opinion.changed_pairs import changed_pairs

STATEMENTS = ["u", "v", "w", "x"]
STANCES = st.dictionaries(st.tuples(st.sampled_from("abcde"), st.sampled_from(STATEMENTS)), st.sampled_from([-1, 0, 1]))


def stances_of(stances):
    return Stances.from_rows([(*pair, value) for pair, value in stances.items()], statements=STATEMENTS)


@settings(max_examples=80, deadline=None)
@given(then=STANCES, now=STANCES)
def test_change_gives_the_counts_of_the_stances_after(then, now):
    before, after = stances_of(then), stances_of(now)
    statistics = CovoteStatistics.of(before)
    statistics.change(before, after=after)
    assert statistics.is_equal(CovoteStatistics.of(after))


@settings(max_examples=30, deadline=None)
@given(then=STANCES, now=STANCES)
def test_change_gives_the_same_counts_where_the_pairs_are_too_many_to_list(then, now):
    before, after = stances_of(then), stances_of(now)
    statistics = CovoteStatistics.of(before)
    most, covotes._MOST_PAIRS_LISTED = covotes._MOST_PAIRS_LISTED, 1
    try:
        statistics.change(before, after=after)
    finally:
        covotes._MOST_PAIRS_LISTED = most
    assert statistics.is_equal(CovoteStatistics.of(after))


def test_change_gives_the_same_counts_where_they_are_sparse(monkeypatch):
    monkeypatch.setattr(covotes, "MOST_PAIRED", 0)
    before = stances_of({("a", "u"): 1, ("a", "v"): -1, ("b", "u"): 0})
    after = stances_of({("a", "u"): 1, ("a", "w"): -1, ("c", "u"): 1})
    statistics = CovoteStatistics.of(before)
    statistics.change(before, after=after)
    assert statistics.is_equal(CovoteStatistics.of(after))


def test_only_the_pairs_of_a_changed_stance_are_listed():
    before = stances_of({("a", "u"): 1, ("a", "v"): -1, ("a", "w"): 1, ("b", "u"): 0})
    after = stances_of({("a", "u"): 1, ("a", "v"): 1, ("a", "w"): 1, ("b", "u"): 0})
    found = changed_pairs(before, after=after, most=100)
    assert found is not None
    assert sorted(zip(found.row.tolist(), found.column.tolist(), found.amounts.T.tolist(), strict=True)) == [
        (0, 1, [0, 2, 0, 2]),
        (1, 1, [0, 0, 2, 2]),
        (1, 2, [0, 2, 2, 0]),
    ]


def test_pairs_beyond_the_most_are_not_listed():
    before = stances_of({("a", "u"): 1, ("a", "v"): -1})
    after = stances_of({("a", "u"): 1, ("a", "v"): 1})
    assert changed_pairs(before, after=after, most=1) is None
    assert changed_pairs(before, after=after, most=2) is not None


def test_nothing_is_listed_where_nobody_changed():
    same = stances_of({("a", "u"): 1})
    found = changed_pairs(same, after=same, most=0)
    assert found is not None
    assert np.array_equal(found.amounts, np.zeros((4, 0)))
