"""Receipts verify offline, and nothing else does."""

import copy
import json
import subprocess
import sys

import pytest

from answerable.ledger import queries
from answerable.ledger.actions import sign_checkpoint
from answerable.ledger.errors import ReceiptRefused
from answerable.ledger.models import Opening
from answerable.ledger.notes import SigningKey
from answerable.ledger.receipts import verify_receipt
from tests.factories.ledger import NOON, recorded, recorded_many

pytestmark = [pytest.mark.django_db, pytest.mark.engines]


@pytest.fixture
def bundle():
    """A receipt as it comes out of a file, of the middle entry of seven."""
    recorded_many(3)
    entry = recorded(subject_id="thing-x", facts={"name": "Ana", "words": 12})
    recorded_many(3)
    sign_checkpoint(NOON)
    return json.loads(json.dumps(queries.receipt_of(entry, fields=["name", "words"])))


def test_a_receipt_proves_entry_and_opened_facts(bundle):
    proven = verify_receipt(bundle, queries.verifier_key())

    assert (proven.body.index, proven.body.subject_id, proven.body.recorded_at) == (3, "thing-x", NOON)
    assert proven.facts == {"name": "Ana", "words": 12}
    assert (proven.checkpoint.origin, proven.checkpoint.size) == ("record.example", 7)


def test_a_receipt_does_not_tell_who_acted_unless_asked(bundle):
    assert "person-1" not in json.dumps(bundle)
    assert sorted(bundle["openings"]) == ["name", "words"]


def test_a_receipt_still_verifies_after_a_fact_was_erased():
    entry = recorded()
    sign_checkpoint(NOON)
    Opening.objects.filter(field="name").delete()

    proven = verify_receipt(queries.receipt_of(entry, fields=["name", "words"]), queries.verifier_key())

    assert proven.facts == {"words": 12}


def test_verifying_needs_no_django(bundle, tmp_path):
    (tmp_path / "receipt.json").write_text(json.dumps(bundle))
    program = (
        "import json, sys; from answerable.ledger.receipts import verify_receipt;"
        "proven = verify_receipt(json.load(open(sys.argv[1])), sys.argv[2]);"
        "print(proven.body.subject_id, 'django' in sys.modules)"
    )

    done = subprocess.run(
        [sys.executable, "-c", program, str(tmp_path / "receipt.json"), queries.verifier_key()],
        capture_output=True,
        text=True,
        check=False,
    )

    assert (done.stdout.strip(), done.stderr) == ("thing-x False", "")


def places(value, path=()):
    """Every text and number in a bundle, by its path."""
    if isinstance(value, dict):
        for key in value:
            yield from places(value[key], (*path, key))
    elif isinstance(value, list):
        for number, item in enumerate(value):
            yield from places(item, (*path, number))
    else:
        yield path


def with_change(bundle, path, change):
    changed = copy.deepcopy(bundle)
    holder = changed
    for step in path[:-1]:
        holder = holder[step]
    holder[path[-1]] = change(holder[path[-1]])
    return changed


def test_any_value_changed_removed_or_of_another_type_is_refused(bundle):
    key = queries.verifier_key()
    verify_receipt(bundle, key)
    changes = [
        lambda value: value + 1 if isinstance(value, int) else "A" + value[1:] if value[0] != "A" else "B" + value[1:],
        lambda _: "",
        lambda _: None,
        lambda _: ["x"],
        lambda _: "é",
    ]
    found = list(places(bundle))

    assert len(found) == 2 + 4 + 2 + 3 + 1
    for path in found:
        for change in changes:
            with pytest.raises(ReceiptRefused):
                verify_receipt(with_change(bundle, path, change), key)


@pytest.mark.parametrize("member", ["format", "body", "openings", "proof", "checkpoint"])
def test_a_receipt_that_lacks_a_part_is_refused(bundle, member):
    del bundle[member]

    with pytest.raises(ReceiptRefused):
        verify_receipt(bundle, queries.verifier_key())


def test_a_fact_moved_to_another_name_is_refused(bundle):
    bundle["openings"] = {"actor": bundle["openings"]["name"]}

    with pytest.raises(ReceiptRefused, match="actor"):
        verify_receipt(bundle, queries.verifier_key())


def test_a_receipt_signed_by_another_key_is_refused(bundle):
    stranger = SigningKey(name="record.example", seed=bytes(32))
    text = bundle["checkpoint"].rpartition("\n\n")[0] + "\n"

    with pytest.raises(ReceiptRefused):
        verify_receipt({**bundle, "checkpoint": stranger.sign(text)}, queries.verifier_key())
    with pytest.raises(ReceiptRefused):
        verify_receipt(bundle, stranger.verifier)


def test_a_damaged_key_is_refused_in_the_same_way(bundle):
    with pytest.raises(ReceiptRefused):
        verify_receipt(bundle, "not a key")
