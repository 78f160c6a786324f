"""A rapporteur's Markdown as blocks of a document."""

from hypothesis import given
from hypothesis import strategies as st

from answerable.documents.structure import BulletList, Link, Paragraph, Quote, Text
from answerable.synthesis.queries.markdown_blocks import blocks_of, plain

SITE = "https://example.org"


def test_emphasis_links_and_code_become_pieces():
    [block] = blocks_of("Say **so**, *now*, in `code`, [here](https://example.org/a).")
    assert block == Paragraph(
        (
            Text("Say "),
            Text("so", bold=True),
            Text(", "),
            Text("now", italic=True),
            Text(", in "),
            Text("code", code=True),
            Text(", "),
            Link("here", "https://example.org/a"),
            Text("."),
        )
    )


def test_receipt_codes_become_links_to_receipts():
    [block] = blocks_of("As said [R-7K3M-2Q9D] and [R-AAAA-AAAA].", site=SITE)
    assert block.content[1] == Link("[R-7K3M-2Q9D]", "https://example.org/c/R-7K3M-2Q9D/")
    assert "[R-AAAA-AAAA]" in "".join(piece.text for piece in block.content if isinstance(piece, Text))


def test_lists_keep_their_order_and_inner_lists_are_set_out():
    assert blocks_of("1. one\n2. two\n   - inner\n\nAfter.") == [
        BulletList(((Text("one"),), (Text("two"),), (Text("inner"),)), ordered=True),
        Paragraph((Text("After."),)),
    ]


def test_quotes_and_line_breaks_are_kept():
    assert blocks_of("> one\n>\n> two\n\na\nb") == [
        Quote("one\n\ntwo"),
        Paragraph((Text("a"), Text("\n"), Text("b"))),
    ]


def test_language_is_marked_on_every_piece():
    [block] = blocks_of("Bonjour **tous**", language="fr")
    assert {piece.language for piece in block.content} == {"fr"}


def test_html_stays_text():
    [block] = blocks_of("<script>alert(1)</script>")
    assert block == Paragraph((Text("<script>alert(1)</script>"),))


@given(st.text(max_size=200))
def test_any_text_can_be_read(text):
    for block in blocks_of(text, site=SITE):
        assert isinstance(block, Paragraph | BulletList | Quote)
    assert isinstance(plain(blocks_of(text)), tuple)
