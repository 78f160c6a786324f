"""Signed notes, against the example of the format's authors and by themselves."""

import pytest

from answerable.ledger.errors import BadSignature, MalformedNote
from answerable.ledger.notes import CheckpointText, SigningKey, VerifierKey, opened_checkpoint, opened_note

# The published example of the signed note format (golang.org/x/mod/sumdb/note).
PUBLISHED_KEY = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
PUBLISHED_TEXT = "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n"
PUBLISHED_NOTE = (
    PUBLISHED_TEXT + "\n\u2014 PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdng"
    "otpRZb6KE6RyyBwJnAM=\n"
)
KEY = SigningKey(name="record.example", seed=bytes(range(32)))
OTHER = SigningKey(name="record.example", seed=bytes(32))
CHECKPOINT = CheckpointText(origin="record.example", size=12, root=b"\x07" * 32)
NOTE = KEY.sign(str(CHECKPOINT))


def test_the_published_example_verifies():
    key = VerifierKey.parse(PUBLISHED_KEY)

    assert str(key) == PUBLISHED_KEY
    assert opened_note(PUBLISHED_NOTE, key=key) == PUBLISHED_TEXT


def test_checkpoint_is_written_as_documented():
    assert str(CHECKPOINT) == "record.example\n12\nBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwc=\n"


def test_signed_checkpoint_opens_with_the_public_key():
    assert opened_checkpoint(NOTE, key=KEY.verifier) == CHECKPOINT


def test_keys_survive_being_written():
    assert SigningKey.parse(KEY.written()) == KEY
    assert VerifierKey.parse(str(KEY.verifier)) == KEY.verifier


def test_a_private_key_never_shows_itself():
    secret = KEY.written().rpartition("+")[2]

    assert secret not in f"{KEY!r} {KEY}"
    assert repr(KEY) == "SigningKey(name='record.example')"


def test_signatures_of_strangers_are_passed_over():
    witness = SigningKey(name="witness.example", seed=b"\x05" * 32)
    cosigned = NOTE + witness.sign(str(CHECKPOINT)).rpartition("\n\n")[2]

    assert opened_checkpoint(cosigned, key=KEY.verifier) == CHECKPOINT
    assert opened_note(cosigned, key=witness.verifier) == str(CHECKPOINT)


def test_a_key_of_the_same_name_does_not_vouch_for_the_note():
    with pytest.raises(BadSignature):
        opened_note(NOTE, key=OTHER.verifier)


def test_any_character_changed_in_text_or_signature_is_refused():
    for place, character in enumerate(NOTE):
        changed = NOTE[:place] + ("A" if character != "A" else "B") + NOTE[place + 1 :]
        with pytest.raises((BadSignature, MalformedNote)):
            opened_checkpoint(changed, key=KEY.verifier)


def test_a_note_cut_anywhere_is_refused():
    for place in range(len(NOTE)):
        with pytest.raises((BadSignature, MalformedNote)):
            opened_checkpoint(NOTE[:place], key=KEY.verifier)


def test_a_checkpoint_of_another_record_is_refused_though_the_key_signed_it():
    foreign = KEY.sign(str(CheckpointText(origin="other.example", size=12, root=b"\x07" * 32)))

    with pytest.raises(BadSignature):
        opened_checkpoint(foreign, key=KEY.verifier)


@pytest.mark.parametrize(
    "text",
    [
        "record.example\n012\nBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwc=\n",
        "record.example\n-1\nBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwc=\n",
        "record.example\n\u0661\nBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwc=\n",
        "record.example\n12\nBwc=\n",
        "record.example\n12\nBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwd=\n",
        "record.example\n12\nBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwc=\nextension\n",
        "record.example\n12\nBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwc=",
        "\n12\nBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwc=\n",
        "record.example\n1" + "0" * 5_000 + "\nBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwc=\n",
    ],
)
def test_text_that_is_no_canonical_checkpoint_is_refused(text):
    with pytest.raises(MalformedNote):
        CheckpointText.parse(text)


@pytest.mark.parametrize(
    "text",
    ["", "record.example", f"{KEY.verifier}A", str(KEY.verifier).replace("record", "other"), "a b+00000000+AQ=="],
)
def test_a_damaged_public_key_is_refused(text):
    with pytest.raises(MalformedNote):
        VerifierKey.parse(text)


@pytest.mark.parametrize("text", ["", str(KEY.verifier), KEY.written()[1:], KEY.written().replace("record", "other")])
def test_a_damaged_private_key_is_refused(text):
    with pytest.raises(MalformedNote):
        SigningKey.parse(text)


def test_text_without_a_last_newline_is_not_signed():
    with pytest.raises(MalformedNote):
        KEY.sign("no end")
