"""Markdown, read back by a CommonMark parser."""

import pytest
from markdown_it import MarkdownIt

from answerable.documents.markdown import write_markdown
from answerable.documents.structure import (
    Document,
    Heading,
    Link,
    Note,
    Paragraph,
    Quote,
    Table,
    Text,
    bullet_list,
    footnote,
    paragraph,
)
from tests.documents.hostile import BAD_ADDRESSES, TEXTS, document_full_of
from tests.documents.samples import CHINESE, ENGLISH

READER = MarkdownIt("commonmark", {"html": True, "linkify": False}).enable("table")


def tokens_of(text):
    found = []
    for token in READER.parse(text):
        found += [token, *(token.children or [])]
    return found


def shown(text):
    return "".join(
        {"softbreak": "\n", "hardbreak": "\n"}.get(token.type, token.content)
        for token in tokens_of(text)
        if token.type in {"text", "text_special", "softbreak", "hardbreak", "code_inline"}
    )


def written(*blocks, **named):
    return write_markdown(Document("T", "en", tuple(blocks), **named))


def test_write_markdown_of_each_block():
    text = written(
        Heading(1, "Head"),
        Paragraph(
            (Text("a "), Text("b", bold=True), Text(" c ", italic=True), Text("d`e", code=True), footnote("a note"))
        ),
        Quote("said\nagain\n\nlater", attribution=(Text("Somebody"),), footnote=footnote("from there")),
        bullet_list("one", "two"),
        bullet_list("first", "second", ordered=True),
        Note("Mind", (paragraph("this"),)),
    )
    assert text == (
        "# T\n\n## Head\n\na **b** *c* `` d`e ``[^1]\n\n> said\\\n> again\n>\n> later[^2]\n>\n> — Somebody\n\n- one\n- two\n\n"
        "1. first\n2. second\n\n> **Mind**\n>\n> this\n\n[^1]: a note\n\n[^2]: from there\n"
    )


def test_write_markdown_title_table_and_bars():
    text = write_markdown(ENGLISH)
    assert text.startswith(
        "**Outcome report, first round**\n\n# Answerable to whom? What 386 contributions say about partnerships\n\n*Outcome report of"
    )
    assert (
        "| Sector | Number | Share | Invited |\n| --- | --: | --: | --: |\n| Civil society | 131 | 34 % | 30 % |"
        in text
    )
    assert "| Cited in a finding | ████████████ | 62 % |" in text
    assert sum(token.type == "table_open" for token in tokens_of(text)) == 3


def test_write_markdown_contents_lead_to_the_headings_readers_make():
    text = written(
        Heading(1, "Who took part?", anchor="who"), Paragraph((Link("there", "#who"), Link("nowhere", "#none")))
    )
    assert "[there](<#who-took-part>)nowhere" in text
    listed = write_markdown(CHINESE)
    assert (
        "- [要点](#要点)\n- [谁参加了](#谁参加了)\n- [结论](#结论)\n  - [由谁选出比席位多少更重要](#由谁选出比席位多少更重要)"
        in listed
    )


def test_write_markdown_resolves_links_of_the_site():
    assert "[a](<https://a.example/r/1>)" in written(
        Paragraph((Link("a", "/r/1"),)), address="https://a.example/reports/7"
    )
    assert "[a](</r/1>)" in written(Paragraph((Link("a", "/r/1"),)))


@pytest.mark.parametrize("name", TEXTS)
def test_write_markdown_with_hostile_text_stays_text(name):
    tokens = tokens_of(write_markdown(document_full_of(TEXTS[name])))
    kinds = {token.type for token in tokens}
    assert kinds.isdisjoint({"html_block", "html_inline", "image", "fence", "code_block", "hr"})
    assert {token.attrGet("href") for token in tokens if token.type == "link_open"} <= {"https://answerable.example/"}


@pytest.mark.parametrize("line", TEXTS["markdown"].split("\n"))
def test_write_markdown_shows_each_mark_as_it_is(line):
    text = written(paragraph(line))
    assert shown(text.split("\n\n", 1)[1]) == line


def test_write_markdown_marks_made_by_two_pieces_together():
    text = written(Paragraph((Text("a\n1"), Text(". b !"), Link("c", "/d"))))
    kinds = {token.type for token in tokens_of(text)}
    assert kinds.isdisjoint({"ordered_list_open", "image"})
    assert shown(text) == "Ta\n1. b !c"


def test_write_markdown_cells_of_a_table_can_lead_somewhere():
    rows = (
        (Link("Wells | pumps", "#T-1"), Link("site", "https://answerable.example/a|b")),
        (Link("lost", "#T-2"), "x"),
    )
    text = written(Table("", ("Theme", "Where"), rows), Heading(1, "Wells | pumps", anchor="T-1"))
    links = [token.attrs["href"] for token in tokens_of(text) if token.type == "link_open"]
    assert links == ["#wells--pumps", "https://answerable.example/a%7Cb"]
    assert [token.type for token in tokens_of(text)].count("td_open") == 4


@pytest.mark.parametrize("href", BAD_ADDRESSES)
def test_write_markdown_with_an_address_that_could_do_harm(href):
    text = written(Paragraph((Link("words", href),)))
    assert text == "# T\n\nwords\n"


def test_write_markdown_of_a_very_long_paragraph():
    text = "word " * 200_000
    assert text.strip() in written(paragraph(text))


@pytest.mark.parametrize(
    "text", ["javascript:alert(1)", "javascript:x 'title'", 'data:x "t"', "word", "two\nlines", "(a) (b)"]
)
def test_write_markdown_note_is_no_address_to_a_reader_without_footnotes(text):
    tokens = tokens_of(written(Paragraph((Text("a"), footnote(text)))))
    assert [token for token in tokens if token.type == "link_open"] == []


def test_control_a_note_without_that_care_becomes_an_address():
    assert [token for token in tokens_of("a[^1]\n\n[^1]: word\n") if token.type == "link_open"]
