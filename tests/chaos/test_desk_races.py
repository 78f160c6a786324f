"""Runs and the acts of people at the rapporteur's desk, at the same moment: nothing is lost and nothing is doubled."""

import pytest

pytestmark = pytest.mark.engines
KEPT = {"is_whole": True, "on_themes_gone": 0, "counted": True, "problems": []}


def test_a_run_asked_for_and_taken_up_by_many_at_once_is_one_run(race):
    found = race("asking")
    assert (found["first"], found["second"]) == ([[1] * 8, [None] * 4], [[2] * 8, [None] * 4])
    assert (found["first_state"], found["states"]) == ("done", [[1, "done"], [2, "done"]])
    assert found["entries"] == [2, 2]
    assert {name: found[name] for name in KEPT} == KEPT


def test_runs_write_around_what_people_do_at_that_moment(race):
    found = race("working")
    assert found["answers"] == []
    numbers = [number for number, _state in found["numbers"]]
    assert numbers == list(range(1, len(numbers) + 1))
    assert {state for _number, state in found["numbers"]} == {"done"}
    assert (found["lost"], found["moved"], found["stands"]) == ([], [[True]] * 3, "active")
    assert found["label"][0] == found["label"][1] == "Moved, time 3"
    assert (found["merged"], found["on_merged"]) == (["merged", found["into"]], 0)
    assert {name: found[name] for name in KEPT} == KEPT


def test_themes_merged_into_each_other_at_once_keep_one_with_everything(race):
    found = race("merging")
    assert (len(found["won"]), found["refused"]) == (1, ["Unacceptable"] * 7)
    assert (found["held"], found["states"]) == (True, ["active", "merged"])
    assert (found["moves"], found["codings"], found["moved"]) == (True, 1, 8)
    assert {name: found[name] for name in KEPT} == KEPT
