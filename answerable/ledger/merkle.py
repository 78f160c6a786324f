"""
Merkle tree arithmetic after RFC 6962 section 2.1: hashes, roots, proofs and their verification.

Pure functions on bytes. A hash is 32 bytes (SHA-256). ``node(level, position)`` stands for the root of the complete
subtree over the leaves ``position << level`` up to ``(position + 1) << level``, the second one excluded; whoever keeps
the tree supplies it. Proofs about an empty tree say nothing, so none is made and none is accepted.
"""

import hashlib
from collections.abc import Callable, Iterable, Sequence

HASH_BYTES = 32
EMPTY_ROOT = hashlib.sha256(b"").digest()

NodeReader = Callable[[int, int], bytes]


def leaf_hash(body: bytes) -> bytes:
    """Return the hash of a leaf: SHA-256(0x00 ‖ body)."""
    return hashlib.sha256(b"\x00" + body).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Return the hash of an inner node: SHA-256(0x01 ‖ left ‖ right)."""
    return hashlib.sha256(b"\x01" + left + right).digest()


class Frontier:
    """
    The right edge of a growing tree: the roots of its maximal complete subtrees, largest first.

    It is all that is needed to append a leaf or to name the root, and holds as many hashes as ``size`` has ones in
    binary.
    """

    def __init__(self, *, size: int = 0, hashes: Sequence[bytes] = ()) -> None:
        """Take up a stored edge; raise ValueError when the number or length of the hashes cannot be right."""
        if size < 0 or len(hashes) != size.bit_count() or any(len(h) != HASH_BYTES for h in hashes):
            raise ValueError("The hashes do not fit the size of the tree.")
        self.size = size
        self.hashes = list(hashes)

    def append(self, leaf: bytes) -> None:
        """Add one leaf hash at the right."""
        behind = self.size
        while behind & 1:
            leaf = node_hash(self.hashes.pop(), leaf)
            behind >>= 1
        self.hashes.append(leaf)
        self.size += 1

    def root(self) -> bytes:
        """Return the root of the whole tree; of an empty one it is SHA-256 of nothing."""
        return folded(self.hashes) if self.hashes else EMPTY_ROOT


def folded(hashes: Sequence[bytes]) -> bytes:
    """Return the root over complete subtrees given largest first, at least one."""
    root = hashes[-1]
    for left in reversed(hashes[:-1]):
        root = node_hash(left, root)
    return root


def root_of(leaves: Iterable[bytes]) -> bytes:
    """Return the root over leaf hashes."""
    frontier = Frontier()
    for leaf in leaves:
        frontier.append(leaf)
    return frontier.root()


def edge_nodes(start: int, end: int) -> list[tuple[int, int]]:
    """
    Return the (level, position) of the complete subtrees over leaves ``start`` to ``end`` excluded, largest first.

    ``start`` must be a multiple of the largest power of two that is not above ``end - start``.
    """
    found = []
    for level in reversed(range((end - start).bit_length())):
        if (end - start) >> level & 1:
            found.append((level, start >> level))
            start += 1 << level
    return found


def stored_frontier(size: int, *, node: NodeReader) -> Frontier:
    """Return the right edge that the tree had at a size."""
    return Frontier(size=size, hashes=[node(*place) for place in edge_nodes(0, size)])


def inclusion_path(index: int, *, size: int, node: NodeReader) -> list[bytes]:
    """Return the audit path of a leaf in the tree of ``size`` leaves (RFC 6962 section 2.1.1), lowest node first."""
    if not 0 <= index < size:
        raise ValueError("No such leaf in a tree of this size.")
    path = []
    start, end = 0, size
    while end - start > 1:
        middle = start + _split(end - start)
        if index < middle:
            path.append(_range_hash(middle, end, node=node))
            end = middle
        else:
            path.append(_range_hash(start, middle, node=node))
            start = middle
    return path[::-1]


def consistency_path(old_size: int, *, size: int, node: NodeReader) -> list[bytes]:
    """Return the proof that the tree of ``size`` leaves extends that of ``old_size`` (RFC 6962 section 2.1.2)."""
    if not 1 <= old_size <= size:
        raise ValueError(
            "A consistency proof needs an older tree with at least one leaf, and no larger than the newer."
        )
    path = []
    start, end = 0, size
    while end != old_size:
        middle = start + _split(end - start)
        if old_size <= middle:
            path.append(_range_hash(middle, end, node=node))
            end = middle
        else:
            path.append(_range_hash(start, middle, node=node))
            start = middle
    if start > 0:
        path.append(_range_hash(start, end, node=node))
    return path[::-1]


def is_included(leaf: bytes, *, index: int, size: int, path: Sequence[bytes], root: bytes) -> bool:
    """Say whether an audit path proves that a leaf hash stands at an index under a root (RFC 9162 section 2.1.3.2)."""
    if not 0 <= index < size or not _are_hashes(leaf, root, *path):
        return False
    at, last, found = index, size - 1, leaf
    for sibling in path:
        if last == 0:
            return False
        if at & 1 or at == last:
            found = node_hash(sibling, found)
            at, last = _past_zeros(at, last)
        else:
            found = node_hash(found, sibling)
        at, last = at >> 1, last >> 1
    return last == 0 and found == root


def is_consistent(*, old_size: int, size: int, old_root: bytes, root: bytes, path: Sequence[bytes]) -> bool:
    """Say whether a proof shows that one tree extends another (RFC 9162 section 2.1.4.2); never for an empty one."""
    if not 1 <= old_size <= size:
        return False
    # A tree extends itself, whatever stands for its root: the published vectors hold this without a look at its length.
    if old_size == size:
        return not path and old_root == root
    if not _are_hashes(old_root, root, *path):
        return False
    steps = list(path) if old_size & (old_size - 1) else [old_root, *path]
    return bool(steps) and _climbed(steps, old_size=old_size, size=size) == (old_root, root)


def _climbed(steps: Sequence[bytes], *, old_size: int, size: int) -> tuple[bytes, bytes] | None:
    at, last = old_size - 1, size - 1
    while at & 1:
        at, last = at >> 1, last >> 1
    older = newer = steps[0]
    for sibling in steps[1:]:
        if last == 0:
            return None
        if at & 1 or at == last:
            older, newer = node_hash(sibling, older), node_hash(sibling, newer)
            at, last = _past_zeros(at, last)
        else:
            newer = node_hash(newer, sibling)
        at, last = at >> 1, last >> 1
    return (older, newer) if last == 0 else None


def _past_zeros(at: int, last: int) -> tuple[int, int]:
    while at and not at & 1:
        at, last = at >> 1, last >> 1
    return at, last


def _split(count: int) -> int:
    return 1 << ((count - 1).bit_length() - 1)


def _range_hash(start: int, end: int, *, node: NodeReader) -> bytes:
    return folded([node(*place) for place in edge_nodes(start, end)])


def _are_hashes(*hashes: bytes) -> bool:
    return all(len(h) == HASH_BYTES for h in hashes)
