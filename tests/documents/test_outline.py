"""Anchors, and the tree of headings."""

from answerable.documents.outline import outline_of, slug
from answerable.documents.structure import Document, Heading


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


def test_depth_of_headings_that_skip_levels():
    entries = headings(Heading(2, "a"), Heading(4, "b"), Heading(3, "c"), Heading(1, "d"), Heading(3, "e")).entries
    assert [entry.depth for entry in entries] == [0, 1, 1, 0, 1]


def test_listed_headings_leave_out_the_lowest():
    assert [entry.text for entry in headings(Heading(1, "a"), Heading(4, "b"), Heading(3, "c")).listed] == ["a", "c"]


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
