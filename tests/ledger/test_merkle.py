"""The tree, against the published vectors and against the recursive definitions of RFC 6962."""

import base64
import hashlib
import json
from itertools import pairwise

import pytest

from answerable.ledger import merkle

LEAVES = [merkle.leaf_hash(bytes([n])) for n in range(64)]


def vectors(folder):
    return [(path.relative_to(folder), json.loads(path.read_text())) for path in sorted(folder.rglob("*.json"))]


def binary(text):
    return base64.b64decode(text or "")


def test_every_published_inclusion_vector_is_answered_as_wanted(shared_data):
    cases = vectors(shared_data / "merkle-vectors" / "inclusion")

    answers = {
        name: merkle.is_included(
            binary(case["leafHash"]),
            index=case["leafIdx"],
            size=case["treeSize"],
            path=[binary(step) for step in case["proof"] or []],
            root=binary(case["root"]),
        )
        for name, case in cases
    }

    assert len(answers) > 80
    assert answers == {name: not case["wantErr"] for name, case in cases}


def test_every_published_consistency_vector_is_answered_as_wanted(shared_data):
    cases = vectors(shared_data / "merkle-vectors" / "consistency")

    answers = {
        name: merkle.is_consistent(
            old_size=case["size1"],
            size=case["size2"],
            old_root=binary(case["root1"]),
            root=binary(case["root2"]),
            path=[binary(step) for step in case["proof"] or []],
        )
        for name, case in cases
    }

    assert len(answers) > 80
    assert answers == {name: not case["wantErr"] for name, case in cases}


def naive_root(leaves):
    if not leaves:
        return hashlib.sha256(b"").digest()
    if len(leaves) == 1:
        return leaves[0]
    middle = split(len(leaves))
    return merkle.node_hash(naive_root(leaves[:middle]), naive_root(leaves[middle:]))


def naive_path(index, leaves):
    if len(leaves) == 1:
        return []
    middle = split(len(leaves))
    if index < middle:
        return [*naive_path(index, leaves[:middle]), naive_root(leaves[middle:])]
    return [*naive_path(index - middle, leaves[middle:]), naive_root(leaves[:middle])]


def naive_consistency(old, leaves, *, is_whole=True):
    if old == len(leaves):
        return [] if is_whole else [naive_root(leaves)]
    middle = split(len(leaves))
    if old <= middle:
        return [*naive_consistency(old, leaves[:middle], is_whole=is_whole), naive_root(leaves[middle:])]
    return [*naive_consistency(old - middle, leaves[middle:], is_whole=False), naive_root(leaves[:middle])]


def split(count):
    middle = 1
    while middle * 2 < count:
        middle *= 2
    return middle


def node(level, position):
    return naive_root(LEAVES[position << level : (position + 1) << level])


def test_root_of_every_small_tree_is_the_recursive_one():
    assert [merkle.root_of(LEAVES[:n]) for n in range(65)] == [naive_root(LEAVES[:n]) for n in range(65)]


def test_frontier_taken_up_from_stored_nodes_grows_like_one_that_never_stopped():
    for size in range(65):
        frontier = merkle.stored_frontier(size, node=node)
        for leaf in LEAVES[size:]:
            frontier.append(leaf)
        assert (frontier.size, frontier.root()) == (64, naive_root(LEAVES))


@pytest.mark.parametrize("size", range(1, 65))
def test_every_inclusion_proof_of_a_small_tree_is_the_recursive_one_and_holds_for_it_alone(size):
    leaves, root = LEAVES[:size], naive_root(LEAVES[:size])
    for index in range(size):
        path = merkle.inclusion_path(index, size=size, node=node)

        assert path == naive_path(index, leaves)
        assert [
            other
            for other in range(size)
            if merkle.is_included(leaves[index], index=other, size=size, path=path, root=root)
        ] == [index]


@pytest.mark.parametrize("size", range(1, 65))
def test_every_consistency_proof_of_a_small_tree_is_the_recursive_one_and_holds_for_it_alone(size):
    root = naive_root(LEAVES[:size])
    for old in range(1, size + 1):
        path = merkle.consistency_path(old, size=size, node=node)
        claim = {"old_size": old, "size": size, "root": root, "path": path}

        assert path == naive_consistency(old, LEAVES[:size])
        assert merkle.is_consistent(old_root=naive_root(LEAVES[:old]), **claim)
        assert not merkle.is_consistent(old_root=naive_root(LEAVES[: old - 1]), **claim)


def test_a_proof_with_any_step_changed_dropped_or_added_is_refused():
    size, index = 37, 20
    path = merkle.inclusion_path(index, size=size, node=node)
    root = naive_root(LEAVES[:size])
    broken = [
        *([*path[:n], bytes(32), *path[n + 1 :]] for n in range(len(path))),
        *([*path[:n], *path[n + 1 :]] for n in range(len(path))),
        *([*path[:n], LEAVES[0], *path[n:]] for n in range(len(path) + 1)),
        *([*path[:n], path[n][:31], *path[n + 1 :]] for n in range(len(path))),
    ]

    assert merkle.is_included(LEAVES[index], index=index, size=size, path=path, root=root)
    assert not any(merkle.is_included(LEAVES[index], index=index, size=size, path=bad, root=root) for bad in broken)


def test_an_inner_node_cannot_pass_for_a_leaf():
    inner = merkle.node_hash(LEAVES[0], LEAVES[1])

    assert merkle.leaf_hash(LEAVES[0] + LEAVES[1]) != inner
    assert not merkle.is_included(inner, index=0, size=2, path=[], root=inner)


def test_a_hash_cut_between_neighbours_is_refused_though_the_bytes_hashed_are_the_same():
    left, right = LEAVES[0], LEAVES[1]
    root = merkle.node_hash(left, right)

    assert merkle.is_included(left, index=0, size=2, path=[right], root=root)
    assert not merkle.is_included(left + right[:1], index=0, size=2, path=[right[1:]], root=root)


@pytest.mark.parametrize(("index", "size"), [(-1, 3), (3, 3), (0, 0)])
def test_no_proof_is_made_of_a_leaf_that_is_not_there(index, size):
    with pytest.raises(ValueError, match="No such leaf"):
        merkle.inclusion_path(index, size=size, node=node)


@pytest.mark.parametrize(("old", "size"), [(0, 3), (4, 3), (0, 0)])
def test_no_consistency_proof_starts_from_nothing_or_ends_before_it_starts(old, size):
    with pytest.raises(ValueError, match="consistency proof"):
        merkle.consistency_path(old, size=size, node=node)


def test_a_frontier_with_hashes_that_do_not_fit_its_size_is_refused():
    for size, hashes in ((2, []), (3, [LEAVES[0]]), (1, [b"short"]), (-1, [])):
        with pytest.raises(ValueError, match="do not fit"):
            merkle.Frontier(size=size, hashes=hashes)


def test_a_growing_tree_never_repeats_a_root():
    roots = [merkle.root_of(LEAVES[:n]) for n in range(65)]

    assert all(old != new for old, new in pairwise(roots))
    assert len(set(roots)) == 65
