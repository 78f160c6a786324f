"""What a document refuses to be."""

import pytest

from answerable.documents.structure import (
    BulletList,
    Footnote,
    Heading,
    Paragraph,
    Table,
    Text,
    bullet_list,
    footnote,
    paragraph,
)


@pytest.mark.parametrize("level", [0, 5])
def test_heading_of_a_level_without_a_style(level):
    with pytest.raises(ValueError, match=f"1 to 4, not {level}"):
        Heading(level, "Too deep")


def test_table_with_a_row_that_does_not_fit():
    with pytest.raises(ValueError, match="Row 2 of the table has 1 cells for 2 headings"):
        Table("", ("a", "b"), (("1", "2"), ("3",)))


def test_plain_texts_made_into_pieces():
    assert paragraph("a", language="fr") == Paragraph((Text("a", language="fr"),))
    assert footnote("a") == Footnote((Text("a"),))
    assert bullet_list("a", "b", ordered=True) == BulletList(((Text("a"),), (Text("b"),)), ordered=True)


def test_document_compared_by_what_it_says():
    assert hash(paragraph("a")) == hash(paragraph("a"))
    assert paragraph("a") != paragraph("b")
