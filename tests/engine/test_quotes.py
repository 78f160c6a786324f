"""The passage a report quotes."""

from answerable.engine.quotes import quote_span
from answerable.engine.vectors.hash_prefix import HashPrefix
from tests.engine.samples import BUSES, WATER


def quoted(text, subject=WATER):
    embedder = HashPrefix().fit([*WATER, *BUSES])
    start, end = quote_span(text, embedder=embedder, theme_vectors=embedder.encode(subject))
    return text[start:end]


def test_quote_span_takes_all_of_a_short_text_without_the_space_around():
    assert quoted(f"  {WATER[0]} {WATER[1]}\n") == f"{WATER[0]} {WATER[1]}"


def test_quote_span_takes_the_sentence_nearest_to_the_theme():
    text = " ".join([*BUSES[:3], WATER[0], *BUSES[3:]])

    assert quoted(text) == WATER[0]
    assert quoted(text, subject=BUSES) in BUSES


def test_quote_span_widens_a_sentence_too_short_to_be_understood():
    text = " ".join([*BUSES[:3], "Drinking water wells!", "They come first.", *BUSES[3:]])

    assert quoted(text).startswith(("Drinking water wells! They come first.", BUSES[2]))
    assert len(quoted(text)) >= 60


def test_quote_span_never_cuts_inside_a_long_sentence():
    text = "water " * 200

    assert quoted(text) == text.strip()


def test_quote_span_of_white_space_is_all_of_it():
    assert quoted("   ") == "   "
