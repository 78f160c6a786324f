"""Turn a document into the plain values the page layout reads: the only way a text comes into a PDF."""

from functools import singledispatchmethod
from typing import Any

from answerable.documents import structure
from answerable.documents.characters import one_line, paragraphs_of
from answerable.documents.drawing import ROWS_KEPT_TOGETHER, column_weights, share_drawn
from answerable.documents.languages import (
    direction_of,
    direction_of_text,
    language_tag,
    long_date,
    primary_language,
    region_of,
)
from answerable.documents.links import absolute_href
from answerable.documents.outline import outline_of

Value = dict[str, Any]
UNTITLED = "—"


def content_of(document: structure.Document) -> Value:
    """Return a document as dictionaries, lists, texts and numbers; every block and piece names its `kind`."""
    day = long_date(document.published_on, language=document.language) if document.published_on else ""
    return {
        "title": one_line(document.title) or UNTITLED,
        "subtitle": document.subtitle,
        "subject": one_line(document.subject),
        "author": one_line(document.author),
        "byline": " · ".join(one_line(text) for text in (document.author, day) if text),
        "contents": document.words.contents,
        "page": document.words.page,
        **language_of(document.language),
        "date": [document.published_on.year, document.published_on.month, document.published_on.day]
        if document.published_on
        else [],
        "blocks": _Reader(document).blocks(),
    }


def language_of(language: str, *, text: str = "") -> Value:
    """Return the language as the layout engine knows it: ISO 639 code, region, and direction."""
    tag = language_tag(language)
    region = region_of(tag) or ("TW" if "hant" in tag.lower() else "")
    return {
        "tag": tag,
        "lang": primary_language(tag),
        "region": region,
        "dir": direction_of(tag) if tag else direction_of_text(text),
    }


class _Reader:
    """Read the blocks of one document, counting its headings."""

    def __init__(self, document: structure.Document) -> None:
        self.document = document
        self.outline = outline_of(document)
        self.numbers = iter(range(len(self.outline.entries)))

    def blocks(self) -> list[Value]:
        """Return all blocks in their order."""
        return [self.block(block) for block in self.document.blocks]

    @singledispatchmethod
    def block(self, block: structure.Block) -> Value:
        """Return one block."""
        raise TypeError(type(block).__name__)

    @block.register
    def _(self, _heading: structure.Heading) -> Value:
        """Return a heading at its depth in the tree: PDF/UA-1 (ISO 14289-1, 7.4.2) allows no level to be skipped."""
        number = next(self.numbers)
        entry = self.outline.entries[number]
        return {"kind": "heading", "level": entry.depth + 1, "text": entry.text, "mark": _mark(number)}

    @block.register
    def _(self, paragraph: structure.Paragraph) -> Value:
        return {"kind": "paragraph", "content": self.inline(paragraph.content)}

    @block.register
    def _(self, quote: structure.Quote) -> Value:
        return {
            "kind": "quote",
            "parts": paragraphs_of(quote.text),
            **language_of(quote.language, text=quote.text),
            "attribution": self.inline(quote.attribution),
            "notes": self.inline((quote.footnote,)) if quote.footnote else [],
        }

    @block.register
    def _(self, bullets: structure.BulletList) -> Value:
        return {"kind": "list", "ordered": bullets.ordered, "items": [self.inline(item) for item in bullets.items]}

    @block.register
    def _(self, table: structure.Table) -> Value:
        return {
            "kind": "table",
            "caption": table.caption,
            "headings": list(table.headings),
            "rows": [[cell if isinstance(cell, str) else self.piece(cell) for cell in row] for row in table.rows],
            "numeric": sorted(table.numeric),
            "weights": list(column_weights(table)),
            "together": len(table.rows) <= ROWS_KEPT_TOGETHER,
        }

    @block.register
    def _(self, note: structure.Note) -> Value:
        parts = [self.inline(part.content) for part in note.content]
        return {"kind": "note", "title": note.title, "parts": parts, "tone": note.tone}

    @block.register
    def _(self, bars: structure.Bars) -> Value:
        rows = [{"label": label, "share": share_drawn(share), "shown": shown} for label, share, shown in bars.rows]
        return {"kind": "bars", "caption": bars.caption, "rows": rows, "together": len(rows) <= ROWS_KEPT_TOGETHER}

    @block.register
    def _(self, _contents: structure.Contents) -> Value:
        listed = self.outline.listed
        if not listed:
            return {"kind": "nothing"}
        return {"kind": "contents", "depth": max(entry.depth for entry in listed) + 1}

    @block.register
    def _(self, _page_break: structure.PageBreak) -> Value:
        return {"kind": "page-break"}

    def inline(self, content: tuple[structure.Inline, ...]) -> list[Value]:
        """Return pieces of running text."""
        return [self.piece(piece) for piece in content]

    @singledispatchmethod
    def piece(self, piece: structure.Inline) -> Value:
        """Return one piece of running text."""
        raise TypeError(type(piece).__name__)

    @piece.register
    def _(self, text: structure.Text) -> Value:
        marks = {"bold": text.bold, "italic": text.italic, "code": text.code}
        return {"kind": "text", "text": text.text, **marks, **language_of(text.language)}

    @piece.register
    def _(self, link: structure.Link) -> Value:
        href = absolute_href(link.href, address=self.document.address)
        place = self.outline.place_of(href[1:]) if href.startswith("#") else None
        mark = "" if place is None else _mark(place)
        href = "" if href.startswith("#") else href
        return {"kind": "link", "text": link.text, "href": href, "mark": mark, **language_of(link.language)}

    @piece.register
    def _(self, footnote: structure.Footnote) -> Value:
        return {"kind": "footnote", "content": self.inline(footnote.content)}


def _mark(number: int) -> str:
    return f"heading-{number}"
