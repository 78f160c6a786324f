"""Reading safetensors files."""

import json

import numpy as np
import pytest

from answerable.engine.vectors.embedder import EmbedderError
from answerable.engine.vectors.safetensors import read_safetensors
from tests.engine.vectors.tiny_bert import write_safetensors

ARRAYS = {"b": np.array([[1.5, -2.0, 0.25]], dtype=np.float32), "a": np.array(3.0, dtype=np.float32)}


@pytest.mark.parametrize("kind", ["F16", "F32", "F64"])
def test_read_gives_float32_in_the_shapes_written(tmp_path, kind):
    write_safetensors(tmp_path / "x", ARRAYS, kind=kind)

    found = read_safetensors(tmp_path / "x")

    assert {name: values.tolist() for name, values in found.items()} == {"a": 3.0, "b": [[1.5, -2.0, 0.25]]}
    assert {values.dtype for values in found.values()} == {np.dtype(np.float32)}


def test_read_understands_brain_floats(tmp_path):
    header = json.dumps({"x": {"dtype": "BF16", "shape": [2], "data_offsets": [0, 4]}}).encode()
    # 1.0 is 0x3F80 and -2.5 is 0xC020 in the upper half of a float32.
    (tmp_path / "x").write_bytes(len(header).to_bytes(8, "little") + header + bytes([0x80, 0x3F, 0x20, 0xC0]))

    assert read_safetensors(tmp_path / "x")["x"].tolist() == [1.0, -2.5]


def test_read_leaves_whole_numbers_out(tmp_path):
    write_safetensors(tmp_path / "x", {"ids": np.arange(3)}, kind="I64")

    assert read_safetensors(tmp_path / "x") == {}


def with_header(path, header, body=b""):
    path.write_bytes(len(header).to_bytes(8, "little") + header + body)


@pytest.mark.parametrize(
    ("header", "told"),
    [
        (b"{", "is not JSON"),
        (b"[]", "no list of arrays"),
        (b'{"x": {"dtype": "F32", "shape": [1], "data_offsets": [0, 8]}}', "cut off or broken"),
        (b'{"x": {"dtype": "F32", "shape": [-1], "data_offsets": [0, 4]}}', "does not say where"),
        (b'{"x": {"dtype": "F32", "shape": [1], "data_offsets": [4, 0]}}', "cut off or broken"),
        (b'{"x": {"dtype": "F32", "shape": [1]}}', "does not say where"),
    ],
)
def test_read_of_a_broken_file_says_what_is_wrong(tmp_path, header, told):
    with_header(tmp_path / "x", header, b"\0" * 4)

    with pytest.raises(EmbedderError, match=told):
        read_safetensors(tmp_path / "x")


@pytest.mark.parametrize("content", [b"", b"abc", (2**60).to_bytes(8, "little") + b"{}", b"\0" * 8])
def test_read_of_a_file_without_a_possible_header_says_so(tmp_path, content):
    (tmp_path / "x").write_bytes(content)

    with pytest.raises(EmbedderError, match="no possible length"):
        read_safetensors(tmp_path / "x")
