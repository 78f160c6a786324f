"""Key contributions: few, near to all, from every sector, and one voice each."""

from dataclasses import replace

import numpy as np

from answerable.engine.blocks import cut_blocks
from answerable.engine.keys import choose_keys, rank_keys
from answerable.engine.records import Contribution, Settings
from tests.engine.samples import BUSES, SECTORS, WATER


def block_of(contributions):
    (block,) = cut_blocks([replace(one, language="en") for one in contributions], settings=Settings())
    return block


def members(*texts, **common):
    return [Contribution(f"R-{number:02}", text, **common) for number, text in enumerate(texts)]


def keys(contributions, *, most=4, campaigns=None):
    block = block_of(contributions)
    return choose_keys(
        block.contributions, vectors=block.vectors, graph=block.graph, campaigns=campaigns or {}, most=most
    )


def test_choose_keys_says_of_every_member_which_key_is_nearest():
    found = keys(members(*WATER, *BUSES))

    assert found.nearest.shape == found.similarity.shape == (12,)
    assert set(found.nearest.tolist()) <= set(range(len(found.places)))
    assert ((found.similarity >= 0) & (found.similarity <= 1)).all()
    assert found.nearest[list(found.places)].tolist() == list(range(len(found.places)))


def test_choose_keys_takes_from_both_subjects():
    places = keys(members(*WATER, *BUSES), most=2).places

    assert {place < 6 for place in places} == {True, False}


def test_choose_keys_gives_each_sector_a_place_whatever_its_size():
    large = members(*WATER, *BUSES[:5], sector="public")
    small = Contribution("R-99", BUSES[5], sector="community")

    found = keys([*large, small], most=2)

    assert 11 in found.places
    assert found.roles == ("typical", "another sector")


def test_choose_keys_hands_a_quota_on_when_a_sector_has_no_voice_left():
    one_author = [replace(one, sector="public", author="same") for one in members(*WATER)]
    others = [replace(one, id=f"S{one.id}", sector="private") for one in members(*BUSES)]

    found = keys([*one_author, *others], most=4)
    sectors = [([*one_author, *others][place]).sector for place in found.places]

    assert sectors.count("public") == 1
    assert sectors.count("private") == 3


def test_choose_keys_gives_an_organisation_and_a_campaign_one_place_each():
    same_organisation = keys(members(*WATER, organisation="Water Union"))
    same_campaign = keys(members(*WATER), campaigns={f"R-{number:02}": "R-00" for number in range(6)})

    assert len(same_organisation.places) == len(same_campaign.places) == 1


def test_choose_keys_of_one_member_is_that_member():
    assert keys(members(WATER[0])).places == (0,)


def test_rank_keys_ranks_every_key_once_and_alternates_between_sectors():
    contributions = [
        replace(one, sector=SECTORS[0] if number < 9 else SECTORS[1])
        for number, one in enumerate(members(*WATER, *BUSES))
    ]
    block = block_of(contributions)
    rows = [0, 2, 4, 6, 8, 9, 10]

    order = rank_keys(block.contributions, keys=rows, vectors=block.vectors, graph=block.graph, campaigns={})

    assert sorted(order) == rows
    assert {contributions[row].sector for row in order[:2]} == {SECTORS[0], SECTORS[1]}
    assert {contributions[row].sector for row in order[2:4]} == {SECTORS[0], SECTORS[1]}


def test_rank_keys_of_none():
    block = block_of(members(WATER[0]))

    assert rank_keys(block.contributions, keys=[], vectors=block.vectors, graph=block.graph, campaigns={}) == []


def test_choose_keys_does_not_depend_on_how_often_a_view_is_repeated():
    once = keys(members(*WATER, *BUSES), most=2)
    flooded = keys(members(*WATER, *BUSES, *(f"{BUSES[0]} {number}" for number in range(20))), most=2)

    assert {place < 6 for place in once.places} == {True, False}
    assert any(place < 6 for place in flooded.places)
    assert np.unique(flooded.nearest).tolist() == [0, 1]
