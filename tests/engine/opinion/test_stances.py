"""Stances as columns: what is kept, in which order, and what is refused."""

import math
import random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from answerable.engine.opinion import BadStance, Stances, UnknownStatement
from tests.engine.opinion.samples import planted

ROWS = [("b", "s2", 1), ("a", "s1", -1), ("b", "s1", 0), ("a", "s3", 1)]


def as_rows(stances):
    people = np.repeat(stances.participants, np.diff(stances.indptr)).tolist()
    return list(zip(people, stances.statements[stances.statement].tolist(), stances.value.tolist(), strict=True))


def test_stances_are_kept_by_participant_then_statement_in_three_bytes_each():
    stances = Stances.from_rows(ROWS)

    assert as_rows(stances) == [("a", "s1", -1), ("a", "s3", 1), ("b", "s1", 0), ("b", "s2", 1)]
    assert stances.statement.dtype == np.uint16
    assert stances.value.dtype == np.int8


def test_the_last_of_several_stances_stands():
    assert as_rows(Stances.from_rows([("a", "s", 1), ("a", "s", 0), ("a", "s", -1)])) == [("a", "s", -1)]


def test_with_times_the_newest_stands_in_any_order_of_rows():
    rows = [("a", "s", 1, 5), ("a", "s", -1, 9), ("a", "s", 0, 7), ("a", "t", None, 3), ("a", "t", 1, 2)]

    found = [as_rows(Stances.from_rows(random.Random(seed).sample(rows, len(rows)))) for seed in range(6)]

    assert found == [[("a", "s", -1)]] * 6


def test_who_withdrew_everything_is_forgotten():
    stances = Stances.from_rows([*ROWS, ("b", "s1", None), ("b", "s2", None)])

    assert stances.participants.tolist() == ["a"]
    assert stances.statements.tolist() == ["s1", "s2", "s3"]


@pytest.mark.parametrize("value", [math.nan, math.inf, 2, -7, 0.5, "1", "agree", b"x"])
def test_a_value_that_is_no_stance_is_refused_with_its_row(value):
    with pytest.raises(BadStance, match="Row 2 holds"):
        Stances.from_rows([("a", "s", 1), ("a", "t", value)])


def test_arrays_with_nan_are_refused_with_the_row():
    values = np.array([1.0, 0.0, np.nan])

    with pytest.raises(BadStance, match="Row 3 holds nan"):
        Stances.from_arrays(np.array([1, 2, 3]), np.array([1, 1, 1]), values)


def test_arrays_of_different_length_are_refused():
    with pytest.raises(BadStance, match="differ in length"):
        Stances.from_arrays(np.array([1]), np.array([1, 2]), np.array([1, 1]))


def test_stances_for_statements_that_are_not_known_are_refused_by_name():
    with pytest.raises(UnknownStatement, match="2 statements are not in the list, among them: s2, s3"):
        Stances.from_rows(ROWS, statements=["s1", "s9"])
    with pytest.raises(UnknownStatement, match="No statements are known"):
        Stances.from_rows(ROWS, statements=[])


def test_known_statements_stay_though_nobody_took_a_stance():
    assert Stances.from_rows(ROWS, statements=["s0", "s1", "s2", "s3"]).statements.tolist() == ["s0", "s1", "s2", "s3"]


def test_no_rows_are_no_stances():
    stances = Stances.from_rows([])

    assert (len(stances), len(stances.participants), len(stances.statements)) == (0, 0, 0)


def test_ids_may_be_whole_numbers():
    stances = Stances.from_arrays(np.array([10, 9]), np.array([2, 2]), np.array([1, -1]))

    assert as_rows(stances) == [(9, 2, -1), (10, 2, 1)]


def test_more_than_65536_statements_have_wider_positions():
    stances = Stances.from_arrays(np.zeros(70_000, dtype=int), np.arange(70_000), np.ones(70_000))

    assert stances.statement.dtype == np.uint32
    assert int(stances.statement[-1]) == 69_999


@pytest.mark.parametrize("shards", [1, 2, 7, 64])
def test_shards_joined_are_the_whole(shards):
    whole = Stances.from_rows(planted(80)[0])

    joined = Stances.joined([whole.shard(number, of=shards) for number in reversed(range(shards))])

    assert as_rows(joined) == as_rows(whole)


def test_a_participant_in_two_shards_is_refused():
    whole = Stances.from_rows(ROWS)

    with pytest.raises(BadStance, match="more than one shard"):
        Stances.joined([whole, whole])


def test_shards_about_other_statements_are_refused():
    with pytest.raises(UnknownStatement, match="not about the same"):
        Stances.joined([Stances.from_rows(ROWS), Stances.from_rows([("z", "s9", 1)])])


@given(st.lists(st.tuples(st.sampled_from("abcde"), st.sampled_from("xyz"), st.sampled_from([-1, 0, 1, None]))))
def test_the_columns_hold_the_last_word_on_each_pair_and_nothing_else(rows):
    last = {(who, what): value for who, what, value in rows}

    kept = as_rows(Stances.from_rows(rows))

    assert kept == sorted((who, what, value) for (who, what), value in last.items() if value is not None)


@pytest.mark.parametrize("name", [None, "", math.nan, "x" * 201, "a\0"])
@pytest.mark.parametrize("place", [0, 1])
def test_a_row_without_a_usable_id_is_refused(name, place):
    row = ["a", "s", 1]
    row[place] = name

    with pytest.raises(BadStance, match="Row 2 has no usable"):
        Stances.from_rows([("a", "s", 1), tuple(row)])


def test_ids_that_are_neither_text_nor_whole_numbers_are_refused():
    with pytest.raises(BadStance, match="not float64"):
        Stances.from_arrays(np.array([1.5]), np.array([1]), np.array([1]))


def test_ids_as_objects_are_read_as_text():
    stances = Stances.from_arrays(np.array(["b", 7], dtype=object), np.array(["s", "s"]), np.array([1, 1]))

    assert stances.participants.tolist() == ["7", "b"]


def test_ids_in_any_script_are_kept_as_they_are():
    names = ["مشارك", "参与者", "участник", "\u202eabc", "😀"]

    assert Stances.from_rows([(name, name, 1) for name in names]).participants.tolist() == sorted(names)


def test_spans_of_participants_cover_everybody_once():
    stances = Stances.from_rows([(f"p{one:02}", f"s{other}", 1) for one in range(20) for other in range(1 + one % 3)])
    spans = stances.spans(stances=5)
    assert [first for first, _ in spans[1:]] == [last for _, last in spans[:-1]]
    assert (spans[0][0], spans[-1][1]) == (0, 20)
    parts = [stances.between(first, last) for first, last in spans]
    assert len(parts) > 1
    whole = Stances.joined(parts)
    assert whole.participants.tolist() == stances.participants.tolist()
    for name in ("indptr", "statement", "value"):
        assert getattr(whole, name).tolist() == getattr(stances, name).tolist()
