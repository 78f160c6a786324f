"""The reference page says what the code does, and its verifier works as it stands there."""

import base64
import json
import re
from pathlib import Path

import pytest

from answerable.ledger import log_types, queries
from answerable.ledger.actions import sign_checkpoint
from answerable.ledger.commitments import commitment
from answerable.ledger.merkle import leaf_hash
from tests.factories.ledger import NOON, recorded, recorded_many
from tests.ledger.test_body import EXAMPLE

PAGE = Path(__file__).resolve().parents[2] / "docs" / "reference" / "ledger.md"


def blocks(language):
    return re.findall(rf"^```{language}\n(.*?)^```", PAGE.read_text("utf-8"), flags=re.DOTALL | re.MULTILINE)


def wrapped(content):
    return "\n".join(re.findall(".{1,96}", content.hex())) + "\n"


@pytest.fixture(scope="module")
def verified():
    """The function that the page defines."""
    [program] = blocks("python")
    names = {}
    exec(compile(program, str(PAGE), "exec"), names)
    return names["verified"]


def test_examples_on_the_page_are_what_the_code_makes():
    body = EXAMPLE.encoded()

    assert wrapped(commitment("name", nonce=bytes(range(32)), encoded="s:Ana")) in blocks("text")
    assert wrapped(body) in blocks("text")
    assert wrapped(leaf_hash(body)) in blocks("text")


def test_every_kind_of_entry_is_on_the_page():
    kinds = [value for name, value in vars(log_types).items() if name.isupper()]

    assert kinds == ["ledger.opening_erased"]
    assert [kind for kind in kinds if f"`{kind}`" not in PAGE.read_text("utf-8")] == []


@pytest.mark.django_db
def test_the_verifier_on_the_page_accepts_our_receipts_and_refuses_a_changed_one(verified):
    recorded_many(5)
    entry = recorded(subject_id="thing-x", facts={"name": "Ana", "words": 12})
    recorded_many(3)
    sign_checkpoint(NOON)
    key = queries.verifier_key()
    receipt = queries.receipt_of(entry, fields=["name", "words"])

    assert verified(json.dumps(receipt), key) == (
        5,
        "test.thing_made",
        "thing thing-x",
        {"name": "s:Ana", "words": "i:12"},
    )
    body = bytearray(base64.b64decode(receipt["body"]))
    body[-1] ^= 1
    changed = {**receipt, "body": base64.b64encode(body).decode()}
    with pytest.raises(AssertionError):
        verified(json.dumps(changed), key)


@pytest.mark.django_db
@pytest.mark.parametrize("size", [1, 2, 3, 7, 8, 13])
def test_the_verifier_on_the_page_follows_the_path_of_every_entry(verified, size):
    entries = recorded_many(size)
    sign_checkpoint(NOON)

    indexes = [verified(json.dumps(queries.receipt_of(e, fields=[])), queries.verifier_key())[0] for e in entries]

    assert indexes == list(range(size))
