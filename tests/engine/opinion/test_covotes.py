"""Counts of pairs of statements: right, additive, and the same dense and sparse."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from answerable.engine.opinion import CovoteStatistics, Stances, UnknownStatement, covotes
from tests.engine.opinion.samples import planted

STATEMENTS = ["u", "v", "w"]
ROWS = st.lists(
    st.tuples(st.sampled_from("abcdef"), st.sampled_from(STATEMENTS), st.sampled_from([-1, 0, 1])), max_size=18
)


def filled_and_centred(stances):
    """Return the matrix of stances with gaps filled by the mean of the statement, centred."""
    matrix = np.full((len(stances.participants), len(stances.statements)), np.nan)
    for row in range(len(matrix)):
        own = slice(stances.indptr[row], stances.indptr[row + 1])
        matrix[row, stances.statement[own]] = stances.value[own]
    means = np.nanmean(matrix, axis=0)
    return np.where(np.isnan(matrix), 0.0, matrix - means)


def everything(stances):
    return np.arange(len(stances.statements))


@pytest.fixture(params=["dense", "sparse"])
def form(request, monkeypatch):
    if request.param == "sparse":
        monkeypatch.setattr(covotes, "MOST_PAIRED", 0)
    return request.param


def test_the_covariance_is_that_of_the_filled_matrix_without_filling_it(form):
    stances = Stances.from_rows(planted(40, statements=12)[0])
    matrix = filled_and_centred(stances)

    found = CovoteStatistics.of(stances).covariance(kept=everything(stances))

    dense = found if form == "dense" else found.toarray()
    assert dense == pytest.approx(matrix.T @ matrix, abs=1e-9)


def test_totals_are_disagree_pass_and_agree(form):
    stances = Stances.from_rows([("a", "u", 1), ("b", "u", -1), ("c", "u", -1), ("a", "v", 0)])

    assert CovoteStatistics.of(stances).totals().tolist() == [[2, 0, 1], [0, 1, 0]]


def test_statements_left_out_are_not_in_the_covariance(form):
    stances = Stances.from_rows(planted(30, statements=8)[0])
    whole = CovoteStatistics.of(stances)

    some = whole.covariance(kept=np.array([1, 4]))

    every = whole.covariance(kept=everything(stances))
    assert (some - every[[1, 4]][:, [1, 4]] != 0).sum() == 0


@pytest.mark.parametrize("shards", [2, 7, 64])
def test_shards_merged_in_any_order_are_the_whole(form, shards):
    stances = Stances.from_rows(planted(90, statements=15)[0])
    merged = CovoteStatistics(stances.statements)

    for number in np.random.default_rng(shards).permutation(shards):
        merged.merge(CovoteStatistics.of(stances.shard(int(number), of=shards)))

    assert merged.is_equal(CovoteStatistics.of(stances))


def test_people_taken_out_again_leave_no_trace(form):
    stances = Stances.from_rows(planted(60, statements=15)[0])
    counts = CovoteStatistics.of(stances)

    counts.subtract(stances.shard(1, of=3))

    staying = stances.rows(np.array([row for row in range(60) if row % 3 != 1]))
    assert counts.is_equal(CovoteStatistics.of(staying))
    assert not counts.is_equal(CovoteStatistics.of(stances))


@settings(max_examples=60)
@given(ROWS, ROWS)
def test_adding_and_taking_away_are_inverse(one, other):
    first = Stances.from_rows([(f"1{who}", what, value) for who, what, value in one], statements=STATEMENTS)
    second = Stances.from_rows([(f"2{who}", what, value) for who, what, value in other], statements=STATEMENTS)
    counts = CovoteStatistics.of(first)

    counts.add(second)
    both = CovoteStatistics.of(Stances.joined([first, second]))
    assert counts.is_equal(both)

    counts.subtract(second)
    assert counts.is_equal(CovoteStatistics.of(first))


def test_more_people_than_fit_a_packed_count_are_counted_right():
    people = 40_000
    stances = Stances.from_arrays(
        np.repeat(np.arange(people), 2), np.tile([0, 1], people), np.tile([1, 1, 1, -1], people // 2)
    )

    counts = CovoteStatistics.of(stances)

    assert counts.totals().tolist() == [[0, 0, people], [people // 2, 0, people // 2]]


def test_counts_of_other_statements_are_refused():
    counts = CovoteStatistics.of(Stances.from_rows([("a", "u", 1)]))

    with pytest.raises(UnknownStatement, match="not about the same"):
        counts.add(Stances.from_rows([("a", "v", 1)]))
    with pytest.raises(UnknownStatement, match="not about the same"):
        counts.merge(CovoteStatistics.of(Stances.from_rows([("a", "v", 1)])))
