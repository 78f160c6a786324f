"""The canonical bytes of an entry."""

from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answerable.ledger.body import EntryBody, decoded
from answerable.ledger.errors import MalformedBody, Unrecordable
from answerable.ledger.merkle import leaf_hash

# The same example stands byte for byte in docs/reference/ledger.md.
EXAMPLE = EntryBody(
    index=7,
    kind="consultations.contribution_received",
    subject_type="contribution",
    subject_id="R-7K3M-2Q9D",
    recorded_at=datetime(2026, 11, 28, 9, 0, tzinfo=UTC),
    commitments={"words": b"\x22" * 32, "actor": b"\x11" * 32},
)
EXAMPLE_BYTES = (
    b"\x00\x00\x00\x12answerable/entry/1"
    b"\x00\x00\x00\x00\x00\x00\x00\x07"
    b"\x00\x00\x00\x23consultations.contribution_received"
    b"\x00\x00\x00\x0ccontribution"
    b"\x00\x00\x00\x0bR-7K3M-2Q9D"
    b"\x00\x06\x61\x52\x66\xca\x24\x00"
    b"\x00\x00\x00\x02"
    b"\x00\x00\x00\x05actor" + b"\x11" * 32 + b"\x00\x00\x00\x05words" + b"\x22" * 32
)
NAMES = st.from_regex(r"[a-z][a-z0-9_]{0,20}", fullmatch=True)


def test_entry_is_encoded_as_documented():
    moment = EXAMPLE.recorded_at - datetime(1970, 1, 1, tzinfo=UTC)

    assert EXAMPLE_BYTES[100:108] == (moment // timedelta(microseconds=1)).to_bytes(8, "big")
    assert EXAMPLE.encoded() == EXAMPLE_BYTES


@given(
    index=st.integers(0, 2**64 - 1),
    subject_id=st.text(st.characters(categories=["L", "N"]), min_size=1, max_size=200),
    recorded_at=st.datetimes(datetime(1970, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001
    commitments=st.dictionaries(NAMES, st.binary(min_size=32, max_size=32), max_size=5),
)
def test_every_entry_survives_its_encoding(index, subject_id, recorded_at, commitments):
    entry = EntryBody(
        index=index,
        kind="test.thing_made",
        subject_type="thing",
        subject_id=subject_id,
        recorded_at=recorded_at,
        commitments=commitments,
    )

    assert decoded(entry.encoded()) == entry


def test_the_same_moment_in_another_zone_has_the_same_bytes():
    bangkok = replace(EXAMPLE, recorded_at=EXAMPLE.recorded_at.astimezone(timezone(timedelta(hours=7))))

    assert bangkok.encoded() == EXAMPLE_BYTES


def test_no_change_of_a_single_bit_leaves_entry_and_hash_as_they_were():
    for place in range(len(EXAMPLE_BYTES) * 8):
        changed = bytearray(EXAMPLE_BYTES)
        changed[place // 8] ^= 1 << place % 8
        with suppress(MalformedBody):
            assert decoded(bytes(changed)) != EXAMPLE
        assert leaf_hash(bytes(changed)) != leaf_hash(EXAMPLE_BYTES)


def test_bytes_cut_short_or_with_something_behind_are_refused():
    for content in [EXAMPLE_BYTES[:n] for n in range(len(EXAMPLE_BYTES))] + [EXAMPLE_BYTES + b"\x00"]:
        with pytest.raises(MalformedBody):
            decoded(content)


def test_commitments_out_of_order_or_twice_are_refused():
    start, actor, words = EXAMPLE_BYTES[:112], EXAMPLE_BYTES[112:153], EXAMPLE_BYTES[153:]

    assert decoded(start + actor + words) == EXAMPLE
    for wrong in (start + words + actor, start + actor + actor):
        with pytest.raises(MalformedBody):
            decoded(wrong)


@pytest.mark.parametrize(
    "change",
    [
        {"kind": ""},
        {"kind": "Test"},
        {"kind": "a" * 101},
        {"kind": "a b"},
        {"subject_type": "été"},
        {"subject_id": ""},
        {"subject_id": "x" * 201},
        {"subject_id": "a\nb"},
        {"subject_id": "a\x00b"},
        {"recorded_at": datetime(2026, 11, 28, 9, 0)},  # noqa: DTZ001
        {"recorded_at": datetime(1969, 12, 31, tzinfo=UTC)},
        {"commitments": {"Name": bytes(32)}},
        {"commitments": {"name": bytes(31)}},
        {"commitments": {f"fact_{n}_{'x' * 50}": bytes(32) for n in range(800)}},
    ],
)
def test_what_does_not_fit_the_format_is_refused(change):
    with pytest.raises(Unrecordable):
        replace(EXAMPLE, **change).encoded()
