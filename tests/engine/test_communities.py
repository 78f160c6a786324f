"""Themes as groups in a graph."""

import numpy as np
import pytest
from scipy import sparse

from answerable.engine.blocks import cut_blocks
from answerable.engine.communities import find_communities, fit_scores
from answerable.engine.records import Contribution, Settings
from answerable.engine.vectors.embedder import unit_rows
from answerable.foundation.hashing import text_digest
from tests.engine.samples import BUSES, WATER


def found(texts, **settings):
    chosen = Settings(**settings)
    (block,) = cut_blocks(
        [Contribution(f"{number:03}", text, language="en") for number, text in enumerate(texts)], settings=chosen
    )
    return find_communities(block.graph, vectors=block.vectors, settings=chosen)


def test_find_communities_parts_two_subjects():
    assert [set(one.rows) for one in found([*WATER, *BUSES])] == [set(range(6)), set(range(6, 12))]


def test_find_communities_leaves_out_what_is_like_nothing():
    communities = found([*WATER, "Zyxt quorl bimmeth."])

    assert {row for one in communities for row in one.rows} == set(range(6))


@pytest.mark.parametrize("texts", [["One text."], ["", ""]])
def test_find_communities_finds_none_without_neighbours(texts):
    assert found(texts) == []


def test_find_communities_splits_a_large_theme_into_all_its_rows():
    communities = found([*WATER, *BUSES, *WATER, *BUSES], smallest_theme_to_split=4, theme_resolution=0.01)
    (community,) = communities

    assert len(community.parts) > 1
    assert sorted(row for part in community.parts for row in part) == list(community.rows)


@pytest.mark.parametrize(("others", "is_split"), [(0, True), (80, False)])
def test_find_communities_splits_what_is_large_for_a_small_consultation(others, is_split):
    letters = str.maketrans("0123456789", "ghijklmnop")
    alone = [text_digest(str(number))[:12].translate(letters) for number in range(others)]

    community = found([*WATER, *BUSES, *WATER, *BUSES, *alone], theme_resolution=0.01)[0]

    assert (len(community.rows), bool(community.parts)) == (24, is_split)


def test_fit_scores_compare_each_with_the_mean_of_the_others():
    vectors = unit_rows(sparse.csr_matrix(np.array([[1, 0], [1, 0], [0, 1]], dtype=np.float32)))

    assert fit_scores(vectors).tolist() == pytest.approx([1 / np.sqrt(2), 1 / np.sqrt(2), 0.0], abs=1e-6)
    assert fit_scores(vectors[:1]).tolist() == [0.0]
