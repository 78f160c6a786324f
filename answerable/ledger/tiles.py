"""Hashes of the tree in the database: full tiles of 256, and the entries that no full tile covers yet."""

from collections.abc import Sequence

from answerable.ledger.errors import RecordAltered
from answerable.ledger.merkle import HASH_BYTES, root_of
from answerable.ledger.models import Entry, Tile

HEIGHT = 8
WIDTH = 1 << HEIGHT


class StoredNodes:
    """
    Reads the root of any complete subtree of the record, for proofs.

    A proof in a record of n entries reads at most 256 hashes for each of the log₂₅₆ n levels of tiles; rows read once
    are kept as long as the reader. Raises RecordAltered when a row that must exist does not.
    """

    def __init__(self) -> None:
        """Begin with nothing read."""
        self._rows: dict[tuple[int, int], list[bytes]] = {}

    def __call__(self, level: int, position: int) -> bytes:
        """Return the hash of a subtree that is complete in the record."""
        tile_level, height = divmod(level, HEIGHT)
        first = position << height
        tile_position, start = divmod(first, WIDTH)
        hashes = self._row(tile_level, tile_position)[start : start + (1 << height)]
        if len(hashes) != 1 << height:
            raise RecordAltered(f"The record lacks hashes for the subtree {position} of height {level}.")
        return root_of(hashes)

    def _row(self, level: int, position: int) -> list[bytes]:
        if (level, position) not in self._rows:
            self._rows[level, position] = _full_row(level, position) or partial_row(level, position)
        return self._rows[level, position]


def split_hashes(packed: bytes) -> list[bytes]:
    """Return the 32-byte hashes that are stored one behind the other."""
    return [packed[at : at + HASH_BYTES] for at in range(0, len(packed), HASH_BYTES)]


def partial_row(level: int, position: int) -> list[bytes]:
    """Return the hashes that exist so far of one tile, from the row below; fewer when one of them is missing."""
    first = position * WIDTH
    if level == 0:
        found = Entry.objects.filter(index__gte=first, index__lt=first + WIDTH).order_by("index")
        rows = list(found.values_list("index", "leaf_hash"))
    else:
        below = Tile.objects.filter(level=level - 1, position__gte=first, position__lt=first + WIDTH)
        rows = list(below.order_by("position").values_list("position", "root"))
    return [bytes(content) for place, (number, content) in enumerate(rows) if number == first + place]


def completed_tiles(old_size: int, *, leaves: Sequence[bytes]) -> list[Tile]:
    """Return the tiles, not saved yet, that became full when leaf hashes were added behind ``old_size`` entries."""
    tiles: list[Tile] = []
    added: Sequence[bytes] = leaves
    level, start = 0, old_size
    while added:
        full = _filled(level, start=start, added=added)
        tiles += full
        level, start, added = level + 1, start // WIDTH, [bytes(tile.root) for tile in full]
    return tiles


def _filled(level: int, *, start: int, added: Sequence[bytes]) -> list[Tile]:
    first, end = start // WIDTH, (start + len(added)) // WIDTH
    if first == end:
        return []
    known = partial_row(level, first)[: start % WIDTH] if start % WIDTH else []
    hashes = [*known, *added]
    if len(hashes) != start % WIDTH + len(added):
        raise RecordAltered("The record lacks hashes before its end; nothing can be added to it.")
    return [_tile(level, position, hashes[(position - first) * WIDTH :][:WIDTH]) for position in range(first, end)]


def _tile(level: int, position: int, hashes: Sequence[bytes]) -> Tile:
    return Tile(level=level, position=position, hashes=b"".join(hashes), root=root_of(hashes))


def _full_row(level: int, position: int) -> list[bytes]:
    packed = Tile.objects.filter(level=level, position=position).values_list("hashes", flat=True).first()
    return [] if packed is None else split_hashes(bytes(packed))
