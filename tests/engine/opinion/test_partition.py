"""Division of points: cells, Lloyd's rounds, silhouettes, and agreement of two divisions."""

import numpy as np
import pytest
from sklearn.metrics import adjusted_rand_score, silhouette_score

from answerable.engine.opinion import counting
from answerable.engine.opinion.agreement import adjusted_rand
from answerable.engine.opinion.cells import Cells, gather
from answerable.engine.opinion.partition import best_partition, centres_of, distances, polish, settle, silhouettes


def two_heaps(size=60, *, seed=5):
    chance = np.random.default_rng(seed)
    return np.vstack([chance.normal(-400, 90, (size, 2)), chance.normal(400, 90, (size, 2))]).astype(np.int32)


def ones(points):
    return Cells(points, np.ones(len(points), dtype=np.int64))


def test_the_best_partition_finds_two_heaps():
    found = best_partition(ones(two_heaps()), k=2, starts=5, seed=1, kernels=counting)

    assert adjusted_rand(found.labels, np.repeat([0, 1], 60)) == 1.0


def test_weights_count_as_so_many_points():
    points = two_heaps(10)
    weights = np.arange(1, 21)
    centres = np.array([[-100, 0], [100, 0]])

    weighted = settle(Cells(points, weights), centres=centres, kernels=counting)
    repeated = settle(ones(np.repeat(points, weights, axis=0)), centres=centres, kernels=counting)

    assert (weighted.centres.tolist(), weighted.inertia) == (repeated.centres.tolist(), repeated.inertia)


def test_a_centre_nobody_is_near_stays_where_it_is():
    found = settle(ones(two_heaps()), centres=np.array([[0, 0], [90_000, 0]]), kernels=counting)

    assert found.centres[1].tolist() == [90_000, 0]


def test_all_at_one_place_is_divided_without_harm():
    found = best_partition(ones(np.zeros((9, 2), dtype=np.int32)), k=3, starts=2, seed=1, kernels=counting)

    assert (found.inertia, found.labels.tolist()) == (0, [0] * 9)


def test_polish_keeps_what_is_settled():
    points = two_heaps()
    labels = np.repeat([0, 1], 60).astype(np.int8)

    found = polish(points, centres=centres_of(points, labels=labels, k=2), rounds=9, kernels=counting)

    assert found.labels.tolist() == labels.tolist()


def test_the_silhouette_is_that_of_the_literature():
    points = two_heaps(40)
    labels = best_partition(ones(points), k=3, starts=3, seed=1, kernels=counting).labels

    both = [labels, np.repeat([0, 1], 40).astype(np.int8)]

    found = silhouettes(distances(ones(points)), weights=np.ones(80, dtype=np.int64), divisions=both)

    assert found == pytest.approx([silhouette_score(points, one) for one in both], abs=1e-3)


def test_the_silhouette_of_cells_counts_people():
    points, weights = two_heaps(12), np.tile([1, 2, 3], 8)
    labels = np.repeat([0, 1], 12).astype(np.int8)
    people = np.repeat(points, weights, axis=0)

    of_cells = silhouettes(distances(ones(points)), weights=weights, divisions=[labels])
    of_people = silhouettes(
        distances(ones(people)), weights=np.ones(len(people), dtype=np.int64), divisions=[np.repeat(labels, weights)]
    )

    assert of_cells == pytest.approx(of_people, abs=1e-12)


def test_one_group_has_no_silhouette():
    points, one_group = two_heaps(5), np.zeros(10, dtype=np.int8)

    assert silhouettes(distances(ones(points)), weights=np.ones(10, dtype=int), divisions=[one_group]) == [0.0]


def test_cells_keep_people_and_their_sums():
    points = np.random.default_rng(2).normal(0, 5000, (4000, 2)).astype(np.int32)

    cells = gather(points, grid=40)

    assert len(cells.points) <= 1600
    assert cells.weights.sum() == 4000
    assert np.abs((cells.points * cells.weights[:, None]).sum(axis=0) - points.sum(axis=0)).max() <= 4000 / 2


def test_few_people_have_cells_of_their_own():
    points = two_heaps()

    assert gather(points, grid=40).points.tolist() == points.tolist()


@pytest.mark.parametrize("seed", range(5))
def test_agreement_is_the_adjusted_rand_index(seed):
    chance = np.random.default_rng(seed)
    one, other = chance.integers(0, 3, 50), chance.integers(0, 4, 50)

    assert adjusted_rand(one, other) == pytest.approx(adjusted_rand_score(one, other))


def test_agreement_of_the_same_division_under_other_names_is_whole():
    assert adjusted_rand(np.array([0, 0, 1]), np.array([5, 5, 2])) == 1.0
    assert adjusted_rand(np.array([-1, -1, 7]), np.array([0, 0, 10**12])) == 1.0
    assert adjusted_rand(np.array([]), np.array([])) == 1.0
    assert adjusted_rand(np.array([1]), np.array([1])) == 1.0
