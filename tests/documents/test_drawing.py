"""Lengths of bars and widths of columns."""

import pytest

from answerable.documents.drawing import column_weights, share_drawn
from answerable.documents.structure import Table


@pytest.mark.parametrize(
    ("share", "drawn"), [(0.25, 0.25), (-1.0, 0.0), (7.0, 1.0), (float("nan"), 0.0), (float("inf"), 1.0)]
)
def test_share_drawn_of_what_is_no_share(share, drawn):
    assert share_drawn(share) == drawn


def test_column_weights_give_every_column_room_for_its_longest_word():
    table = Table("", ("Response", "Reason"), (("Accepted", "One two three " * 9), ("No", "x")))
    first, second = column_weights(table)
    assert first >= len("Response")
    assert second > 3 * first


def test_column_weights_count_east_asian_letters_twice():
    narrow, wide = column_weights(Table("", ("ab", "部门"), ()))
    assert wide > narrow
