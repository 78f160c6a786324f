"""Where readers agree and part, as the desk keeps it."""

import json

import pytest

from answerable.consultations.models import Stance
from answerable.consultations.states import Position, PostState
from answerable.synthesis.queries.opinion_maps import letters_of, opinion_map, opinion_maps
from answerable.synthesis.states import RunState
from tests.factories.consultations import NOW, ConsultationSessionFactory, ContributionFactory
from tests.factories.people import PersonFactory
from tests.factories.reference import SectorFactory
from tests.factories.synthesis import SynthesisRunFactory

STATEMENTS, CAMP = 10, 15


def silent(_stage, _done, _total):
    return None


@pytest.fixture
def divided(session):
    """Two camps of readers who answer each contribution the other way round, but for the last, which all agree to."""
    rows = [ContributionFactory(session=session) for _n in range(STATEMENTS)]
    sectors = (SectorFactory(key="public"), SectorFactory(key="private"))
    stances = []
    for number in range(2 * CAMP):
        person = PersonFactory(sector=sectors[number % 2])
        is_first = number < CAMP
        for place, row in enumerate(rows):
            # Each person departs from their camp once, so that nobody's answers are those of another.
            agrees = (is_first == (place % 2 == 0)) != (place == number % (STATEMENTS - 1))
            position = Position.AGREE if agrees or row is rows[-1] else Position.DISAGREE
            stances.append(Stance(contribution=row, person=person, position=position, taken_at=NOW))
    Stance.objects.bulk_create(stances)
    return rows


def test_two_camps_are_found_with_what_tells_them_apart_and_what_they_share(consultation, divided):
    found = opinion_maps(consultation, progress=silent)
    assert list(found) == ["of_0"]
    everywhere = found["of_0"]
    assert (everywhere["verdict"], [group["size"] for group in everywhere["groups"]]) == ("groups", [CAMP, CAMP])
    assert sum(cell[3] for cell in everywhere["cells"]) == everywhere["placed"] == 2 * CAMP
    assert everywhere["consensus"][0]["statement"] == divided[-1].receipt_code
    assert everywhere["consensus"][0]["over_sectors"] is not None
    first, second = everywhere["figures"].values()
    directions = {row["statement"]: row["direction"] for row in first}
    assert directions
    for row in second:
        assert row["direction"] != directions.get(row["statement"])


def test_a_map_names_nobody(consultation, divided):
    kept = json.dumps(opinion_maps(consultation, progress=silent))
    people = Stance.objects.values_list("person__public_id", "person__email").distinct()
    assert len(people) == 2 * CAMP
    assert [word for pair in people for word in pair if word in kept] == []


def test_stances_on_what_is_not_public_do_not_count(consultation, divided):
    divided[0].state = PostState.HELD
    divided[0].save()
    everywhere = opinion_maps(consultation, progress=silent)["of_0"]
    assert (everywhere["statements"], everywhere["stances"]) == (STATEMENTS - 1, 2 * CAMP * (STATEMENTS - 1))


def test_each_session_of_several_has_a_map_of_its_own(consultation, divided):
    ConsultationSessionFactory(consultation=consultation, number=2)
    found = opinion_maps(consultation, progress=silent)
    assert {name: each["verdict"] for name, each in found.items()} == {
        "of_0": "groups",
        "of_1": "groups",
        "of_2": "too few",
    }


def test_maps_cost_the_same_at_any_number_of_sessions(consultation, session, django_assert_num_queries):
    for number in (2, 3):
        ConsultationSessionFactory(consultation=consultation, number=number)
    with django_assert_num_queries(3):
        opinion_maps(consultation, progress=silent)


def test_the_newest_finished_run_is_shown(consultation, session):
    SynthesisRunFactory(consultation=consultation, number=1, state=RunState.DONE, opinions={"of_0": {"k": 1}})
    SynthesisRunFactory(consultation=consultation, number=2, state=RunState.DONE, opinions={"of_0": {"k": 2}})
    SynthesisRunFactory(consultation=consultation, number=3, state=RunState.FAILED, opinions={})
    assert opinion_map(consultation) == {"k": 2}
    assert opinion_map(consultation, number=7) is None


def kept_by_a_run(consultation, *, number):
    """Draw the map as it is now, keep it with a finished run as a database does, and return it."""
    maps = json.loads(json.dumps(opinion_maps(consultation, progress=silent)))
    SynthesisRunFactory(consultation=consultation, number=number, state=RunState.DONE, opinions=maps)
    return maps["of_0"]


def camps(found, rows):
    """Return the letter and size of the group that agrees to every second contribution, then of the other."""
    even = {row.receipt_code for row in rows[:-1:2]}
    agreeing = {
        group
        for group, figures in found["figures"].items()
        for figure in figures
        if (figure["direction"] == "agree") == (figure["statement"] in even)
    }
    assert len(agreeing) == 1
    return [(one["letter"], one["size"]) for one in sorted(found["groups"], key=lambda one: one["id"] not in agreeing)]


def test_groups_keep_their_letters_when_people_come_and_go(consultation, divided):
    first = kept_by_a_run(consultation, number=1)
    (first_letter, _), (second_letter, _) = camps(first, divided)
    people = Stance.objects.order_by("person_id").values_list("person_id", flat=True).distinct()
    Stance.objects.filter(person_id__in=[*people][-5:]).delete()
    # One camp becomes much the larger, which alone would give the letters by size.
    newcomers = 20
    for number in range(newcomers):
        person = PersonFactory()
        for place, row in enumerate(divided):
            agrees = ((place % 2 == 0) == (first_letter == "B")) != (place == number % (STATEMENTS - 1))
            position = Position.AGREE if agrees or row is divided[-1] else Position.DISAGREE
            Stance.objects.create(contribution=row, person=person, position=position, taken_at=NOW)

    second = kept_by_a_run(consultation, number=2)

    grown = [newcomers, 0] if first_letter == "B" else [0, newcomers]
    assert camps(second, divided) == [(first_letter, CAMP + grown[0]), (second_letter, CAMP - 5 + grown[1])]
    assert (first["since"], second["since"]) == (None, {"kept": ["A", "B"], "new": [], "gone": []})


def test_a_run_over_the_same_stances_keeps_every_letter(consultation, divided):
    first = kept_by_a_run(consultation, number=1)
    second = kept_by_a_run(consultation, number=2)
    assert [group["letter"] for group in second["groups"]] == [group["letter"] for group in first["groups"]]
    assert second["cells"] == first["cells"]
    assert second["since"] == {"kept": ["A", "B"], "new": [], "gone": []}


def test_a_map_kept_before_letters_were_is_no_past(consultation, divided):
    old = {"of_0": {"verdict": "groups", "groups": [{"id": "G7", "size": 3}]}}
    SynthesisRunFactory(consultation=consultation, number=1, state=RunState.DONE, opinions=old)
    found = opinion_maps(consultation, progress=silent)["of_0"]
    assert ([group["letter"] for group in found["groups"]], found["since"]) == (["A", "B"], None)


def test_a_new_group_gets_a_letter_that_was_not_on_the_map_before():
    before = {"drawn": {}, "groups": [{"id": "G1", "letter": "A"}, {"id": "G2", "letter": "B"}]}
    assert letters_of(["G2", "G3"], before=before) == {"G2": "B", "G3": "C"}
    full = {"drawn": {}, "groups": [{"id": f"G{n}", "letter": letter} for n, letter in enumerate("ABCDE")]}
    assert letters_of(["G1", "G9"], before=full) == {"G1": "B", "G9": "A"}
