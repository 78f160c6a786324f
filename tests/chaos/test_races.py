"""The same act by several at the same moment: one of them happens, the record tells it once, and nobody sees an error."""

import pytest

pytestmark = pytest.mark.engines


def test_one_person_in_eight_windows_holds_one_position(race):
    found = race("stances")
    assert found["answers"] == []
    assert found["counts"] == {"agree": 0, "disagree": 0, "pass": 0} | {found["position"]: 1}
    assert 1 <= found["entries"] <= 8 * 4
    assert found["problems"] == []


def test_a_form_sent_eight_times_at_once_counts_once(race):
    found = race("keys")
    assert [[code] for code in found["contributions"]] == found["kept_contributions"]
    assert [[code] for code in found["replies"]] == found["kept_replies"]
    assert (len(found["contributions"]), len(found["replies"]), found["counted"]) == (1, 1, 1)
    assert (found["entries"], found["problems"]) == ([1, 1], [])


def test_nothing_is_taken_in_once_the_record_says_that_the_session_closed(race):
    found = race("closing")
    assert (found["closed"], found["refusals"]) == (found["closes_at"], ["closed"])
    assert found["kept"] == found["acknowledged"] > 0
    assert (found["late"], found["problems"]) == (0, [])


def test_a_report_published_twice_at_once_is_published_once(race):
    found = race("publishing")
    assert found["drafts"] == [1] * 4
    assert found["answers"] == ["published"] * 2
    assert found["states"] == [[1, "published"]]
    assert found["formats"] == sorted(set(found["formats"])) != []
    assert (found["entries"], found["problems"]) == (1, [])
    assert found["told"][0] == found["told"][1] > 0
