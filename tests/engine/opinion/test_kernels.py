"""The two sets of loops give the same whole numbers."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from answerable.engine.opinion import Stances, counting, find_opinion_groups, kernels
from tests.engine.opinion.samples import digest, planted

compiled = pytest.importorskip("answerable.engine.opinion.compiled", reason="numba is not installed")

PEOPLE = st.lists(
    st.dictionaries(st.integers(0, 11), st.sampled_from([-1, 0, 1]), max_size=12), min_size=1, max_size=40
)


def columns(people):
    indptr = np.concatenate(([0], np.cumsum([len(one) for one in people]))).astype(np.int64)
    statement = np.array([column for one in people for column in sorted(one)], dtype=np.uint16)
    value = np.array([one[column] for one in people for column in sorted(one)], dtype=np.int8)
    return indptr, statement, value


@settings(max_examples=40, deadline=None)
@given(PEOPLE)
def test_pairs_are_packed_and_unpacked_alike(people):
    found = []
    for loops in (counting, compiled):
        table, parts = np.zeros((12, 12), dtype=np.uint64), np.zeros((4, 12, 12), dtype=np.int32)
        loops.add_pairs(*columns(people), 0, len(people), table)
        packed = table.copy()
        loops.unpack_pairs(table, parts, 1)
        added = parts.tolist()
        table[:] = packed
        loops.unpack_pairs(table, parts, -1)
        found.append((packed.tolist(), added, int(table.sum()), int(abs(parts).sum())))

    assert found[0] == found[1]
    assert found[0][2:] == (0, 0)


@settings(max_examples=40, deadline=None)
@given(PEOPLE, st.integers(0, 1000))
def test_rows_are_summed_and_counted_alike(people, seed):
    chance = np.random.default_rng(seed)
    lookup = chance.integers(-(2**20), 2**20, (12, 3, 4)).astype(np.int32)
    labels = chance.integers(-1, 3, len(people)).astype(np.int8)
    found = []
    for loops in (counting, compiled):
        sums, counts = np.zeros((len(people), 3), dtype=np.int64), np.zeros((3, 12, 3), dtype=np.int64)
        loops.sum_rows(*columns(people), lookup, sums)
        loops.count_by_label(*columns(people), labels, counts)
        found.append((sums.tolist(), counts.tolist()))

    assert found[0] == found[1]


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 1000), st.integers(1, 60), st.integers(1, 5), st.booleans())
def test_centres_move_alike(seed, size, k, is_weighted):
    chance = np.random.default_rng(seed)
    points = chance.integers(-30, 30, (size, 2)).astype(np.int32)
    weights = chance.integers(1, 9, size) if is_weighted else np.zeros(0, dtype=np.int64)
    start = chance.integers(-30, 30, (k, 2))
    found = []
    for loops in (counting, compiled):
        centres, labels = start.copy(), np.zeros(size, dtype=np.int8)
        inertia = loops.lloyd(points, weights, centres, 7, labels)
        found.append((int(inertia), centres.tolist(), labels.tolist()))

    assert found[0] == found[1]


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 1000), st.integers(1, 60), st.integers(1, 5), st.sampled_from([0, 1, 30, 2**21]))
def test_starts_are_drawn_alike(seed, size, k, spread):
    chance = np.random.default_rng(seed)
    points = chance.integers(-spread, spread + 1, (size, 2)).astype(np.int32)
    weights = chance.integers(1, 9, size)
    draws = np.minimum(chance.random((3, k)) * 1.0001, np.nextafter(1.0, 0.0))
    found = []
    for loops in (counting, compiled):
        centres = np.empty((3, k, 2), dtype=np.int64)
        loops.draw_starts(points, weights, draws, centres)
        found.append(centres.tolist())

    assert found[0] == found[1]
    assert {tuple(one) for start in found[0] for one in start} <= {tuple(one) for one in points.tolist()}


def test_the_whole_result_is_the_same_bytes_by_either():
    stances = Stances.from_rows(planted(150, statements=40, groups=3)[0])

    found = [digest(find_opinion_groups(stances, kernels=loops)) for loops in (counting, compiled)]

    assert found[0] == found[1]


def test_columns_in_several_slices_give_the_same(monkeypatch):
    stances = Stances.from_rows(planted(60, statements=20)[0])
    whole = digest(find_opinion_groups(stances, kernels=counting))

    monkeypatch.setattr(counting, "_STANCES_AT_ONCE", 50)
    monkeypatch.setattr(counting, "_POINTS_AT_ONCE", 7)

    assert digest(find_opinion_groups(stances, kernels=counting)) == whole


def test_compiled_loops_are_taken_where_they_are_worth_it(monkeypatch):
    assert kernels.kernels_for(10) is counting
    assert kernels.kernels_for(10_000_000) is compiled

    monkeypatch.setattr(kernels.importlib.util, "find_spec", lambda _: None)
    assert kernels.kernels_for(10_000_000) is counting
