"""Matching: the longest phrase of a place in a text without spaces, each character in one phrase only."""

from itertools import pairwise

from answerable.engine.sdg import matching
from answerable.engine.sdg.lexicon import lexicon
from answerable.engine.sdg.matching import Matcher, matcher


def test_the_longest_phrase_of_a_place_counts_in_a_text_without_spaces():
    text = "可再生能源便宜"

    hits, words = matcher("zh").hits(text)

    assert {text[hit.first : hit.last + 1] for hit in hits} == {"可再生能源"}
    assert words == len(text) // 2


def test_phrases_in_a_text_without_spaces_never_overlap():
    text = "城市居民用不上自来水，污水处理厂停电，学校没有厕所。"

    hits, _ = matcher("zh").hits(text)
    places = sorted({(hit.first, hit.last) for hit in hits})

    assert len(places) >= 5
    assert all(one[1] < following[0] for one, following in pairwise(places))


def test_spans_point_at_the_words_of_each_hit():
    text = "ÉNERGIE : l'eau potable manque, et l'électricité aussi."
    known = matcher("fr")

    hits, _ = known.hits(text)
    found = {text[start:end] for start, end in known.spans(text, hits)}

    assert {"eau potable", "électricité", "ÉNERGIE"} <= found


def test_hits_are_the_same_when_what_was_remembered_is_forgotten(monkeypatch):
    texts = ["Clean water and clean energy for every school.", "Human rights and human trafficking in the region."]
    fresh = Matcher(lexicon("en"))
    found = [fresh.hits(text) for text in texts * 2]
    assert found[:2] == found[2:]
    assert all(hits for hits, _ in found)
    monkeypatch.setattr(matching, "_MOST_PAIRS", 1)
    monkeypatch.setattr(matching, "_MOST_REMEMBERED", 3)
    forgetful = Matcher(lexicon("en"))
    assert [forgetful.hits(text) for text in texts * 2] == found
