"""The DOCX, read back by the library and as the XML it is."""

import io
import zipfile
from datetime import datetime

import docx
import pytest
from docx.oxml.ns import qn
from lxml import etree

from answerable.documents.docx import write_docx
from answerable.documents.docx.runs import runs_of
from answerable.documents.structure import (
    Bars,
    Document,
    Heading,
    Link,
    PageBreak,
    Paragraph,
    Quote,
    Table,
    Text,
    bullet_list,
    footnote,
    paragraph,
)
from tests.documents.hostile import BAD_ADDRESSES, CONTROLS, TEXTS, document_full_of
from tests.documents.samples import ARABIC, CHINESE, ENGLISH, REPORTS

W = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
}


def part_of(content, name):
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return etree.fromstring(archive.read(name))


def body_of(document):
    return part_of(write_docx(document), "word/document.xml")


def values(element, path):
    return element.xpath(path, namespaces=W)


def words(element):
    return "".join(values(element, ".//w:t/text()"))


def quote_runs(document):
    body = body_of(document)
    return [
        values(run, "w:rPr/w:lang")[0]
        for run in values(body, "//w:p[w:pPr/w:pStyle/@w:val='Quote']/w:r[w:t][w:rPr/w:lang]")
    ]


@pytest.mark.parametrize("language", REPORTS)
def test_write_docx_twice_gives_the_same_bytes(language):
    assert write_docx(REPORTS[language]) == write_docx(REPORTS[language])


def test_write_docx_packs_without_the_time():
    with zipfile.ZipFile(io.BytesIO(write_docx(ENGLISH))) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert archive.namelist()[:2] == ["[Content_Types].xml", "_rels/.rels"]
        assert archive.testzip() is None


def test_write_docx_headings_are_headings():
    read = docx.Document(io.BytesIO(write_docx(ENGLISH)))
    found = [(one.style.name, one.text) for one in read.paragraphs if one.style.name.startswith("Heading")]
    assert found == [
        ("Heading 1", "Key messages"),
        ("Heading 1", "Who took part"),
        ("Heading 1", "Findings"),
        ("Heading 2", "Seats at the table matter less than who chose the person sitting there"),
        ("Heading 3", "What contributors propose"),
        ("Heading 4", "Remaining doubt"),
        ("Heading 1", "Recommendations and responses"),
    ]


def test_write_docx_names_only_styles_that_exist():
    content = write_docx(ENGLISH)
    styles = set(values(part_of(content, "word/styles.xml"), "//w:style/@w:styleId"))
    for name in ("word/document.xml", "word/footnotes.xml"):
        used = values(part_of(content, name), "//w:pStyle/@w:val | //w:rStyle/@w:val | //w:tblStyle/@w:val")
        assert set(used) <= styles


def test_write_docx_contents_are_a_field_that_shows_its_entries():
    body = body_of(ENGLISH)
    block = values(body, "//w:sdt")[0]
    assert values(block, ".//w:docPartGallery/@w:val") == ["Table of Contents"]
    assert values(block, ".//w:instrText/text()") == [' TOC \\o "1-3" \\h \\z \\u ']
    assert values(block, ".//w:fldChar/@w:fldCharType") == ["begin", "separate", "end"]
    entries = values(block, ".//w:hyperlink")
    assert [words(entry) for entry in entries][:2] == ["Key messages", "Who took part"]
    marks = set(values(body, "//w:bookmarkStart/@w:name"))
    assert {entry.get(qn("w:anchor")) for entry in entries} <= marks


def test_write_docx_footnotes_are_real():
    content = write_docx(ENGLISH)
    notes = part_of(content, "word/footnotes.xml")
    assert values(notes, "w:footnote/@w:id") == ["-1", "0", "1", "2"]
    assert values(notes, "w:footnote/@w:type") == ["separator", "continuationSeparator"]
    assert [words(note).strip() for note in values(notes, "w:footnote[not(@w:type)]")] == [
        "Counted on the day the consultation closed; see the method.",
        "Spoken at a meeting and written down by a facilitator.",
    ]
    assert values(part_of(content, "word/document.xml"), "//w:footnoteReference/@w:id") == ["1", "2"]
    assert values(part_of(content, "word/settings.xml"), "w:footnotePr/w:footnote/@w:id") == ["-1", "0"]
    links = part_of(content, "word/_rels/footnotes.xml.rels")
    assert [link.get("Target") for link in links] == ["https://answerable.example/method"]


def test_write_docx_quotes_carry_their_language():
    languages = [dict(lang.attrib) for lang in quote_runs(ENGLISH)]
    assert {qn("w:val"): "en-GB"} in languages
    assert {qn("w:bidi"): "ar-SA"} in languages
    assert {qn("w:eastAsia"): "zh-CN"} in languages


def test_write_docx_from_the_right():
    body = body_of(ARABIC)
    switched = {
        paragraph.get(qn("w:val")) for paragraph in values(body, "//w:p[w:pPr/w:pStyle/@w:val='Normal']/w:pPr/w:bidi")
    }
    assert switched == {"1"}
    assert len(values(body, "//w:tbl/w:tblPr/w:bidiVisual")) == 2
    assert values(body, "//w:sectPr/w:bidi")
    english = values(body, "//w:p[w:pPr/w:pStyle/@w:val='Quote'][w:pPr/w:bidi/@w:val='0']")
    assert [words(one) for one in english] == [
        "Our delegate was picked in the capital. We learned her name from the minutes."
    ]
    assert values(english[0], "w:pPr/w:pBdr/w:left")
    assert not values(english[0], ".//w:rtl")


def test_write_docx_languages_of_the_whole_file():
    for document, expected in ((ENGLISH, "val"), (ARABIC, "bidi"), (CHINESE, "eastAsia")):
        styles = part_of(write_docx(document), "word/styles.xml")
        assert list(values(styles, "w:docDefaults//w:lang")[0].attrib) == [qn(f"w:{expected}")]


def test_write_docx_tables_repeat_their_headings_and_carry_captions():
    table = values(body_of(ENGLISH), "//w:tbl")[0]
    assert len(values(table, "w:tr[w:trPr/w:tblHeader]")) == 1
    assert len(values(table, "w:tr")) == 6
    assert values(table, "w:tblPr/w:tblCaption/@w:val") == [
        "Contributions by sector: number, share received and share invited"
    ]
    caption = table.getprevious()
    assert values(caption, "w:pPr/w:pStyle/@w:val") == ["Caption"]
    assert values(table, "w:tr[1]//w:pStyle/@w:val") == [
        "TableHead",
        "TableHeadNumber",
        "TableHeadNumber",
        "TableHeadNumber",
    ]


def test_write_docx_bars_are_as_long_as_their_share():
    content = write_docx(
        Document("T", "en", (Bars("B", (("whole", 1.0, "100 %"), ("half", 0.5, "50 %"), ("none", 0.0, "0 %"))),))
    )
    read = docx.Document(io.BytesIO(content))
    whole, half = (int(shape.width) for shape in read.inline_shapes)
    assert whole == 2 * half
    assert [row.cells[2].text for row in read.tables[0].rows] == ["100 %", "50 %", "0 %"]
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert [name for name in archive.namelist() if name.startswith("word/media/")] == ["word/media/image1.png"]


def test_write_docx_ordered_lists_begin_again_at_one():
    content = write_docx(
        Document("T", "en", (bullet_list("a", ordered=True), bullet_list("b", ordered=True), bullet_list("c")))
    )
    assert values(part_of(content, "word/document.xml"), "//w:numId/@w:val") == ["3", "4"]
    numbering = part_of(content, "word/numbering.xml")
    assert values(numbering, "w:num[@w:numId='4']/w:lvlOverride/w:startOverride/@w:val") == ["1"]


def test_write_docx_properties():
    properties = docx.Document(io.BytesIO(write_docx(ENGLISH))).core_properties
    assert (properties.title, properties.author, properties.language) == (ENGLISH.title, ENGLISH.author, "en")
    assert properties.created.replace(tzinfo=None) == datetime(2026, 3, 3)  # noqa: DTZ001
    assert properties.comments == ""


def test_write_docx_without_a_date_claims_none():
    core = part_of(write_docx(Document("T", "en", ())), "docProps/core.xml")
    assert [one.tag for one in core if one.tag.endswith(("created", "modified"))] == []


def test_write_docx_links():
    link = Paragraph(
        (Link("in", "#a"), Link("out", "https://a.example/?b=1&c=2"), Link("site", "/r/1"), Link("lost", "#none"))
    )
    body = body_of(Document("T", "en", (Heading(1, "A"), link)))
    assert [words(one) for one in values(body, "//w:hyperlink")] == ["in", "out"]
    assert words(values(body, "//w:p[w:hyperlink]")[0]) == "inoutsitelost"


def test_write_docx_cells_of_a_table_can_lead_somewhere():
    rows = ((Link("Wells", "#T-1"), Link("site", "https://answerable.example/")), (Link("lost", "#T-2"), "text"))
    body = body_of(Document("T", "en", (Table("", ("Theme", "Where"), rows), Heading(2, "Wells", anchor="T-1"))))
    assert [words(one) for one in values(body, "//w:tc//w:hyperlink")] == ["Wells", "site"]
    assert [words(one) for one in values(body, "//w:tc")] == ["Theme", "Where", "Wells", "site", "lost", "text"]
    (anchor,) = values(body, "//w:tc//w:hyperlink/@w:anchor")
    assert anchor in values(body, "//w:bookmarkStart/@w:name")


@pytest.mark.parametrize("href", BAD_ADDRESSES)
def test_write_docx_with_an_address_that_could_do_harm(href):
    content = write_docx(Document("T", "en", (Paragraph((Link("words", href),)),)))
    assert values(part_of(content, "word/document.xml"), "//w:hyperlink") == []
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert b"External" not in archive.read("word/_rels/document.xml.rels")


@pytest.mark.parametrize("name", TEXTS)
def test_write_docx_with_hostile_text_opens_and_stays_text(name):
    content = write_docx(document_full_of(TEXTS[name]))
    docx.Document(io.BytesIO(content))
    fields = values(part_of(content, "word/document.xml"), "//w:instrText/text()")
    assert fields == []


def test_write_docx_shows_a_script_and_drops_controls():
    body = body_of(Document("T", "en", (paragraph(TEXTS["script"]), paragraph(CONTROLS))))
    shown = [words(one) for one in values(body, "//w:p[w:pPr/w:pStyle/@w:val='Normal']")]
    assert shown == [TEXTS["script"], "abcdefg\ufffdhi j"]


def test_write_docx_of_a_very_long_paragraph_and_of_empty_pieces():
    text = "word " * 200_000
    body = body_of(
        Document("T", "en", (paragraph(text), paragraph(""), Quote(""), PageBreak(), Table("", (), ()), Bars("", ())))
    )
    assert words(values(body, "//w:p[w:pPr/w:pStyle/@w:val='Normal']")[0]) == text
    assert values(body, "//w:br[@w:type='page']")


def parts_of(text, **named):
    return [("".join(run.xpath("w:t/text()")), bool(run.xpath("w:rPr/w:rtl"))) for run in runs_of(text, **named)]


def test_runs_part_where_the_direction_turns():
    assert parts_of("قال report.pdf (12) له", language="ar", base="rtl") == [
        ("قال ", True),
        ("report.pdf", False),
        (" (12) له", True),
    ]
    assert parts_of("said نعم، لا twice", language="en", base="ltr") == [
        ("said ", False),
        ("نعم، لا", True),
        (" twice", False),
    ]


def test_runs_of_a_note_in_another_language():
    content = write_docx(Document("T", "en", (Paragraph((Text("a"), footnote("merci", language="fr"))),)))
    assert values(part_of(content, "word/footnotes.xml"), "//w:r[w:t='merci']/w:rPr/w:lang/@w:val") == ["fr-FR"]
