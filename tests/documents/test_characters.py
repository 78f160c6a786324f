"""What stays of a text, and what does not."""

from hypothesis import given
from hypothesis import strategies as st

from answerable.documents.characters import clean_text, cleaned, one_line, paragraphs_of
from answerable.documents.structure import Document, Link, Paragraph, Quote, Text


def test_clean_text_with_control_characters():
    assert clean_text("a\x00b\x08c\x1fd\x7fe\ufffef\ufdd0g\U0001ffffh") == "abcdefgh"


def test_clean_text_with_line_ends_of_every_kind():
    assert clean_text("a\r\nb\rc\x0bd\x0ce\x85f\u2028g\u2029h\ti") == "a\nb\nc\nd\ne\nf\ng\nh i"


def test_clean_text_with_half_a_surrogate_pair():
    assert clean_text("a\ud800b") == "a\ufffdb"


def test_clean_text_with_overrides_of_direction():
    assert clean_text("a\u202eb\u202dc") == "abc"


def test_clean_text_closes_directions_left_open():
    assert clean_text("a\u2067b\u202ac") == "a\u2067b\u202ac\u202c\u2069"


def test_clean_text_drops_ends_of_directions_never_opened():
    assert clean_text("a\u202cb\u2069c\u2066d\u2069") == "abc\u2066d\u2069"


def test_clean_text_keeps_what_scripts_need():
    text = "می\u200cخواهم 👩\u200d🌾 ☃\ufe0f e\u0301 नमस्ते"
    assert clean_text(text) == text


@given(st.text(alphabet=st.characters()))
def test_clean_text_twice_changes_nothing_more(text):
    assert clean_text(clean_text(text)) == clean_text(text)
    clean_text(text).encode("utf-8")


def test_cleaned_reaches_every_text():
    dirty = Document(
        "t\0", "en", (Paragraph((Text("x\0"), Link("y\0", "/z\0"))), Quote("q\0", attribution=(Text("r\0"),)))
    )
    assert cleaned(dirty) == Document(
        "t", "en", (Paragraph((Text("x"), Link("y", "/z"))), Quote("q", attribution=(Text("r"),)))
    )


def test_one_line_of_many():
    assert one_line("  a\n b \u00a0 c ") == "a b c"


def test_paragraphs_parted_by_empty_lines():
    assert paragraphs_of("a\nb\n\n \n\nc\n") == ["a\nb", "c"]


def test_paragraphs_of_nothing():
    assert paragraphs_of(" \n ") == [""]
