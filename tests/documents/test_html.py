"""The page that stands alone, and the fragment for a page of the site."""

from html.parser import HTMLParser

import pytest
from lxml import etree, html

from answerable.documents.html import own_stylesheet, stylesheet_source, write_html, write_html_fragment
from answerable.documents.structure import (
    Document,
    Heading,
    Link,
    Note,
    Paragraph,
    Quote,
    Table,
    Text,
    footnote,
    paragraph,
)
from tests.documents.hostile import BAD_ADDRESSES, TEXTS, document_full_of
from tests.documents.samples import ARABIC, ENGLISH, REPORTS

ALLOWED_TAGS = {
    "html", "head", "meta", "title", "style", "body", "main", "header", "section", "div", "nav", "h1", "h2", "h3", "h4", "h5",
    "p", "ul", "ol", "li", "a", "sup", "span", "strong", "em", "code", "br", "time", "blockquote", "footer", "table", "caption",
    "thead", "tbody", "tr", "th", "td", "progress",
}  # fmt: skip
ALLOWED_ATTRIBUTES = {
    "lang", "dir", "charset", "name", "content", "http-equiv", "class", "id", "href", "role", "aria-labelledby", "aria-label",
    "aria-hidden", "scope", "data-label", "max", "value", "datetime",
}  # fmt: skip
EMPTY_TAGS = {"meta", "br"}


class Balance(HTMLParser):
    """Follow which elements are open, as a strict reader would."""

    def __init__(self):
        super().__init__()
        self.open, self.faults = [], []

    def handle_starttag(self, tag, _attributes):
        if tag not in EMPTY_TAGS:
            self.open.append(tag)

    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            self.faults.append(tag)


def page_of(document):
    return html.document_fromstring(write_html(document).encode())


def words_of(element):
    return " ".join("".join(element.itertext()).split())


@pytest.mark.parametrize("language", REPORTS)
def test_write_html_closes_what_it_opens(language):
    balance = Balance()
    balance.feed(write_html(REPORTS[language]))
    assert (balance.open, balance.faults) == ([], [])


@pytest.mark.parametrize("language", REPORTS)
def test_write_html_gives_every_id_once_and_every_link_a_target(language):
    page = page_of(REPORTS[language])
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))
    assert {href[1:] for href in page.xpath("//@href") if href.startswith("#")} <= set(ids)


def test_write_html_in_a_language_written_from_the_right():
    page = page_of(ARABIC)
    assert (page.get("lang"), page.get("dir")) == ("ar", "rtl")
    assert [(quote.get("lang"), quote.get("dir")) for quote in page.xpath("//blockquote")] == [
        ("ar", "rtl"),
        ("en", "ltr"),
    ]
    assert page.xpath("//blockquote[@lang='en']/footer")[0].get("lang") == "ar"


def test_write_html_headings_and_contents():
    page = page_of(ENGLISH)
    assert [words_of(one) for one in page.xpath("//h1")] == [ENGLISH.title]
    assert [words_of(one) for one in page.xpath("//section/h2")] == [
        "Key messages", "Who took part", "Findings", "Recommendations and responses", "Notes",
    ]  # fmt: skip
    tree = page.xpath("//nav/ul")[0]
    assert [words_of(one) for one in tree.xpath("./li/a")] == [
        "Key messages",
        "Who took part",
        "Findings",
        "Recommendations and responses",
    ]
    assert [words_of(one) for one in tree.xpath("./li/ul/li/ul/li/a")] == ["What contributors propose"]


def test_write_html_footnotes_lead_there_and_back():
    page = page_of(ENGLISH)
    assert page.xpath("//a[@role='doc-noteref']/@href") == ["#fn-1", "#fn-2"]
    assert page.xpath("//li[starts-with(@id, 'fn-')]/a[@role='doc-backlink']/@href") == ["#fnref-1", "#fnref-2"]
    assert "Counted on the day the consultation closed" in words_of(page.xpath("//li[@id='fn-1']")[0])


def test_write_html_numbers_equal_footnotes_apart():
    same = footnote("Same words.")
    page = page_of(Document("T", "en", (Paragraph((Text("a"), same, Text("b"), same)),)))
    assert page.xpath("//sup/a/text()") == ["1", "2"]


def test_write_html_tables_name_their_rows_and_columns():
    narrow, wide = [table for table in page_of(ENGLISH).xpath("//table") if table.get("class") != "table bars"]
    assert narrow.xpath("./thead/tr/th/@scope") == ["col"] * 4
    assert narrow.xpath("./tbody/tr[1]/th[@scope='row']/text()") == ["Civil society"]
    assert narrow.xpath("./tbody/tr[1]/td[@class='num']/text()") == ["131", "34 %", "30 %"]
    assert wide.xpath("./tbody/tr[1]/td/@data-label") == ["Addressed to", "Response", "Reason given", "What follows"]


def test_write_html_cells_of_a_table_can_lead_somewhere():
    rows = (
        (Link("Wells & pumps", "#T-1"), Link("site", "https://answerable.example/")),
        (Link("lost", "#T-2"), "text"),
    )
    page = page_of(
        Document("T", "en", (Table("", ("Theme", "Where"), rows), Heading(2, "Wells & pumps", anchor="T-1")))
    )
    assert page.xpath("//tbody//a/@href") == ["#t-1", "https://answerable.example/"]
    assert page.xpath("//tbody//a/text()") == ["Wells & pumps", "site"]
    assert [words_of(cell) for cell in page.xpath("//tbody/tr[2]/*")] == ["lost", "text"]
    assert page.xpath("//h3/@id") == ["t-1"]


def test_write_html_lets_a_cell_break_where_it_is_long_without_a_space():
    rows = (("Version", "3"), ("SHA-256", "0123456789abcdef" * 4))
    table = Table("Made with", ("Part", "Value"), rows)
    page = page_of(Document("T", "en", (table,)))
    assert page.xpath("//td/@class") == ["long"]
    assert ".table .long { overflow-wrap: anywhere; }" in own_stylesheet()


def test_write_html_bars_stand_beside_their_numbers():
    rows = page_of(ENGLISH).xpath("//table[@class='table bars']//tr")
    assert [(row.xpath(".//progress/@value")[0], words_of(row.xpath("./td[2]")[0])) for row in rows] == [
        ("0.6240", "62 %"), ("0.2670", "27 %"), ("0.1090", "11 %"),
    ]  # fmt: skip


def test_write_html_allows_itself_one_style_sheet_and_no_script():
    text = write_html(ENGLISH)
    policy = page_of(ENGLISH).xpath("//meta[@http-equiv='Content-Security-Policy']/@content")[0]
    assert (
        policy
        == f"default-src 'none'; style-src {stylesheet_source(own_stylesheet())}; base-uri 'none'; form-action 'none'"
    )
    assert f"<style>{own_stylesheet()}</style>" in text


def test_write_html_with_a_style_sheet_of_the_caller():
    text = write_html(ENGLISH, stylesheet="p { color: red } /* </style><script> */")
    assert "p { color: red }" in text
    assert text.count("</style>") == 1


def test_fragment_has_no_style_and_no_title():
    text = write_html_fragment(ENGLISH, prefix="report-")
    assert "style" not in etree.tostring(html.fragment_fromstring(text, create_parent="div")).decode()
    assert "<h1" not in text
    ids = html.fragment_fromstring(text, create_parent="div").xpath("//@id")
    assert ids
    assert all(one.startswith("report-") for one in ids)


def test_fragment_uses_the_classes_of_the_site():
    text = write_html_fragment(ENGLISH)
    for name in (
        'class="quote said"',
        'class="table"',
        'class="table records"',
        'class="note warm"',
        'class="note bad"',
        'class="note"',
        'class="bullets"',
        'class="tree"',
    ):
        assert name in text, name


def test_fragment_of_text_before_the_first_heading():
    text = write_html_fragment(
        Document("T", "en", (paragraph("before"), Heading(2, "sub"), Heading(1, "main"), paragraph("after")))
    )
    assert text == (
        '<section class="section"><div class="flow">\n<p>before</p>\n<h3 id="sub">sub</h3>\n</div></section>\n'
        '<section class="section" aria-labelledby="main"><h2 id="main">main</h2><div class="flow">\n<p>after</p>\n</div></section>\n'
    )


def test_fragment_of_nothing():
    assert write_html_fragment(Document("T", "en", ())) == "\n"


@pytest.mark.parametrize("name", TEXTS)
def test_write_html_with_hostile_text_stays_text(name):
    page = page_of(document_full_of(TEXTS[name]))
    elements = [one for one in page.iter() if isinstance(one.tag, str)]
    assert {one.tag for one in elements} <= ALLOWED_TAGS
    assert {attribute for one in elements for attribute in one.attrib} <= ALLOWED_ATTRIBUTES
    assert [href for href in page.xpath("//@href") if not href.startswith(("#", "https://answerable.example/"))] == []


def test_write_html_with_a_script_shows_it():
    page = page_of(Document("T", "en", (paragraph(TEXTS["script"]),)))
    assert "".join(page.xpath("//main//p")[0].itertext()) == TEXTS["script"]


@pytest.mark.parametrize("href", BAD_ADDRESSES)
def test_write_html_with_an_address_that_could_do_harm(href):
    page = page_of(Document("T", "en", (Paragraph((Link("words", href),)),)))
    assert page.xpath("//a") == []
    assert words_of(page.xpath("//main//p")[0]) == "words"


def test_write_html_controls_are_gone():
    text = write_html(document_full_of(TEXTS["controls"]))
    assert not any(ord(character) < 32 and character != "\n" for character in text)
    assert "\ud800" not in text
    text.encode("utf-8")


def test_write_html_quote_in_paragraphs_and_of_unknown_language():
    page = page_of(
        Document("T", "en", (Quote("مرحبا\nبكم\n\nثانيا"), Note("n", (paragraph("p"),)), Table("", ("a",), (("b",),))))
    )
    quote = page.xpath("//blockquote")[0]
    assert (quote.get("lang"), quote.get("dir"), len(quote.xpath("./p")), len(quote.xpath("./p[1]/br"))) == (
        None,
        "rtl",
        2,
        1,
    )


def test_write_html_of_a_very_long_paragraph():
    text = "word " * 200_000
    assert text in write_html(Document("T", "en", (paragraph(text),)))
