"""Changing stances that are kept as columns: the same as having known from the start."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from answerable.engine.opinion import BadStance, Stances, UnknownStatement
from answerable.engine.opinion.changes import read_changes, rows_after, with_changes

STATEMENTS = ["u", "v", "w", "x"]
VALUES = st.sampled_from([-1, 0, 1, None])
ROWS = st.lists(st.tuples(st.sampled_from(["a", "bb", "c", "dddd"]), st.sampled_from(STATEMENTS), VALUES), max_size=30)
POSITIONS = {name: number for number, name in enumerate(STATEMENTS)}


def parts(stances):
    return [one.tolist() for one in (stances.participants, stances.indptr, stances.statement, stances.value)]


@given(ROWS, ROWS)
def test_stances_changed_are_those_of_all_rows_at_once(early, late):
    before = Stances.from_rows(early, statements=STATEMENTS)

    after = with_changes(before, changes=read_changes(late, positions=POSITIONS))

    assert parts(after) == parts(Stances.from_rows(early + late, statements=STATEMENTS))


def test_rows_after_changes_are_those_of_the_participants_named():
    before = Stances.from_rows([("a", "u", 1), ("b", "u", 1), ("b", "v", 0)], statements=STATEMENTS)
    changes = read_changes([("b", "v", -1), ("c", "w", 1), ("a", "u", None)], positions=POSITIONS)

    after = rows_after(before, changes=changes)

    assert parts(after) == [["a", "b", "c"], [0, 0, 2, 3], [0, 1, 2], [1, -1, 1]]


def test_participants_with_whole_numbers_stay_so():
    before = Stances.from_arrays(np.array([2, 11]), np.array([0, 0]), np.array([1, 1]), known=np.arange(2))
    positions = {"0": 0, "1": 1}

    after = with_changes(before, changes=read_changes([("3", "1", 1)], positions=positions))

    assert after.participants.tolist() == [2, 3, 11]


def test_changes_to_a_statement_that_is_not_known_are_refused():
    with pytest.raises(UnknownStatement, match="Row 2 is about a statement that is not in the list: z"):
        read_changes([("a", "u", 1), ("a", "z", 1)], positions=POSITIONS)


def test_changes_to_no_stance_are_refused():
    with pytest.raises(BadStance, match="Row 1 holds nan"):
        read_changes([("a", "u", float("nan"))], positions=POSITIONS)


@pytest.mark.parametrize(("names", "told"), [(["somebody"], "whole numbers"), (["7", "007"], "two ways")])
def test_participants_that_do_not_fit_the_numbers_kept_are_refused(names, told):
    before = Stances.from_arrays(np.array([2, 11]), np.array([0, 0]), np.array([1, 1]))
    changes = read_changes([(name, "0", 1) for name in names], positions={"0": 0})

    with pytest.raises(BadStance, match=told):
        rows_after(before, changes=changes)
