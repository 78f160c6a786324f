"""Run a BERT encoder forward in plain numpy (Devlin et al., 2019): no training, no graph, no other library."""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.special import erf

from answerable.engine.vectors.embedder import EmbedderError

Floats = npt.NDArray[np.float32]
_CUBIC = 0.044715
_LATER = frozenset({"camembert", "roberta", "xlm-roberta"})


@dataclass(frozen=True)
class Bert:
    """
    Hold the numbers of a BERT encoder and its shape.

    `weights` are named as the files name them, without a leading "bert.". Matrices of weights have the shape
    (outputs, inputs). `first_position` is the row of the first piece's position: 0 in BERT, the one after the
    padding's in RoBERTa (Liu et al., 2019).
    """

    weights: Mapping[str, Floats]
    layers: int
    heads: int
    epsilon: float
    activation: Callable[[Floats], Floats]
    kind: str
    first_position: int

    @property
    def positions(self) -> int:
        """Return how many pieces of a text there are positions for."""
        return len(self.weights["embeddings.position_embeddings.weight"]) - self.first_position

    def states(self, numbers: npt.NDArray[np.int64]) -> Floats:
        """
        Return the last hidden states of texts of equally many pieces, shape (texts, pieces, dimensions).

        `numbers`, of shape (texts, pieces), are the pieces. Texts of one call do not see each other.
        """
        names = "embeddings.word_embeddings.weight", "embeddings.position_embeddings.weight"
        places = slice(self.first_position, self.first_position + numbers.shape[1])
        summed = self.weights[names[0]][numbers] + self.weights[names[1]][places][None]
        summed = summed + self.weights["embeddings.token_type_embeddings.weight"][0]
        states = self._normed(summed, "embeddings.LayerNorm")
        for layer in range(self.layers):
            states = self._layer(states, f"encoder.layer.{layer}")
        return states

    def _layer(self, states: Floats, name: str) -> Floats:
        """Return the states after one layer: attention, then two dense steps, each added to what went in."""
        attended = self._linear(self._attention(states, f"{name}.attention.self"), f"{name}.attention.output.dense")
        states = self._normed(states + attended, f"{name}.attention.output.LayerNorm")
        inner = self.activation(self._linear(states, f"{name}.intermediate.dense"))
        return self._normed(states + self._linear(inner, f"{name}.output.dense"), f"{name}.output.LayerNorm")

    def _attention(self, states: Floats, name: str) -> Floats:
        """Return softmax(Q Kᵀ / √d) V for each head, the heads beside each other (Vaswani et al., 2017)."""
        texts, pieces, width = states.shape
        query, key, value = (
            self._linear(states, f"{name}.{part}").reshape(texts, pieces, self.heads, -1).transpose(0, 2, 1, 3)
            for part in ("query", "key", "value")
        )
        scores = query @ key.transpose(0, 1, 3, 2) / np.float32(math.sqrt(width // self.heads))
        scores -= scores.max(axis=-1, keepdims=True)
        np.exp(scores, out=scores)
        scores /= scores.sum(axis=-1, keepdims=True)
        return np.asarray((scores @ value).transpose(0, 2, 1, 3).reshape(texts, pieces, width), dtype=np.float32)

    def _linear(self, states: Floats, name: str) -> Floats:
        """Return states times a matrix of weights, plus its bias."""
        return np.asarray(states @ self.weights[f"{name}.weight"].T + self.weights[f"{name}.bias"], dtype=np.float32)

    def _normed(self, states: Floats, name: str) -> Floats:
        """Return states with mean 0 and variance 1 in each place, scaled and moved (Ba, Kiros and Hinton, 2016)."""
        middle = states - states.mean(axis=-1, keepdims=True)
        scale = np.sqrt((middle * middle).mean(axis=-1, keepdims=True) + np.float32(self.epsilon))
        return np.asarray(
            middle / scale * self.weights[f"{name}.weight"] + self.weights[f"{name}.bias"], dtype=np.float32
        )


def make_bert(config: Mapping[str, Any], *, weights: Mapping[str, Floats]) -> Bert:
    """
    Return the encoder that a config.json and its arrays describe.

    Raises EmbedderError for another architecture, an unknown activation, or arrays that are missing or misshapen.
    """
    kind = str(config.get("model_type", "unknown"))
    if kind not in {"bert", *_LATER}:
        raise EmbedderError(f"The model's architecture is {kind}; supported are bert, {', '.join(sorted(_LATER))}.")
    if config.get("position_embedding_type", "absolute") != "absolute":
        raise EmbedderError(f"Positions of the kind {config['position_embedding_type']} are not supported.")
    if config.get("hidden_act", "gelu") not in _ACTIVATIONS:
        raise EmbedderError(f"The activation {config['hidden_act']} is not supported.")
    plain = {name.removeprefix("bert.").removeprefix("roberta."): values for name, values in _modern(weights).items()}
    model = Bert(
        plain,
        layers=int(config["num_hidden_layers"]),
        heads=int(config["num_attention_heads"]),
        epsilon=float(config.get("layer_norm_eps", 1e-12)),
        activation=_ACTIVATIONS[config.get("hidden_act", "gelu")],
        kind=kind,
        first_position=int(config.get("pad_token_id", 1)) + 1 if kind in _LATER else 0,
    )
    _require_shapes(model, config)
    return model


def _modern(weights: Mapping[str, Floats]) -> dict[str, Floats]:
    """Return arrays under today's names: the oldest files call a norm's numbers gamma and beta."""
    return {
        name.replace("LayerNorm.gamma", "LayerNorm.weight").replace("LayerNorm.beta", "LayerNorm.bias"): values
        for name, values in weights.items()
    }


def _require_shapes(model: Bert, config: Mapping[str, Any]) -> None:
    """Raise EmbedderError unless every array the forward pass needs is there in the shape the settings say."""
    width, inner = int(config["hidden_size"]), int(config["intermediate_size"])
    if width % model.heads:
        raise EmbedderError(f"{width} dimensions cannot be divided among {model.heads} heads.")
    wanted = {
        "embeddings.word_embeddings.weight": (int(config["vocab_size"]), width),
        "embeddings.position_embeddings.weight": (int(config["max_position_embeddings"]), width),
        "embeddings.token_type_embeddings.weight": (int(config.get("type_vocab_size", 2)), width),
        **_norm("embeddings.LayerNorm", width),
    }
    for layer in range(model.layers):
        name = f"encoder.layer.{layer}"
        for part in ("query", "key", "value"):
            wanted |= _dense(f"{name}.attention.self.{part}", width, width)
        wanted |= _dense(f"{name}.attention.output.dense", width, width)
        wanted |= _norm(f"{name}.attention.output.LayerNorm", width)
        wanted |= _dense(f"{name}.intermediate.dense", width, inner) | _dense(f"{name}.output.dense", inner, width)
        wanted |= _norm(f"{name}.output.LayerNorm", width)
    for name, shape in wanted.items():
        found = model.weights.get(name)
        if found is None:
            raise EmbedderError(f"The model's file lacks the array {name}.")
        if found.shape != shape:
            raise EmbedderError(f"The array {name} has the shape {found.shape}, and config.json asks for {shape}.")


def _dense(name: str, inputs: int, outputs: int) -> dict[str, tuple[int, ...]]:
    """Return the shapes of a dense step."""
    return {f"{name}.weight": (outputs, inputs), f"{name}.bias": (outputs,)}


def _norm(name: str, width: int) -> dict[str, tuple[int, ...]]:
    """Return the shapes of a norm."""
    return {f"{name}.weight": (width,), f"{name}.bias": (width,)}


def _gelu(values: Floats) -> Floats:
    """Return x Φ(x) (Hendrycks and Gimpel, 2016)."""
    return np.asarray(values * 0.5 * (1.0 + erf(values / np.float32(math.sqrt(2.0)))), dtype=np.float32)


def _gelu_by_tanh(values: Floats) -> Floats:
    """Return the approximation of x Φ(x) by a hyperbolic tangent."""
    inner = np.float32(math.sqrt(2.0 / math.pi)) * (values + np.float32(_CUBIC) * values**3)
    return np.asarray(0.5 * values * (1.0 + np.tanh(inner)), dtype=np.float32)


def _relu(values: Floats) -> Floats:
    """Return what is above 0."""
    return np.asarray(np.maximum(values, 0), dtype=np.float32)


_ACTIVATIONS: Mapping[str, Callable[[Floats], Floats]] = {
    "gelu": _gelu,
    "gelu_new": _gelu_by_tanh,
    "gelu_pytorch_tanh": _gelu_by_tanh,
    "relu": _relu,
}
