"""Whether the stored hashes follow from the entries."""

from collections.abc import Collection, Iterator

from django.db.models import Count, Max
from django.utils.translation import gettext as _

from answerable.ledger.checks import Problem
from answerable.ledger.errors import RecordAltered
from answerable.ledger.merkle import Frontier, root_of
from answerable.ledger.models import Entry, Tile
from answerable.ledger.tiles import HEIGHT, WIDTH, StoredNodes, split_hashes

# What was stored when the verifier began: the number of entries, and for each level the number of tiles.
Extent = tuple[int, dict[int, int]]


class TreeCheck:
    """
    Grows the tree again from the leaf hashes that it is given and compares every stored node on the way.

    ``roots`` holds the root at each wanted size, as far as the entries allow it to be known.
    """

    def __init__(self, *, size: int, wanted: Collection[int], extent: Extent) -> None:
        """Begin with no leaves; ``size`` is where the walk ends, at the head or at the last entry if that is later."""
        self._size = size
        self._wanted = wanted
        self._extent = extent
        self._frontier = Frontier()
        self._rows: list[list[bytes]] = []
        self._at = 0
        self._is_broken = False
        self._problems: list[Problem] = []
        self._tile_counts: dict[int, int] = {}
        self.roots: dict[int, bytes] = {0: self._frontier.root()}

    @staticmethod
    def extent() -> Extent:
        """Return how many entries and tiles are stored now; to be asked before the head is read."""
        last = Entry.objects.aggregate(last=Max("index"))["last"]
        tiles = Tile.objects.order_by().values_list("level").annotate(count=Count("pk"))
        return (0 if last is None else last + 1), dict(tiles)

    def root(self) -> bytes:
        """Return the root over the leaves given, empty when some are missing for good."""
        return b"" if self._is_broken else self._frontier.root()

    def gap_before(self, index: int) -> list[Problem]:
        """Account for entries missing before an index; their hashes are taken from the nodes, where they are kept."""
        if index <= self._at:
            return []
        first, last = self._at, index - 1
        nodes = StoredNodes()
        for missing in range(first, index):
            try:
                self.add(nodes(0, missing))
            except RecordAltered:
                self._is_broken = True
                break
        self._at = index
        message = _("Entries %(first)s to %(last)s are missing.") % {"first": first, "last": last}
        if first == last:
            message = _("Entry %(index)s is missing.") % {"index": first}
        return [Problem("gap", subject=str(first), message=message, index=first)]

    def add(self, leaf: bytes) -> None:
        """Add the hash of the next entry."""
        self._at += 1
        if self._is_broken:
            return
        self._frontier.append(leaf)
        if self._frontier.size in self._wanted:
            self.roots[self._frontier.size] = self._frontier.root()
        self._fill(0, leaf)

    def finish(self, head: Frontier | None) -> Iterator[Problem]:
        """Yield what is wrong with the stored nodes and with the head, None when that could not be read."""
        yield from self.gap_before(self._size)
        yield from self._problems
        for level, count in self._extent[1].items():
            if count > self._size >> HEIGHT * (level + 1):
                message = _("There are more nodes of level %(level)s than the record has entries for.")
                yield Problem("node", subject=f"{level}", message=message % {"level": level})
        yield from self._head_problems(head)

    def _head_problems(self, head: Frontier | None) -> Iterator[Problem]:
        if head is None:
            message = _("The head of the record holds hashes that do not fit its size.")
            yield Problem("head", subject="head", message=message)
        elif self._size > head.size:
            message = _("Entries up to %(last)s are stored, and the head of the record says there are %(size)s.")
            values = {"last": self._size - 1, "size": head.size}
            yield Problem("head", subject="head", message=message % values, index=self._size - 1)
        elif not self._is_broken and head.hashes != self._frontier.hashes:
            message = _("The head of the record does not follow from its entries.")
            yield Problem("head", subject="head", message=message)

    def _fill(self, level: int, content: bytes) -> None:
        if level == len(self._rows):
            self._rows.append([])
        row = self._rows[level]
        row.append(content)
        if len(row) == WIDTH:
            self._rows[level] = []
            position = self._tile_counts.get(level, 0)
            self._tile_counts[level] = position + 1
            root = root_of(row)
            self._problems += _tile_problems(level, position, row=row, root=root)
            self._fill(level + 1, root)


def _tile_problems(level: int, position: int, *, row: list[bytes], root: bytes) -> Iterator[Problem]:
    tile = Tile.objects.filter(level=level, position=position).first()
    place = f"{level}/{position}"
    if tile is None:
        message = _("The nodes %(place)s are missing.") % {"place": place}
        yield Problem("node", subject=place, message=message)
        return
    kept = split_hashes(bytes(tile.hashes))
    for number in range(max(len(kept), WIDTH)):
        if number >= WIDTH or kept[number : number + 1] != [row[number]]:
            message = _("Node %(number)s of level %(level)s does not follow from the entries below it.")
            values = {"number": position * WIDTH + number, "level": level}
            yield Problem("node", subject=place, message=message % values, index=position * WIDTH + number)
    if bytes(tile.root) != root:
        message = _("The root kept for the nodes %(place)s does not follow from them.") % {"place": place}
        yield Problem("node", subject=place, message=message)
