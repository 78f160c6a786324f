"""The PDF, read back: its tags, its text, and what it does without fonts."""

import io

import pytest
from pypdf import PdfReader
from pypdf.generic import ArrayObject

from answerable.documents.pdf import MissingFont, missing_scripts, write_pdf
from answerable.documents.pdf.coverage import characters_of
from answerable.documents.pdf.fonts import installed_fonts, script_of
from answerable.documents.structure import Bars, Document, Heading, Link, Paragraph, Quote, Table, Text, paragraph
from tests.documents.hostile import BAD_ADDRESSES, TEXTS, document_full_of
from tests.documents.samples import ARABIC, ENGLISH, REPORTS


def needs_fonts(document):
    missing = missing_scripts(document)
    if missing:
        pytest.skip(f"no installed font covers {', '.join(missing)}")
    return document


def read(document, **named):
    return PdfReader(io.BytesIO(write_pdf(document, **named)))


def text_of(reader):
    return "\n".join(page.extract_text() for page in reader.pages)


def tags_of(node, found):
    node = node.get_object()
    if isinstance(node, ArrayObject):
        for child in node:
            tags_of(child, found)
    elif isinstance(node, dict):
        if "/S" in node:
            found.append(node["/S"])
        if "/K" in node:
            tags_of(node["/K"], found)
    return found


def addresses_of(reader):
    annotations = [one.get_object() for page in reader.pages for one in page.get("/Annots", [])]
    return [one["/A"]["/URI"] for one in annotations if "/URI" in one.get("/A", {})]


@pytest.mark.parametrize("language", REPORTS)
def test_write_pdf_twice_gives_the_same_bytes(language):
    document = needs_fonts(REPORTS[language])
    assert write_pdf(document) == write_pdf(document)


def test_write_pdf_says_what_it_is():
    reader = read(needs_fonts(ENGLISH))
    assert reader.metadata.title == ENGLISH.title
    assert reader.metadata.author == ENGLISH.author
    assert reader.metadata.creation_date.date() == ENGLISH.published_on
    assert reader.root_object["/Lang"] == "en"
    assert reader.root_object["/MarkInfo"]["/Marked"]
    assert b"<pdfuaid:part>1</pdfuaid:part>" in reader.root_object["/Metadata"].get_data()


def test_write_pdf_is_tagged():
    tags = tags_of(read(needs_fonts(ENGLISH)).root_object["/StructTreeRoot"]["/K"], [])
    assert {
        "/H1",
        "/H2",
        "/H3",
        "/TOC",
        "/TOCI",
        "/L",
        "/LI",
        "/Table",
        "/TH",
        "/TD",
        "/Caption",
        "/BlockQuote",
        "/Link",
        "/Note",
    } <= set(tags)
    assert tags.count("/Table") == 3


def test_write_pdf_shows_the_text_and_its_page_numbers():
    reader = read(needs_fonts(ENGLISH))
    text = " ".join(text_of(reader).split())
    assert "Reporting upward has grown" in text
    assert "Spoken at a meeting and written down by a facilitator." in text
    assert [f"Page {number}" in page.extract_text() for number, page in enumerate(reader.pages, start=1)] == [
        True
    ] * len(reader.pages)
    assert [entry["/Title"] for entry in reader.outline if isinstance(entry, dict)][:2] == [
        "Key messages",
        "Who took part",
    ]


def test_write_pdf_in_a_language_written_from_the_right():
    reader = read(needs_fonts(ARABIC))
    assert reader.root_object["/Lang"] == "ar"
    assert reader.root_object["/ViewerPreferences"]["/Direction"] == "/R2L"


def test_write_pdf_cells_of_a_table_can_lead_somewhere():
    rows = ((Link("Wells", "#T-1"), Link("site", "https://answerable.example/")), (Link("lost", "#T-2"), "text"))
    reader = read(Document("T", "en", (Table("", ("Theme", "Where"), rows), Heading(2, "Wells", anchor="T-1"))))
    annotations = [one.get_object() for page in reader.pages for one in page.get("/Annots", [])]
    assert addresses_of(reader) == ["https://answerable.example/"]
    assert len(annotations) == 2
    assert "lost" in text_of(reader)


def test_write_pdf_links_lead_out_of_the_site():
    blocks = (
        Heading(1, "A"),
        Paragraph((Link("in", "#a"), Link("site", "/r/1"), Link("lost", "#none"), Link("", "https://b.example/"))),
    )
    assert addresses_of(read(Document("T", "en", blocks, address="https://a.example/x"))) == ["https://a.example/r/1"]
    assert addresses_of(read(Document("T", "en", blocks))) == []


@pytest.mark.parametrize("href", BAD_ADDRESSES)
def test_write_pdf_with_an_address_that_could_do_harm(href):
    reader = read(Document("T", "en", (Paragraph((Link("words", href),)),)))
    assert addresses_of(reader) == []
    assert "words" in text_of(reader)


@pytest.mark.parametrize("name", TEXTS)
def test_write_pdf_with_hostile_text_stays_text(name):
    reader = read(document_full_of(TEXTS[name]))
    assert reader.metadata.title == " ".join(reader.metadata.title.split())
    assert "/OpenAction" not in reader.root_object
    assert "/JavaScript" not in reader.root_object.get("/Names", {})
    assert set(addresses_of(reader)) <= {"https://answerable.example/"}


def test_write_pdf_shows_source_of_the_engine_as_it_is():
    text = text_of(read(Document("T", "en", (paragraph(TEXTS["typst"]),))))
    assert '#eval("1+1")' in text
    assert '#read("/etc/passwd")' in text
    assert "root:" not in text


def test_write_pdf_of_skipped_levels_and_empty_pieces():
    blocks = (
        Heading(4, "deep"),
        Heading(2, "two"),
        paragraph(""),
        Quote(""),
        Table("", (), ()),
        Bars("", ()),
        Table("c", ("a",), ()),
    )
    tags = tags_of(read(Document("", "", blocks)).root_object["/StructTreeRoot"]["/K"], [])
    assert tags.count("/H1") == 2


def test_write_pdf_breaks_a_word_without_end():
    text = text_of(read(Document("T", "en", (paragraph("x" * 2000),))))
    assert text.count("x") == 2000
    assert max(line.count("x") for line in text.split("\n")) < 200


def test_write_pdf_of_a_long_paragraph():
    assert text_of(read(Document("T", "en", (paragraph("word " * 20_000),)))).count("word") == 20_000


def test_write_pdf_without_a_font_names_the_script():
    document = Document("T", "en", (paragraph("hello Привет 中文 العربية"),))
    assert missing_scripts(document, system_fonts=False) == ["Arabic", "Han"]
    with pytest.raises(MissingFont, match="No installed font covers: Arabic, Han") as caught:
        write_pdf(document, system_fonts=False)
    assert caught.value.scripts == ("Arabic", "Han")


def test_write_pdf_without_any_font_of_the_system():
    assert "plain words" in text_of(read(Document("T", "en", (paragraph("plain words"),)), system_fonts=False))


def test_write_pdf_writes_a_sign_without_font_by_its_name():
    document = Document("T", "en", (Paragraph((Text("a \U0001f33e\ufe0f b \ue000"),)),))
    assert missing_scripts(document, system_fonts=False) == []
    text = " ".join(text_of(read(document, system_fonts=False)).split())
    assert "a [EAR OF RICE] b [U+E000]" in text


@pytest.mark.parametrize(
    ("character", "script"),
    [
        ("ع", "Arabic"),
        ("中", "Han"),
        ("ひ", "Hiragana"),
        ("한", "Hangul"),
        ("ᱚ", "Ol Chiki"),
        ("ā", "Latin"),
        ("\u0378", "Unknown"),
        ("፩", "Ethiopic"),
    ],
)
def test_script_of_a_character(character, script):
    assert script_of(ord(character)) == script


def test_characters_of_what_is_no_font(tmp_path):
    path = tmp_path / "font.ttf"
    for content in (
        b"",
        b"not a font at all",
        b"ttcf" + b"\xff" * 40,
        b"\0\1\0\0\0\1" + b"\0" * 6 + b"cmap" + b"\xff" * 12,
    ):
        path.write_bytes(content)
        characters_of.cache_clear()
        assert characters_of(str(path), index=0) == frozenset()
    assert characters_of(str(tmp_path / "none.ttf"), index=0) == frozenset()


def test_characters_of_an_installed_font_are_those_the_engine_draws():
    fonts = installed_fonts((), with_system=True)
    families = [family for family in ("Noto Sans", "DejaVu Sans") if fonts.has(family)]
    if not families:
        pytest.skip("neither Noto Sans nor DejaVu Sans is installed")
    found = fonts.characters(families[0])
    assert {ord("a"), ord("я"), ord("ω")} <= found
    assert ord("中") not in found
