"""The files of the signing key."""

import stat

import pytest

from answerable.ledger.errors import MalformedNote
from answerable.ledger.keys import kept_signing_key, kept_verifier_key
from answerable.ledger.notes import VerifierKey


def test_key_is_made_on_first_use_for_its_owner_only(tmp_path):
    path = tmp_path / "new" / "ledger-key"

    key = kept_signing_key(path, origin="record.example")

    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert VerifierKey.parse((tmp_path / "new" / "ledger-key.pub").read_text()) == key.verifier
    assert sorted(file.name for file in path.parent.iterdir()) == ["ledger-key", "ledger-key.pub"]


def test_key_and_name_stay_once_made(tmp_path):
    first = kept_signing_key(tmp_path / "key", origin="record.example")

    assert kept_signing_key(tmp_path / "key", origin="moved.example") == first
    assert kept_verifier_key(tmp_path / "key") == first.verifier


def test_public_half_alone_is_enough_to_verify(tmp_path):
    key = kept_signing_key(tmp_path / "key", origin="record.example")
    (tmp_path / "key").unlink()

    assert kept_verifier_key(tmp_path / "key") == key.verifier


def test_asking_for_the_public_half_makes_no_key(tmp_path):
    assert kept_verifier_key(tmp_path / "key") is None
    assert list(tmp_path.iterdir()) == []


def test_a_damaged_key_file_is_refused_and_kept(tmp_path):
    (tmp_path / "key").write_text("PRIVATE+KEY+record.example+00000000+AQ==")

    with pytest.raises(MalformedNote):
        kept_signing_key(tmp_path / "key", origin="record.example")

    assert (tmp_path / "key").read_text() == "PRIVATE+KEY+record.example+00000000+AQ=="


@pytest.mark.parametrize("origin", ["", "two words", "a+b", "line\nbreak"])
def test_an_origin_that_cannot_name_a_key_is_refused_before_a_file_is_made(tmp_path, origin):
    with pytest.raises(MalformedNote):
        kept_signing_key(tmp_path / "key", origin=origin)

    assert list(tmp_path.iterdir()) == []
