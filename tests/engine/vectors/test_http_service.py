"""Vectors from a service, against a small one on loopback that also fails."""

import numpy as np
import pytest

from answerable.engine.pipeline import synthesize
from answerable.engine.records import Settings
from answerable.engine.vectors.embedder import EmbedderError
from answerable.engine.vectors.http_service import HttpService, Service
from tests.engine.samples import consultation
from tests.engine.vectors import fake_service
from tests.engine.vectors.fake_service import vector_of

TEXTS = ["banana", "a well", "banana", "", "!!!", "bus"]


@pytest.fixture
def service():
    with fake_service.running_service() as running:
        yield running


def embedder(service, *, pauses=None, **settings):
    given = Service(service.url, "tiny", timeout=5, **settings)
    return HttpService(given, sleep=(pauses if pauses is not None else []).append)


def wanted(texts):
    rows = np.array([vector_of(text) if any(map(str.isalnum, text)) else [0.0] * 3 for text in texts])
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    return rows / np.where(lengths == 0, 1, lengths)


def rows(embedder, texts):
    return np.asarray(embedder.encode(texts).todense())


def test_encode_puts_vectors_where_their_texts_are(service):
    assert rows(embedder(service), TEXTS) == pytest.approx(wanted(TEXTS), abs=2e-5)
    assert service.paths == ["/v1/embeddings"]
    assert service.bodies == [{"model": "tiny", "input": ["a well", "banana", "bus"], "encoding_format": "float"}]


def test_encode_asks_in_batches_and_for_each_text_once(service):
    asking = embedder(service, batch=2)
    asking.encode(TEXTS)
    asking.encode([*TEXTS, "new"])

    assert [body["input"] for body in service.bodies] == [["a well", "banana"], ["bus"], ["new"]]


def test_encode_cuts_long_texts_and_broken_characters(service):
    embedder(service, most_characters=4).encode(["abcdefgh", "x\ud800y"])

    assert service.bodies[0]["input"] == ["abcd", "x?y"]


def test_encode_refuses_more_texts_than_allowed_and_sends_none(service):
    with pytest.raises(EmbedderError, match=r"3 texts would be sent .* 2 are allowed"):
        embedder(service, most_texts=2).encode(TEXTS)

    assert service.bodies == []


def test_making_one_and_fitting_it_sends_nothing(service):
    embedder(service).fit(TEXTS, background=TEXTS)

    assert service.bodies == []


def test_the_key_is_sent_from_the_environment_only(service, monkeypatch):
    embedder(service).encode(["a"])
    monkeypatch.setenv("MY_KEY", "s3cret")
    asking = embedder(service, key_variable="MY_KEY")
    asking.encode(["b"])

    assert [headers.get("Authorization") for headers in service.headers] == [None, "Bearer s3cret"]
    assert "s3cret" not in f"{vars(asking)}{asking.id}{asking.version}"


def test_a_key_is_not_sent_over_plain_http_to_another_machine(monkeypatch):
    monkeypatch.setenv("ANSWERABLE_EMBEDDINGS_KEY", "s3cret")
    far = HttpService(Service("http://embeddings.example/v1", "tiny", tries=1))

    with pytest.raises(EmbedderError, match="is not sent over plain http") as raised:
        far.encode(["a"])

    assert "s3cret" not in str(raised.value)


@pytest.mark.parametrize(
    "failure",
    [
        fake_service.refusing(429),
        fake_service.refusing(500),
        fake_service.refusing(503),
        fake_service.saying(b"not json"),
        fake_service.saying(b"\xff\xfe"),
        fake_service.cut_off,
    ],
)
def test_encode_asks_again_after_a_passing_failure(service, failure):
    service.plan.extend([failure, failure])
    pauses = []

    found = rows(embedder(service, pauses=pauses), ["banana"])

    assert found == pytest.approx(wanted(["banana"]), abs=2e-5)
    assert pauses == [0.5, 1.0]


def test_encode_waits_as_long_as_the_service_asks_but_not_for_ever(service):
    service.plan.extend([fake_service.refusing(429, Retry_After="7"), fake_service.refusing(503, Retry_After="9999")])
    pauses = []

    embedder(service, pauses=pauses).encode(["banana"])

    assert pauses == [7.0, 30.0]


def test_encode_gives_up_after_the_last_try(service):
    service.plan.extend([fake_service.refusing(503)] * 9)

    with pytest.raises(EmbedderError, match="could not be used: it answered 503"):
        embedder(service, tries=3).encode(["banana"])

    assert len(service.bodies) == 3


def test_encode_gives_up_on_a_service_that_is_too_slow(service):
    service.plan.extend([fake_service.late(0.4)] * 2)
    slow = HttpService(Service(service.url, "tiny", timeout=0.05, tries=2), sleep=lambda _: None)

    with pytest.raises(EmbedderError, match="did not answer"):
        slow.encode(["banana"])


def test_encode_says_when_nobody_listens():
    with fake_service.running_service() as closed:
        pass

    with pytest.raises(EmbedderError, match="did not answer"):
        embedder(closed, tries=2).encode(["banana"])


@pytest.mark.parametrize("status", [400, 401, 403, 404])
def test_encode_does_not_repeat_what_is_refused(service, status):
    service.plan.append(fake_service.refusing(status))

    with pytest.raises(EmbedderError, match=f"it answered {status}"):
        embedder(service).encode(["banana"])

    assert len(service.bodies) == 1


def test_encode_follows_no_redirection(service):
    with fake_service.running_service() as elsewhere:
        service.plan.append(fake_service.refusing(302, Location=f"{elsewhere.url}/embeddings"))

        with pytest.raises(EmbedderError, match="it answered 302"):
            embedder(service).encode(["banana"])

        assert elsewhere.bodies == []


@pytest.mark.parametrize(
    ("step", "told"),
    [
        (fake_service.saying([]), "0 vectors for 2 texts"),
        (fake_service.saying({"error": "no"}), "0 vectors for 2 texts"),
        (fake_service.changed(lambda data: data.pop()), "1 vectors for 2 texts"),
        (fake_service.changed(lambda data: data[0].update(index=0)), "which vector is whose"),
        (fake_service.changed(lambda data: data[0].update(index=5)), "which vector is whose"),
        (fake_service.changed(lambda data: data[0].pop("index")), "which vector is whose"),
        (fake_service.changed(lambda data: data[0]["embedding"].pop()), "2 dimensions|3 dimensions"),
        (fake_service.changed(lambda data: data[0].update(embedding=[])), "no vector"),
        (fake_service.changed(lambda data: data[0].update(embedding="AAAA")), "no vector"),
        (fake_service.changed(lambda data: data[0].update(embedding=[1, "2", 3])), "no vector"),
        (fake_service.changed(lambda data: data[0].update(embedding=[1, float("nan"), 3])), "no vector"),
    ],
)
def test_encode_refuses_an_answer_that_cannot_be_trusted(service, step, told):
    service.plan.append(step)

    with pytest.raises(EmbedderError, match=told):
        embedder(service).encode(["banana", "bus"])


def test_encode_refuses_other_dimensions_than_were_stated(service):
    with pytest.raises(EmbedderError, match="3 dimensions where 5 are expected"):
        embedder(service, dimensions=5).encode(["banana"])


def test_encode_refuses_a_change_of_dimensions_between_batches(service):
    service.plan.extend([fake_service.right, fake_service.changed(lambda data: data[0]["embedding"].pop())])

    with pytest.raises(EmbedderError, match="2 dimensions where 3 are expected"):
        embedder(service, batch=1).encode(["banana", "bus"])


@pytest.mark.parametrize("url", ["ftp://x/v1", "x/v1", "https://user:key@x/v1", "https://x/v1?key=1", "https:///v1"])
def test_an_address_that_is_none_is_refused(url):
    with pytest.raises(EmbedderError, match="no address of a service"):
        HttpService(Service(url, "tiny"))


def test_id_names_the_service_and_the_model(service):
    assert embedder(service).id == f"http/{service.url.split('/')[2]}/tiny"


def test_synthesize_with_a_service_places_everything(service):
    contributions = consultation()

    result = synthesize(contributions, settings=Settings(embedder=f"http:{service.url}#tiny;batch=100"))

    assert len(result.placements) == len(contributions)
    assert result.manifest.embedder.startswith("http/127.0.0.1:")
