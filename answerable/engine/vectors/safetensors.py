"""Read a safetensors file: a length, a JSON header that says where each array lies, and the arrays."""

import json
import math
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from answerable.engine.vectors.embedder import EmbedderError

_LENGTH_BYTES = 8
_LONGEST_HEADER = 100_000_000
_TYPES: dict[str, np.dtype[Any]] = {
    "F64": np.dtype("<f8"),
    "F32": np.dtype("<f4"),
    "F16": np.dtype("<f2"),
    "BF16": np.dtype("<u2"),
}
_UPPER_HALF = 16

Arrays = dict[str, npt.NDArray[np.float32]]


def read_safetensors(path: Path) -> Arrays:
    """
    Return the arrays of floating-point numbers in a file by name, as float32 in the shapes the file says.

    Arrays of whole numbers are left out. The format: a little-endian 64-bit length, that many bytes of JSON, then the
    bytes of the arrays, offsets counted from the end of the header. Raises EmbedderError for a broken file.
    """
    content = np.memmap(path, dtype=np.uint8, mode="r") if path.stat().st_size else np.zeros(0, dtype=np.uint8)
    header, begin = _header(content, path)
    body = content[begin:]
    return {
        name: _array(body, name=name, entry=entry, path=path)
        for name, entry in sorted(header.items())
        if name != "__metadata__" and isinstance(entry, dict) and entry.get("dtype") in _TYPES
    }


def _header(content: npt.NDArray[np.uint8], path: Path) -> tuple[dict[str, object], int]:
    """Return the header of a file and where the arrays begin."""
    size = int.from_bytes(content[:_LENGTH_BYTES].tobytes(), "little") if len(content) >= _LENGTH_BYTES else -1
    end = _LENGTH_BYTES + size
    if not 0 < size <= min(_LONGEST_HEADER, len(content) - _LENGTH_BYTES):
        raise EmbedderError(f"{path} is not a safetensors file: its header has no possible length.")
    try:
        header = json.loads(content[_LENGTH_BYTES:end].tobytes())
    except ValueError as broken:
        raise EmbedderError(f"{path} is not a safetensors file: its header is not JSON.") from broken
    if not isinstance(header, dict):
        raise EmbedderError(f"{path} is not a safetensors file: its header is no list of arrays.")
    return header, end


def _array(body: npt.NDArray[np.uint8], *, name: str, entry: dict[str, object], path: Path) -> npt.NDArray[np.float32]:
    """Return one array. Raises EmbedderError when its place and its shape do not fit together."""
    shape, offsets = _counts(entry.get("shape")), _counts(entry.get("data_offsets"))
    if shape is None or offsets is None or len(offsets) != 2:  # noqa: PLR2004 - a beginning and an end
        raise EmbedderError(f"{path} does not say where the array {name} lies.")
    start, end = offsets
    kind = str(entry["dtype"])
    if not start <= end <= len(body) or end - start != math.prod(shape) * _TYPES[kind].itemsize:
        raise EmbedderError(f"{path} is cut off or broken: the array {name} does not lie where the header says.")
    values: npt.NDArray[Any] = np.frombuffer(body[start:end].tobytes(), dtype=_TYPES[kind]).reshape(shape)
    if kind == "BF16":
        values = (values.astype(np.uint32) << _UPPER_HALF).view(np.float32)
    return np.array(values, dtype=np.float32)


def _counts(value: object) -> list[int] | None:
    """Return something that is a list of whole numbers from 0 up; None for anything else."""
    return value if isinstance(value, list) and all(type(one) is int and one >= 0 for one in value) else None
