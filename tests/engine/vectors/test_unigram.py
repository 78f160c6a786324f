"""Unigram pieces: the likeliest division, worked out by hand."""

import json

import pytest

from answerable.engine.vectors.embedder import EmbedderError
from answerable.engine.vectors.pieces import read_pieces

VOCABULARY = [
    ["<s>", 0.0], ["<pad>", 0.0], ["</s>", 0.0], ["<unk>", 0.0],
    ["▁wa", -2.0], ["ter", -2.0], ["▁water", -5.0], ["▁", -3.0], ["s", -1.0], ["▁well", -2.5], ["we", -1.0], ["ll", -1.0],
]  # fmt: skip


def tokenizer(tmp_path, **changes):
    described = {"model": {"type": "Unigram", "unk_id": 3, "vocab": VOCABULARY, **changes}}
    (tmp_path / "tokenizer.json").write_text(json.dumps(described), encoding="utf-8")
    return read_pieces(tmp_path)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        # -2 - 2 is more than -5.
        ("water", ["▁wa", "ter"]),
        # -2.5 is more than -3 - 1 - 1.
        ("well", ["▁well"]),
        ("  wells\twater ", ["▁well", "s", "▁wa", "ter"]),
        ("wезд", ["▁", "<unk>"]),
        ("zzs", ["▁", "<unk>", "s"]),
        ("ｗａｔｅｒ", ["▁wa", "ter"]),
        ("", []),
    ],
)
def test_numbers_are_those_of_the_likeliest_pieces(tmp_path, text, wanted):
    names = [piece for piece, _ in VOCABULARY]

    assert [names[number] for number in tokenizer(tmp_path).numbers(text, most=50)] == ["<s>", *wanted, "</s>"]


def test_numbers_are_cut_at_the_most_and_keep_their_marks(tmp_path):
    assert tokenizer(tmp_path).numbers("water water", most=4) == [0, 4, 5, 2]


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"vocab": [["a"]]}, "does not describe its pieces"),
        ({"unk_id": None}, "does not describe its pieces"),
        ({"vocab": VOCABULARY[3:]}, "lacks the pieces"),
        ({"unk_id": 99}, "lacks the pieces"),
        ({"byte_fallback": True}, "not supported"),
    ],
)
def test_a_tokenizer_that_cannot_be_used_says_why(tmp_path, changes, told):
    with pytest.raises(EmbedderError, match=told):
        tokenizer(tmp_path, **changes)
