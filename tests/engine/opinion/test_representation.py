"""The formulae of figures, against cases worked out by hand."""

import numpy as np
import pytest

from answerable.engine.opinion.representation import adjusted, consensus, represent

# Two groups of ten; one statement: 8 of 10 agree in the first (1 passes, 1 disagrees), 2 of 10 in the second (8 disagree).
COUNTS = np.array([[[1, 1, 8]], [[8, 0, 2]]])


def test_the_share_is_smoothed_and_set_beside_the_others_share():
    found = represent(COUNTS)

    assert found.agrees.tolist() == [[True], [False]]
    assert found.share.ravel() == pytest.approx([9 / 12, 9 / 12])
    assert found.ratio.ravel() == pytest.approx([(9 / 12) / (3 / 12), (9 / 12) / (2 / 12)])


def test_the_tests_are_those_with_one_added():
    found = represent(COUNTS)

    pooled = 12 / 22
    z = (9 / 11 - 3 / 11) / np.sqrt(pooled * (1 - pooled) * (2 / 11))
    assert found.own_test[0, 0] == pytest.approx(2 * np.sqrt(11) * (9 / 11 - 0.5))
    assert found.others_test[0, 0] == pytest.approx(z)


def test_a_statement_all_answer_the_same_way_sets_nobody_apart():
    found = represent(np.array([[[0, 0, 5]], [[0, 0, 5]]]))

    assert found.others_test.tolist() == [[0.0], [0.0]]


def test_consensus_is_the_product_of_shares():
    assert consensus(COUNTS).tolist() == pytest.approx([(9 / 12) * (3 / 12)])


def test_p_values_are_adjusted_as_benjamini_and_hochberg_do():
    given = np.array([[0.01, 0.04], [0.03, 0.005]])

    assert adjusted(given) == pytest.approx(np.array([[0.02, 0.04], [0.04, 0.02]]))


def test_no_adjusted_p_is_below_the_p_or_above_one():
    given = np.random.default_rng(4).random(200)

    found = adjusted(given)

    assert (found >= given).all()
    assert found.max() <= 1
    assert (np.diff(found[np.argsort(given)]) >= 0).all()


def test_no_p_values_stay_none():
    assert adjusted(np.zeros((0,))).tolist() == []
