"""A BERT of a few numbers, drawn from a fixed seed and written as sentence-transformers writes its folders."""

import json
import math
from pathlib import Path

import numpy as np

PIECES = (
    "[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "water", "##s", "well", "bus", "##es", "drink", "##ing", "clean",
    "the", "a", "village", "need", "every", "school", ".", ",", "!", "水", "井", "caf", "##e", "##x", "w", "##q", "##ll",
)  # fmt: skip
WIDTH, LAYERS, HEADS, INNER, POSITIONS = 16, 2, 4, 24, 12
CONFIG = {
    "architectures": ["BertModel"],
    "model_type": "bert",
    "vocab_size": len(PIECES),
    "hidden_size": WIDTH,
    "num_hidden_layers": LAYERS,
    "num_attention_heads": HEADS,
    "intermediate_size": INNER,
    "max_position_embeddings": POSITIONS,
    "type_vocab_size": 2,
    "layer_norm_eps": 1e-12,
    "hidden_act": "gelu",
}
MODULES = [
    {"idx": 0, "name": "0", "path": "", "type": "sentence_transformers.models.Transformer"},
    {"idx": 1, "name": "1", "path": "1_Pooling", "type": "sentence_transformers.models.Pooling"},
    {"idx": 2, "name": "2", "path": "2_Normalize", "type": "sentence_transformers.models.Normalize"},
]


def weights(seed=7):
    """Return random arrays under the names that BERT files use."""
    draw = np.random.default_rng(seed)
    found = {
        "embeddings.word_embeddings.weight": draw.normal(size=(len(PIECES), WIDTH)),
        "embeddings.position_embeddings.weight": draw.normal(size=(POSITIONS, WIDTH)) * 0.3,
        "embeddings.token_type_embeddings.weight": draw.normal(size=(2, WIDTH)) * 0.3,
        "embeddings.LayerNorm.weight": 1 + draw.normal(size=WIDTH) * 0.1,
        "embeddings.LayerNorm.bias": draw.normal(size=WIDTH) * 0.1,
    }
    for layer in range(LAYERS):
        name = f"encoder.layer.{layer}"
        dense = {
            "attention.self.query": (WIDTH, WIDTH),
            "attention.self.key": (WIDTH, WIDTH),
            "attention.self.value": (WIDTH, WIDTH),
            "attention.output.dense": (WIDTH, WIDTH),
            "intermediate.dense": (INNER, WIDTH),
            "output.dense": (WIDTH, INNER),
        }
        for part, shape in dense.items():
            found[f"{name}.{part}.weight"] = draw.normal(size=shape) * 0.4
            found[f"{name}.{part}.bias"] = draw.normal(size=shape[0]) * 0.1
        for part in ("attention.output.LayerNorm", "output.LayerNorm"):
            found[f"{name}.{part}.weight"] = 1 + draw.normal(size=WIDTH) * 0.1
            found[f"{name}.{part}.bias"] = draw.normal(size=WIDTH) * 0.1
    return {name: np.asarray(values, dtype=np.float32) for name, values in found.items()}


def write_safetensors(path: Path, arrays, *, kind="F32"):
    """Write arrays as a safetensors file."""
    header, body = {"__metadata__": {"format": "pt"}}, b""
    for name, values in arrays.items():
        content = values.astype({"F32": "<f4", "F16": "<f2", "F64": "<f8", "I64": "<i8"}[kind]).tobytes()
        header[name] = {
            "dtype": kind,
            "shape": list(values.shape),
            "data_offsets": [len(body), len(body) + len(content)],
        }
        body += content
    written = json.dumps(header).encode()
    path.write_bytes(len(written).to_bytes(8, "little") + written + body)


def write_model(folder: Path, *, pooling="pooling_mode_mean_tokens", config=CONFIG, arrays=None):
    """Write a whole folder and return it."""
    (folder / "1_Pooling").mkdir(parents=True)
    (folder / "config.json").write_text(json.dumps(config))
    (folder / "modules.json").write_text(json.dumps(MODULES))
    (folder / "vocab.txt").write_text("\n".join(PIECES) + "\n", encoding="utf-8")
    (folder / "tokenizer_config.json").write_text(json.dumps({"do_lower_case": True}))
    (folder / "sentence_bert_config.json").write_text(json.dumps({"max_seq_length": 10}))
    modes = ("pooling_mode_mean_tokens", "pooling_mode_cls_token", "pooling_mode_max_tokens")
    (folder / "1_Pooling" / "config.json").write_text(
        json.dumps({"word_embedding_dimension": WIDTH, **{mode: mode == pooling for mode in modes}})
    )
    write_safetensors(folder / "model.safetensors", weights() if arrays is None else arrays)
    return folder


def slow_vector(numbers, arrays, *, first_position=0):
    """Return the mean-pooled vector of one text, worked out number by number as the papers write it."""
    table = {name: values.astype(float).tolist() for name, values in arrays.items()}
    states = [
        _norm(
            [
                table["embeddings.word_embeddings.weight"][number][d]
                + table["embeddings.position_embeddings.weight"][first_position + place][d]
                + table["embeddings.token_type_embeddings.weight"][0][d]
                for d in range(WIDTH)
            ],
            table,
            "embeddings.LayerNorm",
        )
        for place, number in enumerate(numbers)
    ]
    for layer in range(LAYERS):
        states = _slow_layer(states, table, f"encoder.layer.{layer}")
    mean = [sum(state[d] for state in states) / len(states) for d in range(WIDTH)]
    length = math.sqrt(sum(value * value for value in mean))
    return [value / length for value in mean]


def _slow_layer(states, table, name):
    queries, keys, values = (
        [_dense(state, table, f"{name}.attention.self.{part}") for state in states]
        for part in ("query", "key", "value")
    )
    size = WIDTH // HEADS
    attended = []
    for query in queries:
        joined = []
        for head in range(HEADS):
            own = range(head * size, (head + 1) * size)
            raw = [math.exp(sum(query[d] * key[d] for d in own) / math.sqrt(size)) for key in keys]
            joined += [sum(r / sum(raw) * value[d] for r, value in zip(raw, values, strict=True)) for d in own]
        attended.append(joined)
    after = []
    for state, context in zip(states, attended, strict=True):
        out = _dense(context, table, f"{name}.attention.output.dense")
        middle = _norm([a + b for a, b in zip(state, out, strict=True)], table, f"{name}.attention.output.LayerNorm")
        inner = [
            0.5 * x * (1 + math.erf(x / math.sqrt(2))) for x in _dense(middle, table, f"{name}.intermediate.dense")
        ]
        out = _dense(inner, table, f"{name}.output.dense")
        after.append(_norm([a + b for a, b in zip(middle, out, strict=True)], table, f"{name}.output.LayerNorm"))
    return after


def _dense(state, table, name):
    return [
        sum(w * x for w, x in zip(row, state, strict=True)) + bias
        for row, bias in zip(table[f"{name}.weight"], table[f"{name}.bias"], strict=True)
    ]


def _norm(state, table, name):
    mean = sum(state) / len(state)
    spread = math.sqrt(sum((x - mean) ** 2 for x in state) / len(state) + 1e-12)
    return [
        (x - mean) / spread * w + b
        for x, w, b in zip(state, table[f"{name}.weight"], table[f"{name}.bias"], strict=True)
    ]
