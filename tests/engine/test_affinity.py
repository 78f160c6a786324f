"""How likely two contributions make the same point."""

from dataclasses import replace

import numpy as np
import pytest
from scipy import sparse

from answerable.engine.affinity import cosines_among, makes_a_point, same_point, standardised, typicality
from answerable.engine.blocks import cut_blocks
from answerable.engine.records import Contribution, Settings
from tests.engine.samples import BUSES, WATER


@pytest.fixture(scope="module")
def block():
    texts = [*WATER, *BUSES]
    members = [Contribution(f"{number:02}", text, language="en") for number, text in enumerate(texts)]
    return next(cut_blocks([replace(one, question="q") for one in members], settings=Settings()))


def likely(block, places):
    rows = np.arange(12)
    return same_point(cosines_among(block.likeness), graph=block.graph, rows=rows, places=np.array(places))


def test_same_point_is_likelier_within_a_subject_than_across(block):
    found = likely(block, range(12))
    others = ~np.eye(12, dtype=bool)
    same = np.arange(12)[:, None] // 6 == np.arange(12)[None, :] // 6

    assert found[same & others].mean() > 2 * found[~same].mean()
    assert np.diag(found).tolist() == [1.0] * 12
    assert ((found >= 0) & (found <= 1)).all()


def test_same_point_is_symmetric_between_rows_that_are_columns_too(block):
    found = likely(block, range(12))

    assert found == pytest.approx(found.T, abs=1e-5)


def test_cosines_among_are_those_of_the_vectors(block):
    cosines = cosines_among(block.likeness)

    assert cosines == pytest.approx(np.asarray((block.likeness @ block.likeness.T).todense()), abs=1e-5)


def test_makes_a_point_follows_how_near_the_neighbours_are():
    graph = sparse.csr_matrix(np.array([[0, 0.9, 0.5], [0.9, 0, 0], [0.5, 0, 0]]))

    found = makes_a_point(graph)

    assert found[0] > found[1] > found[2] > 0.5


@pytest.mark.parametrize("size", [1, 2])
def test_same_point_of_texts_without_neighbours_tells_nothing_apart(size):
    graph = sparse.csr_matrix((size, size))

    found = same_point(np.eye(size), graph=graph, rows=np.arange(size), places=np.arange(size))

    assert np.diag(found).tolist() == [1.0] * size
    assert makes_a_point(graph) == pytest.approx([makes_a_point(graph)[0]] * size)


def test_typicality_is_standardised_and_greatest_for_what_is_near_to_everything():
    cosines = np.array([[1.0, 0.5, 0.4], [0.5, 1.0, 0.0], [0.4, 0.0, 1.0]])

    found = typicality(cosines)

    assert found.mean() == pytest.approx(0.0)
    assert found.std() == pytest.approx(1.0)
    assert found[0] > found[1] > found[2]


def test_standardised_leaves_out_pairs_of_a_text_with_itself():
    values = np.array([[9.0, 1.0], [3.0, 9.0]])
    itself = np.eye(2, dtype=bool)

    assert standardised(values, itself).tolist() == [[7.0, -1.0], [1.0, 7.0]]
    assert standardised(np.ones((2, 2)), itself).tolist() == [[0.0, 0.0], [0.0, 0.0]]
