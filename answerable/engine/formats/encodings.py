"""Find out how a file of text is encoded, without holding all of it."""

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from answerable.engine.formats.errors import ReadingError

_BYTE_ORDER_MARKS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
_NULS_OF_WIDE_TEXT = 0.3
_MARKS, _LEAST_MARKS, _MARKS_OF_WIDE_TEXT = frozenset(b"\n\t ,;"), 3, 0.25
_CHUNK = 1 << 20
_OTHERS = "answerable-windows-1252"


@dataclass(frozen=True, slots=True)
class Encoding:
    """Hold what to open a file with, and the name to tell people."""

    codec: str
    errors: str
    name: str


def encoding_of(path: Path) -> Encoding:
    """
    Return the encoding of a file: by its mark, else UTF-16, UTF-8 or Windows-1252, or the last two mixed.

    In a mix, what is no UTF-8 is read as Windows-1252, so that neither part is garbled. Raises ReadingError where
    the bytes do not fit the mark they begin with.
    """
    with path.open("rb") as file:
        head = file.read(4096)
    for mark, codec in _BYTE_ORDER_MARKS.items():
        if head.startswith(mark):
            return _required(path, codec)
    for codec, offset in (("utf-16-le", 1), ("utf-16-be", 0)):
        if head[offset::2].count(0) > _NULS_OF_WIDE_TEXT * len(head) / 2 or has_wide_marks(head, offset=offset):
            return _required(path, codec)
    wrong, wide = _count_of_utf8(path)
    if not wrong:
        return Encoding("utf-8", "strict", "UTF-8")
    if wrong > wide:
        return Encoding("cp1252", "replace", "Windows-1252")
    return Encoding("utf-8", _OTHERS, f"UTF-8 with {wrong} characters in Windows-1252")


def lines_of(path: Path, *, encoding: Encoding) -> Iterator[str]:
    """Yield the lines of a file with their ends as they are, null bytes left out."""
    with path.open(encoding=encoding.codec, errors=encoding.errors, newline="") as file:
        for line in file:
            yield line.replace("\0", "")


def has_wide_marks(head: bytes, *, offset: int) -> bool:
    """
    Tell whether marks between words and cells are written as wide text has them, whatever its script.

    `offset` is where the zero byte of such a mark lies in its pair. A text with zero bytes strewn in has them anywhere.
    """
    high, low = head[offset::2], head[1 - offset :: 2]
    marks = [place for place, byte in enumerate(low[: len(high)]) if byte in _MARKS]
    written = sum(high[place] == 0 for place in marks)
    return written >= _LEAST_MARKS and written >= _MARKS_OF_WIDE_TEXT * len(marks) and 0 not in low


def _required(path: Path, codec: str) -> Encoding:
    """Return the encoding a file says it has, or raise ReadingError with the first byte that does not fit."""
    name = codec.removesuffix("-sig").upper()
    decoder = codecs.getincrementaldecoder(codec)()
    before = 0
    with path.open("rb") as file:
        while True:
            chunk = file.read(_CHUNK)
            try:
                decoder.decode(chunk, final=not chunk)
            except UnicodeDecodeError as error:
                message = f"{path.name} begins as {name}, but byte {before + error.start} does not fit."
                raise ReadingError(message) from error
            if not chunk:
                return Encoding(codec, "strict", name)
            before += len(chunk)


_ESCAPED, _WIDE = re.compile("[\udc80-\udcff]"), re.compile("[^\x00-\x7f]")


def _count_of_utf8(path: Path) -> tuple[int, int]:
    """Return how many bytes of a file are no UTF-8, and how many characters of more than one byte are."""
    wrong = wide = 0
    decoder = codecs.getincrementaldecoder("utf-8")("surrogateescape")
    with path.open("rb") as file:
        while True:
            chunk = file.read(_CHUNK)
            text = decoder.decode(chunk, final=not chunk)
            if not text.isascii():
                escaped = len(_ESCAPED.findall(text))
                wrong += escaped
                wide += len(_WIDE.findall(text)) - escaped
            if not chunk:
                return wrong, wide


def _as_windows_1252(error: UnicodeError) -> tuple[str, int]:
    """Return the bytes that are no UTF-8 as Windows-1252 has them."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.end].decode("cp1252", "replace"), error.end


codecs.register_error(_OTHERS, _as_windows_1252)
