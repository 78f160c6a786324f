"""The passage a report quotes."""

from answerable.engine.quotes import Quotable, quote_spans
from answerable.engine.vectors.hash_prefix import HashPrefix
from tests.engine.samples import BUSES, WATER


def quoted(text, subject=WATER):
    embedder = HashPrefix().fit([*WATER, *BUSES])
    ((start, end),) = quote_spans([Quotable(text, embedder.encode(subject))], embedder=embedder)
    return text[start:end]


def test_quote_spans_takes_all_of_a_short_text_without_the_space_around():
    assert quoted(f"  {WATER[0]} {WATER[1]}\n") == f"{WATER[0]} {WATER[1]}"


def test_quote_spans_takes_the_sentence_nearest_to_the_theme():
    text = " ".join([*BUSES[:3], WATER[0], *BUSES[3:]])

    assert quoted(text) == WATER[0]
    assert quoted(text, subject=BUSES) in BUSES


def test_quote_spans_widens_a_sentence_too_short_to_be_understood():
    text = " ".join([*BUSES[:3], "Drinking water wells!", "They come first.", *BUSES[3:]])

    assert quoted(text).startswith(("Drinking water wells! They come first.", BUSES[2]))
    assert len(quoted(text)) >= 60


def test_quote_spans_never_cuts_inside_a_long_sentence():
    text = "water " * 200

    assert quoted(text) == text.strip()


def test_quote_spans_of_white_space_is_all_of_it():
    assert quoted("   ") == "   "


def test_quote_spans_of_several_themes_are_those_of_each():
    embedder = HashPrefix().fit([*WATER, *BUSES])
    text = " ".join([*BUSES[:3], WATER[0], *BUSES[3:]])
    water, buses = embedder.encode(WATER), embedder.encode(BUSES)
    wanted = [Quotable(text, water), Quotable(WATER[1], water), Quotable(text, buses), Quotable(text, water)]

    together = quote_spans(wanted, embedder=embedder)

    assert together == [quote_spans([one], embedder=embedder)[0] for one in wanted]
    assert text[slice(*together[0])] == WATER[0] != text[slice(*together[2])]
    assert quote_spans([], embedder=embedder) == []
