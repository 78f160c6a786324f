"""Word pieces: expected pieces are worked out by hand from the published rules."""

import json

import pytest

from answerable.engine.vectors.pieces import read_pieces
from answerable.engine.vectors.wordpiece import WordPieces
from tests.engine.vectors.tiny_bert import PIECES

VOCABULARY = {piece: number for number, piece in enumerate(PIECES)}


def pieces_of(text, *, most=50, **settings):
    names = {number: piece for piece, number in VOCABULARY.items()}
    return [names[number] for number in WordPieces(VOCABULARY, **settings).numbers(text, most=most)][1:-1]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Waters", ["water", "##s"]),
        ("drinking water.", ["drink", "##ing", "water", "."]),
        ("wexll", ["w", "##e", "##x", "##ll"]),
        ("Café", ["caf", "##e"]),
        ("the\twells\x00\u200b\ufffd", ["the", "well", "##s"]),
        ("水井", ["水", "井"]),
        ("bus,buses!", ["bus", ",", "bus", "##es", "!"]),
        ("zebra", ["[UNK]"]),
        ("waterz", ["[UNK]"]),
        ("w" * 101, ["[UNK]"]),
        ("", []),
    ],
)
def test_numbers_follow_the_longest_known_pieces(text, wanted):
    assert pieces_of(text) == wanted


def test_numbers_keep_capitals_and_accents_when_told():
    assert pieces_of("Water water café", lower_case=False, strip_accents=False) == ["[UNK]", "water", "[UNK]"]


def test_numbers_are_cut_at_the_most_and_keep_their_marks():
    found = WordPieces(VOCABULARY).numbers("drinking water every village", most=5)

    assert found == [VOCABULARY[piece] for piece in ("[CLS]", "drink", "##ing", "water", "[SEP]")]


def test_both_kinds_of_file_give_the_same_tokenizer(tmp_path):
    plain, full = tmp_path / "plain", tmp_path / "full"
    plain.mkdir()
    full.mkdir()
    (plain / "vocab.txt").write_text("\n".join(PIECES), encoding="utf-8")
    described = {
        "normalizer": {
            "type": "BertNormalizer",
            "clean_text": True,
            "handle_chinese_chars": True,
            "strip_accents": None,
            "lowercase": True,
        },
        "model": {"type": "WordPiece", "unk_token": "[UNK]", "continuing_subword_prefix": "##", "vocab": VOCABULARY},
    }
    (full / "tokenizer.json").write_text(json.dumps(described), encoding="utf-8")

    one, other = read_pieces(plain), read_pieces(full)

    text = "Clean Café drinking 水井 wells, zebra!"
    assert one.numbers(text, most=50) == other.numbers(text, most=50)
