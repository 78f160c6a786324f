"""Read how a model cuts texts into pieces, from the files of its folder."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Protocol

from answerable.engine.vectors.embedder import EmbedderError
from answerable.engine.vectors.unigram import unigram_pieces
from answerable.engine.vectors.wordpiece import WordPieces


class Pieces(Protocol):
    """Stand for any way of cutting texts into numbered pieces."""

    @property
    def vocabulary(self) -> Mapping[str, int]:
        """Return the number of each piece."""
        ...

    def numbers(self, text: str, *, most: int) -> list[int]:
        """Return the numbers of a text's pieces with the marks of beginning and end, at most so many."""
        ...


def read_pieces(folder: Path) -> Pieces:
    """
    Return the tokenizer of a model folder, from tokenizer.json or vocab.txt with tokenizer_config.json.

    Raises EmbedderError when neither is there or the tokenizer is of a kind that is not supported.
    """
    full = folder / "tokenizer.json"
    if full.is_file():
        return _from_full(read_json(full), full)
    plain = folder / "vocab.txt"
    if not plain.is_file():
        raise EmbedderError(f"{folder} has neither tokenizer.json nor vocab.txt.")
    settings_file = folder / "tokenizer_config.json"
    settings = read_json(settings_file) if settings_file.is_file() else {}
    lines = plain.read_text(encoding="utf-8").split("\n")
    vocabulary = {line.rstrip("\r"): number for number, line in enumerate(lines) if line.strip()}
    lower = bool(settings.get("do_lower_case", True))
    accents = settings.get("strip_accents")
    return WordPieces(
        vocabulary,
        lower_case=lower,
        strip_accents=lower if accents is None else bool(accents),
        split_han=bool(settings.get("tokenize_chinese_chars", True)),
        **{
            ours: settings[theirs]
            for ours, theirs in (("unknown", "unk_token"), ("first", "cls_token"), ("last", "sep_token"))
            if isinstance(settings.get(theirs), str)
        },
    )


def read_json(path: Path) -> dict[str, Any]:
    """Return a file's JSON object. Raises EmbedderError when the file is missing or holds something else."""
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as missing:
        raise EmbedderError(f"{path} is missing.") from missing
    except (OSError, ValueError) as broken:
        raise EmbedderError(f"{path} cannot be read as JSON.") from broken
    if not isinstance(found, dict):
        raise EmbedderError(f"{path} holds no JSON object.")
    return found


def _from_full(described: Mapping[str, Any], path: Path) -> Pieces:
    """Return the tokenizer that a tokenizer.json describes."""
    model = described.get("model") or {}
    kind = model.get("type", "WordPiece" if "continuing_subword_prefix" in model else "unknown")
    if kind == "Unigram":
        return unigram_pieces(described, path=path)
    if kind != "WordPiece":
        raise EmbedderError(f"{path} describes a {kind} tokenizer; WordPiece and Unigram are supported.")
    normalizer = described.get("normalizer") or {}
    if normalizer.get("type", "BertNormalizer") != "BertNormalizer":
        raise EmbedderError(
            f"{path} asks for the normalizer {normalizer.get('type')}; only BertNormalizer is supported."
        )
    lower = bool(normalizer.get("lowercase", False))
    accents = normalizer.get("strip_accents")
    return WordPieces(
        model["vocab"],
        lower_case=lower,
        strip_accents=lower if accents is None else bool(accents),
        split_han=bool(normalizer.get("handle_chinese_chars", False)),
        unknown=model.get("unk_token", "[UNK]"),
        inside=model.get("continuing_subword_prefix", "##"),
        longest_word=int(model.get("max_input_chars_per_word", 100)),
    )
