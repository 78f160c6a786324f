"""Anchors, and the tree of headings."""

import io
import zipfile

from answerable.documents.docx import write_docx
from answerable.documents.html import write_html
from answerable.documents.markdown import write_markdown
from answerable.documents.outline import outline_of, slug
from answerable.documents.structure import Block, Contents, Document, Heading


def headings(*blocks: Heading):
    return outline_of(Document("T", "en", blocks))


def test_anchors_of_headings_with_the_same_text():
    entries = headings(Heading(1, "A b"), Heading(1, "A b"), Heading(1, "?"), Heading(1, "!")).entries
    assert [entry.anchor for entry in entries] == ["a-b", "a-b-1", "section", "section-1"]


def test_anchor_that_a_writer_uses_itself():
    assert [entry.anchor for entry in headings(Heading(1, "fn-1"), Heading(1, "x", anchor="fnref-2")).entries] == [
        "fn-1-1",
        "fnref-2-1",
    ]


def test_a_link_means_the_heading_its_author_named_before_one_that_is_called_so():
    outline = headings(Heading(1, "same"), Heading(1, "other", anchor="same"), Heading(1, "third", anchor="same"))
    assert [outline.place_of(anchor) for anchor in ("same", "same-1", "same-2", "gone", "")] == [1, 1, 2, None, None]
    assert outline.find("same") == outline.entries[1]
    assert outline.find("gone") is None


def test_depth_of_headings_that_skip_levels():
    entries = headings(Heading(2, "a"), Heading(4, "b"), Heading(3, "c"), Heading(1, "d"), Heading(3, "e")).entries
    assert [entry.depth for entry in entries] == [0, 1, 1, 0, 1]


def test_listed_headings_leave_out_the_lowest():
    assert [entry.text for entry in headings(Heading(1, "a"), Heading(4, "b"), Heading(3, "c")).listed] == ["a", "c"]


def test_listed_headings_of_a_long_document_are_fewer_levels():
    chapters = [Heading(1, f"chapter {number}") for number in range(10)]
    parts = [Heading(2, f"part {number}") for number in range(50)]
    sections = [Heading(3, f"section {number}") for number in range(61)]
    assert headings(*chapters, *parts, *sections[:60]).lowest_listed == 3
    assert {entry.level for entry in headings(*chapters, *parts, *sections).listed} == {1, 2}
    assert {entry.level for entry in headings(*chapters, *parts, *parts, *parts).listed} == {1}
    assert len(headings(*[Heading(2, "same")] * 130, Heading(4, "deep")).listed) == 130


def test_contents_of_a_long_document_agree_in_every_form():
    blocks: list[Block] = [Contents()]
    for number in range(20):
        blocks += [Heading(1, f"Question {number}"), *(Heading(2, f"Theme {number} {theme}") for theme in range(6))]
    document = Document("Long", "en", tuple(blocks))
    assert write_html(document).count("<li>") == 20
    assert "(#theme-0-0)" not in write_markdown(document)
    package = zipfile.ZipFile(io.BytesIO(write_docx(document)))
    body = package.read("word/document.xml").decode()
    assert 'TOC \\o "1-1"' in body
    assert body.count('w:history="1"') == 20


def test_find_takes_the_anchor_the_author_gave_before_one_we_made():
    outline = headings(Heading(1, "Who"), Heading(1, "Other", anchor="who"))
    assert outline.find("who") == outline.entries[1]
    assert outline.find("other") is None
    assert outline.find("") is None


def test_slug_of_letters_of_any_script():
    assert [slug(text) for text in ("Who took part?", "谁参加了", "مَن شارك", "a — b", "!")] == [
        "who-took-part",
        "谁参加了",
        "من-شارك",
        "a--b",
        "",
    ]
