"""Slices of scripts whose words are not set apart."""

import unicodedata

import pytest

from answerable.engine.syllables import syllabic_spans

TEXTS = (
    "แม่น้ำสกปรกและโรงเรียนเก่าในหมู่บ้าน",
    "ទឹកស្អាតសម្រាប់សាលារៀននៅក្នុងភូមិ",
    "ນ້ຳສະອາດ ແລະ ໂຮງຮຽນໃໝ່",
    "ရေသန့်နှင့်ကျောင်းသစ်များ",
)
STOPS = frozenset({"ๆ", "ใน", "และ", "នៅ", "ແລະ"})


def is_slice(piece: str, following: str) -> bool:
    parts = unicodedata.category(piece[0]).startswith("M") or piece[-1] in "เแโใไເແໂໃໄ"
    parts = parts or (following != "" and unicodedata.category(following).startswith("M"))
    stops = any(piece[:size] in STOPS or piece[-size:] in STOPS for size in (1, 2, 3))
    return not parts and not stops and sum(map(str.isalpha, piece)) > 1


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("margin", [0, 3])
def test_spans_are_all_slices_of_whole_syllables_without_stop_words_at_their_ends(text, margin):
    begin, stop = margin, len(text) - margin
    wanted = [
        (first, last)
        for first in range(begin, stop - 1)
        for last in range(first + 2, min(first + 14, stop) + 1)
        if is_slice(text[first:last], text[last : last + 1])
    ]
    assert list(syllabic_spans(text, begin, stop, stops=STOPS)) == wanted
    assert wanted


def test_spans_do_not_part_a_letter_from_its_mark():
    assert list(syllabic_spans("กา", 0, 2, stops=frozenset())) == [(0, 2)]
    assert not list(syllabic_spans("่า", 0, 2, stops=frozenset()))
    assert not list(syllabic_spans("กา่", 0, 2, stops=frozenset()))
    assert not list(syllabic_spans("กเ", 0, 2, stops=frozenset()))
