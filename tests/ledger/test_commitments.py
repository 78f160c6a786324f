"""Facts, their encoding and their commitments."""

import hashlib
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answerable.ledger.commitments import commitment, decoded_fact, encoded_fact, is_fact_name, opens
from answerable.ledger.errors import Unrecordable

NONCE = bytes(range(32))

FACTS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(2**63), 2**63 - 1),
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=200),
    st.dates(),
    st.datetimes(timezones=st.just(UTC)),
)


@given(FACTS)
def test_every_fact_survives_its_encoding_with_its_type(value):
    found = decoded_fact(encoded_fact(value))

    assert (type(found), found) == (type(value), value)


def test_each_type_is_encoded_as_documented():
    moment = datetime(2026, 11, 28, 16, 0, tzinfo=timezone(timedelta(hours=7)))
    values = ["Bangkok", "", 42, -1, True, False, None, date(2026, 11, 28), moment]

    assert [encoded_fact(value) for value in values] == [
        "s:Bangkok",
        "s:",
        "i:42",
        "i:-1",
        "b:true",
        "b:false",
        "n:",
        "d:2026-11-28",
        "t:2026-11-28T09:00:00.000000Z",
    ]


@pytest.mark.parametrize(
    "value",
    [1.5, b"bytes", ["list"], datetime(2026, 11, 28, 9, 0), 2**63, -(2**63) - 1, "a\x00b", "\ud800", "é" * 5_000],  # noqa: DTZ001
)
def test_what_has_no_place_in_the_record_is_refused(value):
    with pytest.raises(Unrecordable):
        encoded_fact(value)


@pytest.mark.parametrize(
    "text", ["", "x:1", "i:", "i:042", "i:+1", "b:True", "n:0", "d:20261128", "t:2026-11-28T09:00:00Z", "i:1_0", "s"]
)
def test_text_that_is_not_a_canonical_fact_is_refused(text):
    with pytest.raises(Unrecordable):
        decoded_fact(text)


def test_commitment_is_the_documented_hash():
    expected = hashlib.sha256(
        b"\x00\x00\x00\x17answerable/commitment/1" + b"\x00\x00\x00\x04name" + b"\x00\x00\x00\x05" + NONCE + b"s:Ana"
    ).digest()

    assert commitment("name", nonce=NONCE, encoded="s:Ana") == expected


def test_commitment_opens_with_its_own_name_nonce_and_value_only():
    sealed = commitment("name", nonce=NONCE, encoded="s:Ana")
    other = bytes(32)

    assert opens(sealed, name="name", nonce=NONCE, encoded="s:Ana")
    assert not opens(sealed, name="nam", nonce=NONCE, encoded="s:Ana")
    assert not opens(sealed, name="name", nonce=other, encoded="s:Ana")
    assert not opens(sealed, name="name", nonce=NONCE, encoded="s:Ann")
    assert not opens(sealed, name="name", nonce=NONCE[:31], encoded="s:Ana")
    assert not opens(sealed, name="name", nonce=NONCE, encoded="s:\ud800")


def test_names_of_facts_are_short_plain_words():
    assert [name for name in ("name", "a", "text_sha256", "x" * 63) if not is_fact_name(name)] == []
    assert [name for name in ("", "Name", "1st", "a-b", "ä", "x" * 64, "name\n", "_a") if is_fact_name(name)] == []
