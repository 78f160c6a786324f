"""Write the text of a DOCX, block by block in its order."""

import io
from functools import singledispatchmethod

from docx.document import Document as Package
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.part import Part
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement

from answerable.documents import structure
from answerable.documents.characters import cleaned, one_line, paragraphs_of
from answerable.documents.docx.archive import packed_again
from answerable.documents.docx.contents import contents, heading_paragraph, mark_of
from answerable.documents.docx.footnotes import Footnotes
from answerable.documents.docx.parts import list_numbering, prepared_package
from answerable.documents.docx.runs import Look, runs_of
from answerable.documents.docx.tables import Tables
from answerable.documents.docx.xml import element, paragraph
from answerable.documents.languages import Direction, direction_of, direction_of_text, language_tag, long_date
from answerable.documents.links import absolute_href
from answerable.documents.outline import outline_of

TONES = {"plain": ("F0F4F1", "0B5351"), "warm": ("FBEFDC", "E7A13C"), "bad": ("FAE6E3", "A02327")}
"""The fill and the rule of a note of each tone."""

QUOTE_RULE = "E7A13C"
FIRST_FREE_NUMBERING = 3
"""The first number of a list that numbering.xml leaves free."""

Elements = list[BaseOxmlElement]
Properties = tuple[BaseOxmlElement, ...]


def write_docx(document: structure.Document) -> bytes:
    """
    Return a document as a DOCX file.

    Headings, table of contents, footnotes, captions and table headings are the real ones, so that a secretariat can
    go on editing. The table of contents lists its entries at once; page numbers come when it is updated.
    """
    return packed_again(_Writer(cleaned(document)).file())


class _Writer:
    """Write one document, counting its headings, lists and notes as they come."""

    def __init__(self, document: structure.Document) -> None:
        self.document = document
        self.language = language_tag(document.language)
        self.direction: Direction = direction_of(self.language)
        self.package: Package = prepared_package(document)
        self.footnotes = Footnotes(self.package, rtl=self.direction == "rtl")
        self.outline = outline_of(document)
        self.tables = Tables(
            self.package, language=self.language, direction=self.direction, linked=self._linked_in_a_table
        )
        self.numbers = iter(range(len(self.outline.entries)))
        self.ordered_lists = 0

    def file(self) -> bytes:
        """Return the file as the library packs it."""
        end = self.package.element.body.sectPr
        made = self._title()
        for block in self.document.blocks:
            made += self.block(block)
        for one in made:
            end.addprevious(one)
        packed = io.BytesIO()
        self.package.save(packed)
        return packed.getvalue()

    def _title(self) -> Elements:
        """Return the head of the first page; its first paragraph carries the rule, with or without a subject."""
        document = self.document
        day = long_date(document.published_on, language=document.language) if document.published_on else ""
        byline = " · ".join(one_line(text) for text in (document.author, day) if text)
        texts = (
            ("ReportSubject", one_line(document.subject)),
            ("Title", one_line(document.title)),
            ("Subtitle", document.subtitle),
            ("ReportByline", byline),
        )
        return [self._plain(text, style=style) for style, text in texts if text or style == "ReportSubject"]

    @singledispatchmethod
    def block(self, block: structure.Block) -> Elements:
        """Return one block as paragraphs and tables."""
        raise TypeError(type(block).__name__)

    @block.register
    def _(self, _heading: structure.Heading) -> Elements:
        number = next(self.numbers)
        entry = self.outline.entries[number]
        runs = runs_of(entry.text, language=self.language, base=self.direction)
        return [heading_paragraph(runs, level=entry.level, number=number, rtl=self.direction == "rtl")]

    @block.register
    def _(self, part: structure.Paragraph) -> Elements:
        return [self._paragraph(self.inline(part.content), style="Normal")]

    @block.register
    def _(self, quote: structure.Quote) -> Elements:
        language = language_tag(quote.language)
        direction = direction_of(language) if language else direction_of_text(quote.text)
        parts = [
            runs_of(text, language=language or self.language, base=direction) for text in paragraphs_of(quote.text)
        ]
        if quote.footnote:
            parts[-1].append(self.reference(quote.footnote))
        made = []
        for number, runs in enumerate(parts, start=1):
            is_last = number == len(parts) and not quote.attribution
            properties = (*_kept_with_next(wanted=not is_last), side_rule(QUOTE_RULE, direction=direction))
            made.append(self._paragraph(runs, style="Quote", properties=properties, direction=direction))
        if quote.attribution:
            source = self.inline(quote.attribution)
            properties = (side_rule(QUOTE_RULE, direction=direction),)
            made.append(self._paragraph(source, style="QuoteSource", properties=properties, direction=direction))
        return [*made, self._gap()]

    @block.register
    def _(self, bullets: structure.BulletList) -> Elements:
        if not bullets.ordered:
            return [self._paragraph(self.inline(item), style="ListBullet") for item in bullets.items] + [self._gap()]
        numbering = list_numbering(self.package, number=FIRST_FREE_NUMBERING + self.ordered_lists)
        self.ordered_lists += 1
        made = []
        for item in bullets.items:
            counted = element("numPr", element("ilvl", val="0"), element("numId", val=numbering))
            made.append(self._paragraph(self.inline(item), style="ListNumber", properties=(counted,)))
        return [*made, self._gap()]

    @block.register
    def _(self, table: structure.Table) -> Elements:
        return [*self.tables.written(table), self._gap()] if table.headings else []

    @block.register
    def _(self, bars: structure.Bars) -> Elements:
        return [*self.tables.bars(bars), self._gap()] if bars.rows else []

    @block.register
    def _(self, note: structure.Note) -> Elements:
        fill, rule = TONES[note.tone]
        texts = [("NoteTitle", runs_of(note.title, language=self.language, base=self.direction))] if note.title else []
        texts += [("NoteText", self.inline(part.content)) for part in note.content]
        made = []
        for style, runs in texts:
            box = (
                side_rule(rule, direction=self.direction, fill=fill),
                element("shd", val="clear", color="auto", fill=fill),
            )
            made.append(self._paragraph(runs, style=style, properties=box))
        return [self._gap(), *made, self._gap()]

    @block.register
    def _(self, _contents: structure.Contents) -> Elements:
        return contents(
            self.outline, title=self.document.words.contents, language=self.language, direction=self.direction
        )

    @block.register
    def _(self, _page_break: structure.PageBreak) -> Elements:
        return [self._paragraph([element("r", element("br", type="page"))], style="AfterBlock")]

    def inline(self, content: tuple[structure.Inline, ...], *, part: Part | None = None) -> Elements:
        """Return pieces of running text as runs; `part` is the part of the file that links are related to."""
        made: Elements = []
        for piece in content:
            if isinstance(piece, structure.Footnote):
                made.append(self.reference(piece))
            elif isinstance(piece, structure.Link):
                made += self.link(piece, part=part or self.package.part)
            else:
                look = Look(style="Code" if piece.code else "", bold=piece.bold, italic=piece.italic)
                made += self._runs(piece.text, language=piece.language, look=look)
        return made

    def reference(self, footnote: structure.Footnote) -> BaseOxmlElement:
        """Return the run that refers to a note, having added the note."""
        return self.footnotes.add(*self.inline(footnote.content, part=self.footnotes.part))

    def link(self, link: structure.Link, *, part: Part) -> Elements:
        """Return a link, or its text alone when it leads nowhere a file can follow."""
        href = absolute_href(link.href, address=self.document.address)
        look = Look(style="Hyperlink")
        if href.startswith("#"):
            place = self.outline.place_of(href[1:])
            if place is not None:
                runs = self._runs(link.text, language=link.language, look=look)
                return [element("hyperlink", *runs, anchor=mark_of(place), history="1")]
        elif href:
            made = element("hyperlink", *self._runs(link.text, language=link.language, look=look), history="1")
            made.set(qn("r:id"), part.relate_to(href, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
            return [made]
        return self._runs(link.text, language=link.language, look=Look())

    def _linked_in_a_table(self, link: structure.Link) -> Elements:
        return self.link(link, part=self.package.part)

    def _runs(self, text: str, *, language: str, look: Look) -> Elements:
        tag = language_tag(language)
        return runs_of(
            text, language=tag or self.language, base=direction_of(tag) if tag else self.direction, look=look
        )

    def _plain(self, text: str, *, style: str) -> BaseOxmlElement:
        return self._paragraph(runs_of(text, language=self.language, base=self.direction), style=style)

    def _gap(self) -> BaseOxmlElement:
        """Return the empty line after a block: without it two tables or two quotes would grow into one."""
        return self._paragraph([], style="AfterBlock")

    def _paragraph(
        self, runs: Elements, *, style: str, properties: Properties = (), direction: Direction | None = None
    ) -> BaseOxmlElement:
        return paragraph(*runs, style=style, rtl=(direction or self.direction) == "rtl", properties=properties)


def side_rule(colour: str, *, direction: Direction, fill: str = "") -> BaseOxmlElement:
    """
    Return the borders of a paragraph with a rule where its lines begin.

    Borders are named by the side of the page, whatever the direction of the text (ECMA-376-1, 17.3.1.24). With a
    fill, thin borders of its colour above and below give the text in the box room.
    """
    side = "right" if direction == "rtl" else "left"
    rule = element(side, val="single", sz="24", space="8", color=colour)
    if not fill:
        return element("pBdr", rule)
    around = {
        name: element(name, val="single", sz="4", space="6", color=fill) for name in ("top", "left", "bottom", "right")
    }
    around[side] = rule
    return element("pBdr", *around.values())


def _kept_with_next(*, wanted: bool) -> Properties:
    return (element("keepNext"),) if wanted else ()
