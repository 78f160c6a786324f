"""What `opinion.json` holds."""

import json

import pytest

from answerable.engine.opinion import Stances, find_opinion_groups, opinion_document
from tests.engine.opinion.samples import planted


@pytest.fixture(scope="module", params=[90, 1700])
def found(request):
    return find_opinion_groups(Stances.from_rows(planted(request.param, statements=14, share=0.8)[0]))


def test_the_document_is_json_and_names_no_participant(found):
    text = json.dumps(opinion_document(found))

    assert json.loads(text) == opinion_document(found)
    assert not any(str(who) in text for who in found.participants.tolist())


def test_the_map_has_everybody_who_is_placed(found):
    document = opinion_document(found)

    assert sum(place["people"] for place in document["map"]) == document["people"]["placed"]
    for group in found.groups:
        assert sum(place["people"] for place in document["map"] if place["group"] == group.id) == group.size


def test_numbers_have_nine_digits_at_most(found):
    numbers = [figure["representativeness"] for figure in opinion_document(found)["figures"]]

    assert numbers == [float(f"{number:.9g}") for number in numbers]
    assert numbers == pytest.approx([figure.representativeness for figure in found.figures], rel=1e-8)


def test_on_a_large_map_single_places_are_not_told():
    many = find_opinion_groups(Stances.from_rows(planted(1700, statements=14, share=0.8)[0]))

    assert len(opinion_document(many)["map"]) <= 1600 * many.k
    assert len({(place["x"], place["y"]) for place in opinion_document(many)["map"]}) <= 1600
