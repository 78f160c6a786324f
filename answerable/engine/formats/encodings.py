"""Find out how a file of text is encoded, without holding all of it."""

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from answerable.engine.formats.errors import ReadingError
from answerable.engine.formats.older_encodings import older_encoding

# The longer ones first: UTF-32 begins as UTF-16 does.
_BYTE_ORDER_MARKS = {
    b"\xff\xfe\x00\x00": "utf-32",
    b"\x00\x00\xfe\xff": "utf-32",
    b"\xef\xbb\xbf": "utf-8-sig",
    b"\xff\xfe": "utf-16",
    b"\xfe\xff": "utf-16",
}
_NULS_OF_WIDE_TEXT = 0.3
_MARKS, _LEAST_MARKS, _MARKS_OF_WIDE_TEXT = frozenset(b"\n\t ,;"), 3, 0.25
_CHUNK, _SAMPLE = 1 << 20, 1 << 17
_OTHERS = "answerable-windows-1252"


@dataclass(frozen=True, slots=True)
class Encoding:
    """Hold what to open a file with, and the name to tell people."""

    codec: str
    errors: str
    name: str


def encoding_of(path: Path) -> Encoding:
    """
    Return the encoding of a file: by its mark, else UTF-16, UTF-8, an older encoding, or UTF-8 and Windows-1252 mixed.

    In a mix, what is no UTF-8 is read as Windows-1252, so that neither part is garbled. Older encodings are guessed,
    and called so. Raises ReadingError where the bytes do not fit the mark they begin with, or any encoding known here.
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
        return _guessed(path)
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


def _guessed(path: Path) -> Encoding:
    """Return the older encoding a file is most likely in. Raises ReadingError where none makes text of it."""
    with path.open("rb") as file:
        sample = b"".join(_lines_beyond_ascii(file))
    found = older_encoding(sample)
    if found is None:
        message = f"{path.name} is in an encoding that its bytes do not tell. Save it again as UTF-8."
        raise ReadingError(message)
    codec, name = found
    return Encoding(codec, "replace", f"{name} (a guess)")


def _lines_beyond_ascii(file: BinaryIO) -> Iterator[bytes]:
    """Yield the first lines, or pieces of long ones, that hold anything beyond ASCII."""
    missing = _SAMPLE
    while missing > 0 and (line := file.readline(_SAMPLE)):
        if not line.isascii():
            missing -= len(line)
            yield line


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
