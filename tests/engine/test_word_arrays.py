"""Words found in arrays are the words found one by one."""

import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answerable.engine.word_arrays import checksums, read_words, word_counts
from answerable.engine.writing_systems import fold, word_count, words_of

ODD = [
    "",
    "Plain words, and more.",
    "naïve café, e\u0301té",
    "\u0301 a mark first, \u0301b",
    "Radfahrer:innen und x_in y",
    "𝒜bc 😀 d",
    "слово и дело",
    "ὀξύς λόγος",
    "\n\n a\nb \x00 c",
    "\ud800ab c",
    "가나다 abc",
    "水和卫生 water",
    "الماء والصرف",
    "ab\u200cd e",
    "İstanbul ﬁne ﷺ",
    f"{'x' * 70} y",
]
TEXTS = st.lists(st.text(st.sampled_from("abcé \u0301_:in·*\n字가اбг😀𝒜ÅŒß'-19"), max_size=30), max_size=12)


def utf8(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


def assert_same_words(texts: list[str]) -> None:
    words = read_words([fold(text) for text in texts])
    others = set(words.others.tolist())
    wanted = [(row, word) for row, text in enumerate(texts) if row not in others for word in words_of(text)]
    assert words.owners.tolist() == [row for row, _ in wanted]
    assert checksums(words).tolist() == [zlib.crc32(utf8(word)) for _, word in wanted]


def test_words_and_checksums_are_those_of_each_text_by_itself():
    assert_same_words(ODD)
    assert_same_words([])


@given(TEXTS)
def test_words_of_any_texts_are_those_of_each_by_itself(texts):
    assert_same_words(texts)


def test_scripts_with_ways_of_their_own_are_left_to_be_read_one_by_one():
    others = [ODD[row] for row in read_words(ODD).others.tolist()]
    assert "水和卫生 water" in others
    assert "الماء والصرف" in others
    assert "Radfahrer:innen und x_in y" in others
    assert "слово и дело" not in others


@pytest.mark.parametrize("texts", [ODD, [], ["one two three"] * 3])
def test_word_counts_are_those_of_each_text(texts):
    assert word_counts(texts) == [word_count(text) for text in texts]
