"""Choosing an embedder by its name."""

import pytest

from answerable.engine.vectors.choosing import embedder_named, multilingual_embedder
from answerable.engine.vectors.embedder import EmbedderError
from answerable.engine.vectors.hash_prefix import HashPrefix
from answerable.engine.vectors.http_service import HttpService, Service
from answerable.engine.vectors.lsa import Lsa
from tests.engine.vectors import tiny_bert


def test_plain_names_give_the_plain_embedders():
    assert [type(embedder_named(name)) for name in ("hash-prefix", "lsa")] == [HashPrefix, Lsa]


def test_a_folder_may_have_marks_of_a_mix_in_its_name(tmp_path):
    folder = tiny_bert.write_model(tmp_path / "a+b*c 1+x")

    assert embedder_named(f"mix:.5*hash-prefix+0.5*model-dir:{folder}").id == (
        f"mix/0.5*{HashPrefix.id}+0.5*model-dir/bert/mean/16"
    )


def test_options_of_a_service_are_read():
    found = embedder_named("http:https://x.example/v1#m;key=K;dimensions=5;batch=9;timeout=1.5;tries=2;multilingual")

    assert isinstance(found, HttpService)
    assert found._service == Service(
        "https://x.example/v1",
        "m",
        key_variable="K",
        dimensions=5,
        batch=9,
        timeout=1.5,
        tries=2,
        is_multilingual=True,
    )


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("", "no embedder"),
        ("word2vec", "no embedder"),
        ("lsa:3", "no embedder"),
        ("model-dir:", "no embedder"),
        ("model-dir:/nowhere/at/all", "is not a folder"),
        ("model-dir:/nowhere;fast", "no option 'fast'"),
        ("http:https://x.example/v1", "model is missing"),
        ("http:https://x.example/v1#m;colour=red", "no option 'colour'"),
        ("http:https://x.example/v1#m;batch=0", "no number above 0"),
        ("http:https://x.example/v1#m;batch=many", "no number above 0"),
        ("mix:hash-prefix", "no part of a mix"),
        ("mix:1*hash-prefix", "at least two"),
        ("mix:1*hash-prefix+1*mix:1*lsa", "no part of a mix"),
    ],
)
def test_a_name_that_is_none_is_refused_with_the_reason(name, told):
    with pytest.raises(EmbedderError, match=told):
        embedder_named(name)


def test_only_what_is_said_to_be_multilingual_compares_across_languages(tmp_path):
    folder = tiny_bert.write_model(tmp_path / "m")
    mixed = embedder_named(f"mix:1*hash-prefix+1*model-dir:{folder};multilingual")

    assert multilingual_embedder(HashPrefix()) is None
    assert multilingual_embedder(embedder_named(f"model-dir:{folder}")) is None
    assert multilingual_embedder(mixed) is mixed.parts[1][1]
