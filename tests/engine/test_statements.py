"""Sentences as spans."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answerable.engine.records import Contribution, Statement
from answerable.engine.statements import split_contribution, split_text


def sentences(text):
    return [text[start:end] for start, end in split_text(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One. Two! Three?", ["One.", "Two!", "Three?"]),
        ("It costs 3.5 million, e.g. for wells. Yes.", ["It costs 3.5 million, e.g. for wells.", "Yes."]),
        ("水井干涸。应该修好！好吗？", ["水井干涸。", "应该修好！", "好吗？"]),
        ("هل نحتاج إلى الماء؟ نعم.", ["هل نحتاج إلى الماء؟", "نعم."]),
        ("पानी नहीं है। कब आएगा?", ["पानी नहीं है।", "कब आएगा?"]),
        (
            "A line that is\nwrapped in lower case.\nAnother line",
            ["A line that is\nwrapped in lower case.", "Another line"],
        ),
        ("- first\n- second", ["- first", "- second"]),
        ("  padded  ", ["padded"]),
        ("", []),
        (" \n ", []),
    ],
)
def test_split_text_ends_sentences_where_readers_do(text, expected):
    assert sentences(text) == expected


@given(st.text(max_size=400))
def test_split_text_loses_nothing_but_white_space(text):
    spans = list(split_text(text))

    assert all(start < end for start, end in spans)
    assert all(one[1] <= other[0] for one, other in pairwise(spans))
    assert "".join("".join(sentences(text)).split()) == "".join(text.split())
    assert all(sentence == sentence.strip() for sentence in sentences(text))


def test_split_contribution_carries_the_id():
    assert split_contribution(Contribution("R-1", "One. Two.")) == (Statement("R-1", 0, 4), Statement("R-1", 5, 9))
