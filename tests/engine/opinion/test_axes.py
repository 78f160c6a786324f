"""Principal axes: those of a full decomposition, with fixed signs."""

import numpy as np
import pytest
from scipy import sparse

from answerable.engine.opinion.axes import principal_axes


def covariance(count=40, *, seed=3):
    rows = np.random.default_rng(seed).normal(size=(300, count)) * np.linspace(3, 0.5, count)
    return rows.T @ rows


def test_axes_are_the_two_leading_eigenvectors():
    matrix = covariance()
    values, vectors = np.linalg.eigh(matrix)

    found = principal_axes(matrix)

    assert np.abs(found.directions.T @ vectors[:, [-1, -2]]) == pytest.approx(np.eye(2), abs=1e-8)
    assert found.variance == pytest.approx(tuple(values[[-1, -2]] / values.sum()))


def test_the_largest_loading_is_positive():
    found = principal_axes(covariance()).directions

    assert (found[np.abs(found).argmax(axis=0), [0, 1]] > 0).all()


def test_a_sparse_covariance_gives_the_same_axes():
    matrix = covariance()

    assert principal_axes(sparse.csr_array(matrix)).directions == pytest.approx(
        principal_axes(matrix).directions, abs=1e-9
    )


def test_a_warm_start_needs_fewer_rounds_and_ends_at_the_same_axes():
    cold = principal_axes(covariance())

    warm = principal_axes(covariance() * 1.001, start=cold.directions)

    assert warm.rounds < cold.rounds
    assert warm.directions == pytest.approx(cold.directions, abs=1e-8)


@pytest.mark.parametrize("count", [0, 1, 2, 3])
def test_few_statements_have_axes_too(count):
    matrix = np.diag(np.arange(1.0, count + 1)) if count else np.zeros((0, 0))

    found = principal_axes(matrix)

    assert found.directions.shape == (count, 2)
    assert np.linalg.norm(found.directions, axis=0).tolist() == pytest.approx([float(count > 0), float(count > 1)])


def test_no_variance_has_no_axes():
    found = principal_axes(np.zeros((5, 5)))

    assert (found.directions.tolist(), found.variance) == ([[0.0, 0.0]] * 5, (0.0, 0.0))
