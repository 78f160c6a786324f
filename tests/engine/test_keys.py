"""Key contributions: few, near to all, from every sector, and one voice each."""

from collections import Counter
from dataclasses import replace

import numpy as np
import pytest
from scipy import sparse

from answerable.engine import candidates
from answerable.engine.blocks import cut_blocks
from answerable.engine.keys import Question, choose_keys, reach_of_keys
from answerable.engine.records import Contribution, Settings
from answerable.engine.themes import concepts_of_block
from tests.engine.samples import BUSES, SECTORS, WATER


def block_of(contributions):
    (block,) = cut_blocks([replace(one, language="en") for one in contributions], settings=Settings())
    return block


def members(*texts, **common):
    return [Contribution(f"R-{number:02}", text, **common) for number, text in enumerate(texts)]


def keys(contributions, *, most=4, themes=None, campaigns=None):
    block = block_of(contributions)
    question = Question(
        block.contributions, themes or [range(len(contributions))], block.likeness, block.graph, campaigns or {}
    )
    return choose_keys(question, most=most)


def rows(found):
    return [key.row for key in found]


def test_choose_keys_takes_from_both_subjects():
    assert {row < 6 for row in rows(keys(members(*WATER, *BUSES), most=2))} == {True, False}


def test_choose_keys_gives_every_theme_one_and_none_more_than_the_most():
    found = keys(members(*WATER, *BUSES), most=2, themes=[range(6), range(6, 11), [11]])

    assert Counter(key.theme for key in found) == {0: 2, 1: 2, 2: 1}
    assert all(key.row in ([*range(6)], [*range(6, 11)], [11])[key.theme] for key in found)
    assert [next(key.role for key in found if key.theme == theme) for theme in range(3)] == ["typical"] * 3


def test_choose_keys_begins_with_one_of_each_theme_when_themes_are_far_apart():
    found = keys(members(*WATER, *BUSES), most=3, themes=[range(6), range(6, 12)])

    assert {key.theme for key in found[:2]} == {0, 1}


def test_choose_keys_gives_each_sector_a_place_whatever_its_size():
    large = members(*WATER, *BUSES[:5], sector="public")
    small = Contribution("R-99", BUSES[5], sector="community")

    found = keys([*large, small], most=2)

    assert 11 in rows(found)
    assert [key.role for key in found] == ["typical", "another sector"]


def test_choose_keys_gives_sectors_even_places_in_any_first_few():
    contributions = [
        replace(one, sector=SECTORS[0] if number < 9 else SECTORS[1])
        for number, one in enumerate(members(*WATER, *BUSES))
    ]

    found = rows(keys(contributions, most=4))

    assert {contributions[row].sector for row in found[:2]} == {SECTORS[0], SECTORS[1]}
    assert {contributions[row].sector for row in found[2:4]} == {SECTORS[0], SECTORS[1]}


def test_choose_keys_hands_a_quota_on_when_a_sector_has_no_voice_left():
    one_author = [replace(one, sector="public", author="same") for one in members(*WATER)]
    others = [replace(one, id=f"S{one.id}", sector="private") for one in members(*BUSES)]

    found = keys([*one_author, *others], most=4)
    sectors = [([*one_author, *others][row]).sector for row in rows(found)]

    assert sectors.count("public") == 1
    assert sectors.count("private") == 3


def test_choose_keys_gives_an_organisation_and_a_campaign_one_place_each():
    same_organisation = keys(members(*WATER, organisation="Water Union"))
    same_campaign = keys(members(*WATER), campaigns={f"R-{number:02}": "R-00" for number in range(6)})

    assert len(same_organisation) == len(same_campaign) == 1


def test_choose_keys_gives_an_author_one_place_in_a_question_while_there_are_others():
    author = [
        replace(one, author="same") if number in {0, 6} else one for number, one in enumerate(members(*WATER, *BUSES))
    ]

    found = rows(keys(author, most=4, themes=[range(6), range(6, 12)]))

    assert len({0, 6} & set(found)) <= 1


def test_choose_keys_hears_a_voice_again_when_a_theme_has_no_other():
    found = keys(members(*WATER, *BUSES, author="same"), themes=[range(6), range(6, 12)])

    assert sorted(key.theme for key in found) == [0, 1]


def test_choose_keys_gives_every_one_of_very_many_themes_a_key_of_its_own(monkeypatch):
    monkeypatch.setattr(candidates, "MOST_COMPARED", 8)
    monkeypatch.setattr(candidates, "MOST_CANDIDATES", 4)
    pairs = [[row, row + 1] for row in range(0, 12, 2)]
    authors = [replace(one, author=f"a{number % 8}") for number, one in enumerate(members(*WATER, *BUSES))]

    found = keys(authors, themes=pairs)

    assert sorted(key.theme for key in found) == [0, 1, 2, 3, 4, 5]
    assert all(key.row in pairs[key.theme] for key in found)
    assert len({authors[row].author for row in rows(found)}) == 6


def test_choose_keys_of_one_member_is_that_member():
    assert rows(keys(members(WATER[0]))) == [0]


def test_choose_keys_without_themes_are_none():
    block = block_of(members(WATER[0]))

    assert choose_keys(Question(block.contributions, [], block.likeness, block.graph, {}), most=5) == []


def test_choose_keys_does_not_depend_on_how_often_a_view_is_repeated():
    once = keys(members(*WATER, *BUSES), most=2)
    flooded = keys(members(*WATER, *BUSES, *(f"{BUSES[0]} {number}" for number in range(20))), most=2)

    assert {row < 6 for row in rows(once)} == {True, False}
    assert any(row < 6 for row in rows(flooded))


def test_reach_of_keys_says_of_every_member_which_key_is_nearest():
    block = block_of(members(*WATER, *BUSES))

    (reach,) = reach_of_keys(
        [(range(12), [8, 2])], vectors=block.vectors, concepts=concepts_of_block(block), graph=block.graph
    )

    assert reach.nearest.shape == reach.similarity.shape == (12,)
    assert reach.nearest.tolist() == [1] * 6 + [0] * 6
    assert ((reach.similarity >= 0) & (reach.similarity <= 1)).all()
    assert reach.similarity[[8, 2]].tolist() == [1.0, 1.0]


def test_reach_of_keys_that_are_the_same_text_gives_each_key_itself():
    block = block_of(members(WATER[0], WATER[0], WATER[1]))

    (reach,) = reach_of_keys(
        [(range(3), [0, 1])], vectors=block.vectors, concepts=concepts_of_block(block), graph=block.graph
    )

    assert reach.nearest[:2].tolist() == [0, 1]
    assert np.isfinite(reach.similarity).all()


def test_reach_of_keys_knows_a_concept_in_other_words():
    block = block_of(
        members(
            "Nobody here can afford the fees.",
            "Fees go up every single summer.",
            "Our river smells in every summer.",
            "It is simply too expensive.",
        )
    )
    unjoined = sparse.csr_matrix((4, 4))

    (reach,) = reach_of_keys(
        [(range(4), [0, 2])], vectors=block.vectors, concepts=concepts_of_block(block), graph=unjoined
    )

    assert reach.nearest.tolist() == [0, 0, 1, 0]
    assert float((block.vectors[3] @ block.vectors[0].T).sum()) == 0.0
    assert reach.similarity[3] > 0.0


@pytest.mark.parametrize("count", [3, 7])
def test_choose_keys_of_strange_texts_chooses_some(count):
    found = keys(members(*["!!!", "🙂", "", "wells", "wells and", "x", "y"][:count]))

    assert 1 <= len(found) <= count
    assert len(set(rows(found))) == len(found)
