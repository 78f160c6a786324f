"""Vectors from a sentence-transformers folder that the user gives: read and run here, nothing is downloaded."""

import hashlib
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Self

import numpy as np

from answerable.engine.vectors.bert import Bert, Floats, make_bert
from answerable.engine.vectors.embedder import EmbedderError, Vectors, rounded_rows
from answerable.engine.vectors.pieces import Pieces, read_json, read_pieces
from answerable.engine.vectors.safetensors import read_safetensors

_PIECES_AT_A_TIME = 4_096
_LONGEST_TEXT = 20_000
_READ_AT_A_TIME = 1 << 20
_POOLINGS = {
    "pooling_mode_mean_tokens": "mean",
    "pooling_mode_cls_token": "cls",
    "pooling_mode_max_tokens": "max",
    "pooling_mode_mean_sqrt_len_tokens": "mean-sqrt",
}


@dataclass(frozen=True)
class _Model:
    """Hold a folder that has been read: how to cut texts, the encoder, and what follows it."""

    pieces: Pieces
    bert: Bert
    most_pieces: int
    pooling: str
    projections: tuple[tuple[Floats, Floats, str], ...]
    dimensions: int
    digest: str


class ModelDir:
    """
    Compare texts by a sentence model (Reimers and Gurevych, 2019) in a folder as sentence-transformers writes it.

    The folder holds config.json (bert, xlm-roberta or one of its kin), model.safetensors, tokenizer.json (WordPiece or
    Unigram) or vocab.txt, and may hold
    modules.json with pooling (mean, first piece, maximum), dense and normalising steps; vectors always get length 1.
    `version` is the SHA-256 of all files read. Raises EmbedderError for anything missing or not supported.
    """

    def __init__(self, folder: str | Path, *, is_multilingual: bool = False) -> None:
        """Read the folder, once for all embedders of the same unchanged folder."""
        self._model = _read(*_state(Path(folder)))
        self.is_multilingual = is_multilingual

    @property
    def id(self) -> str:
        """Return the name of the method with its pooling and dimensions; the folder's place does not matter."""
        return f"model-dir/{self._model.bert.kind}/{self._model.pooling}/{self._model.dimensions}"

    @property
    def version(self) -> str:
        """Return the digest of the model's files."""
        return f"1-sha256:{self._model.digest}"

    def fit(self, texts: Sequence[str], *, background: Sequence[str] = ()) -> Self:  # noqa: ARG002
        """Learn nothing: the model knows what it knows."""
        return self

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Return vectors of shape (len(texts), dimensions), each of length 1, or 0 for a text without letters."""
        distinct = sorted({text[:_LONGEST_TEXT] for text in texts})
        rows = {text: row for row, text in enumerate(distinct)}
        found = np.zeros((len(distinct), self._model.dimensions), dtype=np.float32)
        by_length: dict[int, list[tuple[int, list[int]]]] = defaultdict(list)
        for row, text in enumerate(distinct):
            if any(character.isalnum() for character in text):
                numbers = self._model.pieces.numbers(text, most=self._model.most_pieces)
                by_length[len(numbers)].append((row, numbers))
        for length, group in sorted(by_length.items()):
            step = max(1, _PIECES_AT_A_TIME // length)
            for first in range(0, len(group), step):
                part = group[first : first + step]
                found[[row for row, _ in part]] = self._vectors(np.array([numbers for _, numbers in part]))
        return rounded_rows(found)[[rows[text[:_LONGEST_TEXT]] for text in texts]]

    def _vectors(self, numbers: np.ndarray[Any, np.dtype[np.int64]]) -> Floats:
        """Return the vectors of texts of equally many pieces."""
        vectors = _pooled(self._model.bert.states(numbers), self._model.pooling)
        for weight, bias, activation in self._model.projections:
            vectors = vectors @ weight.T + bias
            vectors = np.tanh(vectors) if activation == "tanh" else vectors
        return np.asarray(vectors, dtype=np.float32)


def _pooled(states: Floats, pooling: str) -> Floats:
    """Return one vector a text from the states of its pieces."""
    if pooling == "cls":
        return states[:, 0]
    if pooling == "max":
        return np.asarray(states.max(axis=1), dtype=np.float32)
    divisor = states.shape[1] if pooling == "mean" else states.shape[1] ** 0.5
    return np.asarray(states.sum(axis=1) / np.float32(divisor), dtype=np.float32)


def _state(folder: Path) -> tuple[Path, tuple[tuple[str, int, int], ...]]:
    """Return a folder with the names, sizes and times of its files, so that a changed one is read again."""
    if not folder.is_dir():
        raise EmbedderError(f"{folder} is not a folder with a model.")
    files = sorted(one for one in folder.rglob("*") if one.is_file())
    return folder, tuple((str(one), one.stat().st_size, one.stat().st_mtime_ns) for one in files)


@lru_cache(maxsize=2)
def _read(folder: Path, _files: tuple[tuple[str, int, int], ...]) -> _Model:
    """Return the model of a folder."""
    modules = _modules(folder)
    encoder = folder / modules[0]
    config = read_json(encoder / "config.json")
    weights = encoder / "model.safetensors"
    if not weights.is_file():
        raise EmbedderError(f"{encoder} has no model.safetensors. A pytorch_model.bin must be converted to it first.")
    bert = make_bert(config, weights=read_safetensors(weights))
    pieces = read_pieces(encoder)
    if max(pieces.vocabulary.values()) >= int(config["vocab_size"]):
        raise EmbedderError(f"The vocabulary in {encoder} has more pieces than the model knows.")
    pooling, projections = _after(folder, modules[1:])
    sizes = [bias.shape[0] for _, bias, _ in projections] or [int(config["hidden_size"])]
    return _Model(pieces, bert, _most_pieces(encoder, bert), pooling, projections, sizes[-1], _digest(folder, modules))


def _modules(folder: Path) -> list[str]:
    """Return the folders of the model's steps in order, the encoder's first; the folder itself without a list."""
    described = folder / "modules.json"
    if not described.is_file():
        return ["", "1_Pooling"] if (folder / "1_Pooling").is_dir() else [""]
    import json

    try:
        listed = json.loads(described.read_text(encoding="utf-8"))
        steps = [(str(one["path"]), str(one["type"]).rsplit(".", 1)[-1]) for one in listed]
    except (ValueError, KeyError, TypeError) as broken:
        raise EmbedderError(f"{described} does not list the steps of a model.") from broken
    unknown = [kind for _, kind in steps if kind not in {"Transformer", "Pooling", "Dense", "Normalize"}]
    if unknown or not steps or steps[0][1] != "Transformer":
        raise EmbedderError(f"{described} asks for the steps {', '.join(kind for _, kind in steps)}: not supported.")
    outside = [path for path, _ in steps if not (folder / path).resolve().is_relative_to(folder.resolve())]
    if outside:
        raise EmbedderError(f"{described} points outside the folder: {outside[0]}.")
    return [path for path, kind in steps if kind != "Normalize"]


def _after(folder: Path, modules: Sequence[str]) -> tuple[str, tuple[tuple[Floats, Floats, str], ...]]:
    """Return how the encoder's states become one vector: the pooling and the dense steps."""
    pooling = "mean"
    projections = []
    for module in modules:
        config = read_json(folder / module / "config.json")
        if "in_features" in config:
            projections.append(_projection(folder / module, config))
            continue
        asked = [name for name, value in sorted(config.items()) if name.startswith("pooling_mode_") and value is True]
        if len(asked) != 1 or asked[0] not in _POOLINGS:
            raise EmbedderError(f"{folder / module} asks for the pooling {', '.join(asked) or 'none'}: not supported.")
        pooling = _POOLINGS[asked[0]]
    return pooling, tuple(projections)


def _projection(folder: Path, config: dict[str, Any]) -> tuple[Floats, Floats, str]:
    """Return the matrix, bias and activation of a dense step."""
    activation = str(config.get("activation_function", "torch.nn.modules.activation.Tanh")).rsplit(".", 1)[-1].lower()
    if activation not in {"tanh", "identity"}:
        raise EmbedderError(f"{folder} asks for the activation {activation}: not supported.")
    if not (folder / "model.safetensors").is_file():
        raise EmbedderError(f"{folder} has no model.safetensors.")
    arrays = read_safetensors(folder / "model.safetensors")
    outputs, inputs = int(config["out_features"]), int(config["in_features"])
    weight = arrays.get("linear.weight")
    bias = arrays.get("linear.bias", np.zeros(outputs, dtype=np.float32))
    if weight is None or weight.shape != (outputs, inputs) or bias.shape != (outputs,):
        raise EmbedderError(f"{folder} holds no matrix of the shape its config.json says.")
    return weight, bias, activation


def _most_pieces(folder: Path, bert: Bert) -> int:
    """Return how many pieces of a text the model reads: what its settings say, never beyond its positions."""
    described = folder / "sentence_bert_config.json"
    asked = read_json(described).get("max_seq_length") if described.is_file() else None
    return max(3, min(int(asked or bert.positions), bert.positions))


def _digest(folder: Path, modules: Sequence[str]) -> str:
    """Return the SHA-256 of the names and contents of the files that decide a vector."""
    names = ("config.json", "model.safetensors", "tokenizer.json", "vocab.txt", "tokenizer_config.json",
             "sentence_bert_config.json")  # fmt: skip
    wanted = {folder / "modules.json", *(folder / module / name for module in modules for name in names)}
    digest = hashlib.sha256()
    for path in sorted(one for one in wanted if one.is_file()):
        digest.update(f"{path.relative_to(folder)}\0{path.stat().st_size}\0".encode())
        with path.open("rb") as opened:
            while part := opened.read(_READ_AT_A_TIME):
                digest.update(part)
    return digest.hexdigest()
