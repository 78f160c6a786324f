"""A sentence model from a folder: held against a second, slow reading of the papers, and against transformers."""

import json

import numpy as np
import pytest

from answerable.engine.pipeline import synthesize
from answerable.engine.records import Settings
from answerable.engine.vectors.embedder import EmbedderError
from answerable.engine.vectors.model_dir import ModelDir
from answerable.engine.vectors.pieces import read_pieces
from tests.engine.samples import consultation
from tests.engine.vectors import tiny_bert

TEXTS = ["Clean drinking water.", "the wells", "Every village needs a bus!", "水井, café", "unknowable zzz", "wells"]


@pytest.fixture
def folder(tmp_path):
    return tiny_bert.write_model(tmp_path / "model")


def rows(embedder, texts):
    return np.asarray(embedder.encode(texts).todense())


def test_encode_gives_what_the_slow_reference_gives(folder):
    pieces = read_pieces(folder)
    wanted = [tiny_bert.slow_vector(pieces.numbers(text, most=10), tiny_bert.weights()) for text in TEXTS]

    assert rows(ModelDir(folder), TEXTS) == pytest.approx(np.array(wanted), abs=3e-5)


def test_encode_counts_positions_after_the_padding_in_later_models(tmp_path):
    config = {**tiny_bert.CONFIG, "model_type": "xlm-roberta", "pad_token_id": 1}
    folder = tiny_bert.write_model(tmp_path / "m", config=config)
    numbers = read_pieces(folder).numbers(TEXTS[0], most=10)

    found = ModelDir(folder)

    wanted = tiny_bert.slow_vector(numbers, tiny_bert.weights(), first_position=2)
    assert rows(found, TEXTS[:1])[0] == pytest.approx(np.array(wanted), abs=3e-5)
    assert found.id == "model-dir/xlm-roberta/mean/16"


@pytest.mark.where_installed
def test_encode_gives_what_transformers_gives(folder):
    torch = pytest.importorskip("torch", reason="torch is not installed")
    transformers = pytest.importorskip("transformers", reason="transformers is not installed")
    model = transformers.BertModel.from_pretrained(folder, add_pooling_layer=False).eval()
    tokenizer = transformers.BertTokenizer.from_pretrained(folder)
    wanted = []
    for text in TEXTS:
        encoded = tokenizer(text, truncation=True, max_length=10, return_tensors="pt")
        with torch.no_grad():
            mean = model(**encoded).last_hidden_state[0].mean(dim=0).numpy()
        wanted.append(mean / np.linalg.norm(mean))

    assert rows(ModelDir(folder), TEXTS) == pytest.approx(np.array(wanted), abs=3e-5)


@pytest.mark.parametrize(
    ("pooling", "pick"),
    [
        ("pooling_mode_cls_token", lambda states: states[0]),
        ("pooling_mode_max_tokens", lambda states: states.max(axis=0)),
    ],
)
def test_encode_pools_as_the_folder_says(tmp_path, pooling, pick):
    embedder = ModelDir(tiny_bert.write_model(tmp_path / "m", pooling=pooling))
    numbers = np.array([embedder._model.pieces.numbers(TEXTS[0], most=10)])
    wanted = pick(embedder._model.bert.states(numbers)[0])

    assert rows(embedder, TEXTS[:1])[0] == pytest.approx(wanted / np.linalg.norm(wanted), abs=3e-5)


def test_encode_applies_the_dense_step_of_a_folder(folder):
    plain = rows(ModelDir(folder), TEXTS[:2])
    matrix = np.random.default_rng(3).normal(size=(5, tiny_bert.WIDTH)).astype(np.float32)
    (folder / "2_Dense").mkdir()
    tiny_bert.write_safetensors(folder / "2_Dense" / "model.safetensors", {"linear.weight": matrix})
    (folder / "2_Dense" / "config.json").write_text(
        json.dumps({"in_features": 16, "out_features": 5, "activation_function": "torch.nn.modules.linear.Identity"})
    )
    step = {"idx": 2, "name": "2", "path": "2_Dense", "type": "sentence_transformers.models.Dense"}
    (folder / "modules.json").write_text(json.dumps([*tiny_bert.MODULES[:2], step]))
    wanted = plain @ matrix.T

    found = rows(ModelDir(folder), TEXTS[:2])

    assert found == pytest.approx(wanted / np.linalg.norm(wanted, axis=1, keepdims=True), abs=1e-4)


def test_encode_gives_the_same_bytes_in_any_company_and_order(folder):
    embedder = ModelDir(folder)
    alone = [embedder.encode([text]) for text in TEXTS]
    together = embedder.encode([*TEXTS[::-1], *TEXTS])

    assert all((together[len(TEXTS) + row] != one).nnz == 0 for row, one in enumerate(alone))
    assert all((together[len(TEXTS) - 1 - row] != one).nnz == 0 for row, one in enumerate(alone))


def test_encode_gives_nothing_for_a_text_without_letters(folder):
    found = rows(ModelDir(folder), ["!!!", "", "wells"])

    assert np.linalg.norm(found, axis=1) == pytest.approx([0, 0, 1], abs=1e-4)


def test_version_is_the_same_for_a_copy_and_another_for_other_numbers(folder, tmp_path):
    copy = tiny_bert.write_model(tmp_path / "elsewhere")
    other = tiny_bert.write_model(tmp_path / "other", arrays=tiny_bert.weights(seed=8))

    assert ModelDir(folder).version == ModelDir(copy).version != ModelDir(other).version
    assert ModelDir(folder).id == ModelDir(copy).id == "model-dir/bert/mean/16"


def test_a_changed_folder_is_read_again(folder):
    before = ModelDir(folder).version
    tiny_bert.write_safetensors(folder / "model.safetensors", tiny_bert.weights(seed=9))

    assert ModelDir(folder).version != before


def test_synthesize_with_a_model_folder_places_everything_and_names_the_model(folder):
    contributions = consultation()
    result = synthesize(contributions, settings=Settings(embedder=f"model-dir:{folder}"))

    assert len(result.placements) == len(contributions)
    assert result.manifest.embedder == f"model-dir/bert/mean/16 v{ModelDir(folder).version}"


def test_synthesize_with_a_mix_does_not_depend_on_the_order_of_rows(folder):
    chosen = Settings(embedder=f"mix:0.4*hash-prefix+0.6*model-dir:{folder};multilingual")
    contributions = consultation()

    assert synthesize(contributions, settings=chosen) == synthesize(contributions[::-1], settings=chosen)


def without(*names):
    return {name: values for name, values in tiny_bert.weights().items() if name not in names}


@pytest.mark.parametrize(
    ("spoil", "told"),
    [
        (lambda f: (f / "model.safetensors").unlink(), "has no model.safetensors"),
        (lambda f: (f / "config.json").unlink(), "config.json is missing"),
        (lambda f: (f / "config.json").write_text("no"), "cannot be read as JSON"),
        (lambda f: (f / "vocab.txt").unlink(), "neither tokenizer.json nor vocab.txt"),
        (lambda f: (f / "vocab.txt").write_text("a\nb\n"), "vocabulary lacks"),
        (lambda f: (f / "vocab.txt").write_text("\n".join([*tiny_bert.PIECES, "more"])), "more pieces than"),
        (lambda f: (f / "model.safetensors").write_bytes(b"x"), "is not a safetensors file"),
        (
            lambda f: (f / "model.safetensors").write_bytes((f / "model.safetensors").read_bytes()[:-8]),
            "is cut off or broken",
        ),
        (
            lambda f: tiny_bert.write_safetensors(
                f / "model.safetensors", without("encoder.layer.1.output.dense.weight")
            ),
            "lacks the array encoder.layer.1.output.dense.weight",
        ),
        (
            lambda f: tiny_bert.write_safetensors(
                f / "model.safetensors", {**tiny_bert.weights(), "embeddings.LayerNorm.bias": np.zeros(3)}
            ),
            "has the shape",
        ),
        (lambda f: (f / "config.json").write_text(json.dumps({"model_type": "t5"})), "is t5"),
        (
            lambda f: (f / "config.json").write_text(json.dumps({**tiny_bert.CONFIG, "hidden_act": "swish"})),
            "activation swish",
        ),
        (
            lambda f: (f / "config.json").write_text(
                json.dumps({**tiny_bert.CONFIG, "position_embedding_type": "relative_key"})
            ),
            "relative_key",
        ),
        (
            lambda f: (f / "1_Pooling" / "config.json").write_text(json.dumps({"pooling_mode_lasttoken": True})),
            "asks for the pooling",
        ),
        (lambda f: (f / "modules.json").write_text('[{"path": "", "type": "x.CLIPModel"}]'), "not supported"),
        (
            lambda f: (f / "modules.json").write_text(
                json.dumps([*tiny_bert.MODULES[:1], {**tiny_bert.MODULES[1], "path": "../.."}])
            ),
            "points outside the folder",
        ),
        (
            lambda f: (f / "tokenizer.json").write_text(json.dumps({"model": {"type": "BPE", "vocab": {}}})),
            "BPE tokenizer",
        ),
    ],
)
def test_a_folder_that_cannot_be_used_says_why(folder, spoil, told):
    spoil(folder)

    with pytest.raises(EmbedderError, match=told):
        ModelDir(folder)


def test_a_missing_folder_says_so(tmp_path):
    with pytest.raises(EmbedderError, match="is not a folder"):
        ModelDir(tmp_path / "nowhere")
