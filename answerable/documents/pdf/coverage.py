"""Read which characters a font file has: its `cmap` table (OpenType 1.9, cmap, formats 4 and 12)."""

import struct
from functools import lru_cache
from pathlib import Path

COLLECTION = b"ttcf"
FORMAT_OF_BASIC_PLANE, FORMAT_OF_ALL_PLANES = 4, 12
_BEST_FIRST = ((3, 10), (0, 6), (0, 4), (3, 1), (0, 3))
"""Platform and encoding of the tables that map Unicode, those of all planes first."""

_EMBEDDED = frozenset({*range(0x20, 0x7F), *range(0xA0, 0x180), *range(0x390, 0x3CF), *range(0x400, 0x460)}) - {0x3A2}
_EMBEDDED_MARKS = frozenset(
    {0x2010, 0x2011, 0x2013, 0x2014, 0x2018, 0x2019, 0x201A, 0x201C, 0x201D, 0x201E, 0x2022, 0x2026}
)
EMBEDDED_CHARACTERS = _EMBEDDED | _EMBEDDED_MARKS
"""What the serif font inside the PDF engine is known to have; it has no file to read."""


@lru_cache(maxsize=512)
def characters_of(path: str, *, index: int) -> frozenset[int]:
    """Return the code points one font of a file has; none for a file that cannot be read as a font."""
    try:
        content = Path(path).read_bytes()
        table = _cmap(content, index=index)
        return _all_planes(table) if _format(table) == FORMAT_OF_ALL_PLANES else _basic_plane(table)
    except (OSError, struct.error, LookupError, ValueError):
        return frozenset()


def _format(table: bytes) -> int:
    found: int = struct.unpack_from(">H", table)[0]
    return found


def _cmap(content: bytes, *, index: int) -> bytes:
    """Return the best table of the font from where it starts; its end is told by its own length."""
    start = struct.unpack_from(">I", content, 12 + 4 * index)[0] if content[:4] == COLLECTION else 0
    count = struct.unpack_from(">H", content, start + 4)[0]
    records = [struct.unpack_from(">4s4xII", content, start + 12 + 16 * number) for number in range(count)]
    offset, length = {tag: (at, size) for tag, at, size in records}[b"cmap"]
    cmap = content[offset : offset + length]
    tables = {}
    for number in range(struct.unpack_from(">H", cmap, 2)[0]):
        platform, encoding, at = struct.unpack_from(">HHI", cmap, 4 + 8 * number)
        tables[platform, encoding] = cmap[at:]
    return next(tables[kind] for kind in _BEST_FIRST if kind in tables)


def _all_planes(table: bytes) -> frozenset[int]:
    found: set[int] = set()
    for number in range(struct.unpack_from(">I", table, 12)[0]):
        first, last, glyph = struct.unpack_from(">III", table, 16 + 12 * number)
        found.update(range(first if glyph else first + 1, last + 1))
    return frozenset(found)


def _basic_plane(table: bytes) -> frozenset[int]:
    if _format(table) != FORMAT_OF_BASIC_PLANE:
        return frozenset()
    size = struct.unpack_from(">H", table, 6)[0]
    lasts, firsts = 14, 16 + size
    deltas, offsets = firsts + size, firsts + 2 * size
    found: set[int] = set()
    for place in range(0, size, 2):
        (last,), (first,) = (
            struct.unpack_from(">H", table, lasts + place),
            struct.unpack_from(">H", table, firsts + place),
        )
        (delta,), (offset,) = (
            struct.unpack_from(">H", table, deltas + place),
            struct.unpack_from(">H", table, offsets + place),
        )
        for point in range(first, last + 1):
            at = offsets + place + offset + 2 * (point - first)
            glyph = struct.unpack_from(">H", table, at)[0] if offset else point
            if glyph and (glyph + delta) & 0xFFFF:
                found.add(point)
    return frozenset(found - {0xFFFF})
