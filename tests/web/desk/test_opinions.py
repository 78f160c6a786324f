"""The opinion map at the rapporteur's desk."""

import pytest

from answerable.synthesis.states import RunState
from answerable.web.desk.synthesis.opinions import marks_of, outline, since_of
from tests.factories.consultations import ContributionFactory
from tests.factories.synthesis import SynthesisRunFactory

ADDRESS = "/desk/consultations/water/synthesis/opinions/"


def figure(code, **values):
    return {"statement": code, "agree": 30, "disagree": 4, "passed": 2} | values


def found(said, **changes):
    return {
        "verdict": "groups",
        "people": 60,
        "placed": 50,
        "statements": 12,
        "stances": 700,
        "groups": [{"id": "g2", "size": 30}, {"id": "g1", "size": 20}],
        "cells": [[0, 0, 0, 30], [39, 39, 1, 20]],
        "curve": [{"k": 2, "silhouette": 0.5, "null": 0.3}],
        "stability": 0.8,
        "variance": [0.2, 0.1],
        "figures": {
            "g2": [figure(said.receipt_code, direction="agree", share=0.91, ratio=2.34, adjusted_p=0.001)],
            "g1": [figure(said.receipt_code, direction="disagree", share=0.7, ratio=3.0, adjusted_p=0.001)],
        },
        "consensus": [figure("R-GONE-GONE", over_groups=0.64, over_sectors=0.51, least=0.51)],
    } | changes


@pytest.fixture
def said(world):
    return ContributionFactory(session=world.session, text="The board hangs **by the pump**.")


def run(world, **opinions):
    return SynthesisRunFactory(consultation=world.consultation, state=RunState.DONE, opinions=opinions)


def test_map_shows_groups_by_letter_with_what_tells_them_apart(rapporteur, world, said):
    run(world, of_0=found(said))
    page = rapporteur.get(ADDRESS).content.decode()
    assert "There are 2 groups of people who answer alike. They are much the same" in page
    assert page.index("What tells group A from the others") < page.index("What tells group B from the others")
    assert "The board hangs by the pump." in page
    assert ("91%" in page, "2.3" in page, "64%" in page, "51%" in page) == (True, True, True, True)
    assert page.count('class="of-A"') == 2
    assert "no longer public" in page


def test_map_of_a_session_is_asked_for_by_its_number(rapporteur, world, said):
    world.consultation.sessions.create(number=2)
    run(world, of_0=found(said), of_2=found(said, verdict="too few", groups=[], cells=[], figures={}))
    page = rapporteur.get(f"{ADDRESS}?session=2").content.decode()
    assert "Too few people took enough stances for a map." in page
    assert "There are 2 groups" in rapporteur.get(f"{ADDRESS}?session=9").content.decode()


def test_no_clear_groups_are_said_to_be_none(rapporteur, world, said):
    one = {"groups": [{"id": "g1", "size": 50}], "cells": [[3, 3, 0, 50]], "figures": {"g1": []}}
    run(world, of_0=found(said, verdict="no clear groups", **one))
    page = rapporteur.get(ADDRESS).content.decode()
    assert "There are no clear groups" in page
    assert "What tells group" not in page


def test_map_without_sectors_does_not_speak_of_them(rapporteur, world, said):
    consensus = [figure(said.receipt_code, over_groups=0.64, over_sectors=None, least=0.64)]
    run(world, of_0=found(said, consensus=consensus))
    assert "Over sectors" not in rapporteur.get(ADDRESS).content.decode()


def test_without_a_finished_run_the_page_says_how_to_get_one(rapporteur, world, said):
    SynthesisRunFactory(consultation=world.consultation, state=RunState.FAILED, opinions={"of_0": found(said)})
    page = rapporteur.get(ADDRESS).content.decode()
    assert "No run has drawn this map yet." in page
    assert "map-title" not in page


def test_an_unsteady_picture_is_called_so(rapporteur, world, said):
    run(world, of_0=found(said, stability=0.1))
    assert "do not build on it" in rapporteur.get(ADDRESS).content.decode()


def test_marks_are_larger_for_more_people_and_each_group_has_its_shape():
    few, many = marks_of([[0, 0, 1, 1], [0, 0, 1, 9]], letters=["A", "B"])
    assert few.letter == many.letter == "B"
    assert few.outline != many.outline
    assert len({outline(letter, x=8, y=8, radius=6) for letter in "ABCDE"}) == 5


def test_map_says_which_groups_are_those_of_the_map_before(rapporteur, world, said):
    groups = [{"id": "g2", "size": 30, "letter": "C"}, {"id": "g1", "size": 20, "letter": "A"}]
    run(world, of_0=found(said, groups=groups, since={"kept": ["A"], "new": ["C"], "gone": ["B", "D"]}))
    page = rapporteur.get(ADDRESS).content.decode()
    assert (
        "Group A is the same as on the map of the run before. Group C is new. Groups B, D of the map before are no more."
    ) in page
    assert page.index("What tells group A from the others") < page.index("What tells group C from the others")
    assert (page.count('class="of-C"'), page.count('class="of-B"')) == (2, 0)


def test_nothing_is_said_of_a_map_before_where_there_was_none():
    assert since_of(None) == []
    assert since_of({"kept": ["A", "B"], "new": [], "gone": []}) == [
        "Groups A, B are the same as on the map of the run before."
    ]
