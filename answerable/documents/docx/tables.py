"""Write tables, and bars as a table whose middle column holds them."""

import io
import struct
import zlib
from collections.abc import Callable
from typing import Literal

from docx.document import Document as Package
from docx.oxml.parser import parse_xml
from docx.oxml.shape import CT_Inline
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Emu, Length

from answerable.documents.docx.runs import runs_of
from answerable.documents.docx.xml import element, on, paragraph
from answerable.documents.drawing import ROWS_KEPT_TOGETHER, column_weights, share_drawn
from answerable.documents.languages import Direction
from answerable.documents.structure import Bars, Cell, Link, Table

TEXT_WIDTH = 9638
"""The width of the text on an A4 page with margins of 20 mm, in twentieths of a point."""

BAR_COLUMNS = (3300, 4838, 1500)
BAR_ROOM = 4668
EMU_PER_TWIP = 635
BAR_HEIGHT = Emu(108000)
ACCENT = (0x0B, 0x53, 0x51)

RowKind = Literal["Head", "Kept", "Text"]
"""A row of headings, a row kept on the page of the next one, or any other."""

_PLAIN_STYLES = {"TableHead": "TableHead", "Table": "TableText"}

_DECORATIVE = (
    '<a:extLst xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">'
    '<a:ext uri="{C183D7F6-B498-43B3-948B-1728B52AA6E4}"><adec:decorative '
    'xmlns:adec="http://schemas.microsoft.com/office/drawing/2017/decorative" val="1"/></a:ext></a:extLst>'
)


class Tables:
    """Write the tables of one file; pictures of bars are numbered as they come."""

    def __init__(
        self,
        package: Package,
        *,
        language: str,
        direction: Direction,
        linked: Callable[[Link], list[BaseOxmlElement]],
    ) -> None:
        """Take the file that pictures go into, the language and direction of its text, and what writes a link."""
        self.package = package
        self.linked = linked
        self.language = language
        self.direction = direction
        self.rtl = direction == "rtl"
        self.picture_count = 0

    def written(self, table: Table) -> list[BaseOxmlElement]:
        """Return the caption and the table; the row of headings is repeated on each page."""
        weights = column_weights(table)
        widths = tuple(TEXT_WIDTH * weight // sum(weights) for weight in weights)
        head = self._row(table.headings, widths=widths, numeric=table.numeric, kind="Head")
        kinds: list[RowKind] = [
            "Kept" if number < len(table.rows) <= ROWS_KEPT_TOGETHER else "Text"
            for number in range(1, len(table.rows) + 1)
        ]
        rows = [
            self._row(row, widths=widths, numeric=table.numeric, kind=kind)
            for row, kind in zip(table.rows, kinds, strict=True)
        ]
        return [*self._caption(table.caption), self._table(widths, [head, *rows], caption=table.caption, has_head=True)]

    def bars(self, bars: Bars) -> list[BaseOxmlElement]:
        """Return the caption and the bars, each with its label before and its number after it."""
        rows = []
        for number, (label, share, shown) in enumerate(bars.rows, start=1):
            kept = number < len(bars.rows) <= ROWS_KEPT_TOGETHER
            cells = [
                self._cell(self._text(label, style="TableText", kept=kept), width=BAR_COLUMNS[0]),
                self._cell(self._bar(share_drawn(share)), width=BAR_COLUMNS[1]),
                self._cell(self._text(shown, style="TableNumber"), width=BAR_COLUMNS[2]),
            ]
            rows.append(element("tr", element("trPr", element("cantSplit")), *cells))
        return [*self._caption(bars.caption), self._table(BAR_COLUMNS, rows, caption=bars.caption, has_head=False)]

    def _caption(self, caption: str) -> list[BaseOxmlElement]:
        return [self._text(caption, style="Caption")] if caption else []

    def _text(self, text: Cell, *, style: str, kept: bool = False) -> BaseOxmlElement:
        if isinstance(text, str):
            runs = runs_of(text, language=self.language, base=self.direction)
        else:
            runs = self.linked(text)
        return paragraph(*runs, style=style, rtl=self.rtl, properties=tuple(on("keepNext", wanted=kept)))

    def _table(
        self, widths: tuple[int, ...], rows: list[BaseOxmlElement], *, caption: str, has_head: bool
    ) -> BaseOxmlElement:
        properties = element(
            "tblPr",
            element("tblStyle", val="ReportTable"),
            *on("bidiVisual", wanted=self.rtl),
            element("tblW", w="5000", type="pct"),
            element(
                "tblLook",
                val="04A0" if has_head else "0480",
                firstRow="1" if has_head else "0",
                lastRow="0",
                firstColumn="1",
                lastColumn="0",
                noHBand="0",
                noVBand="1",
            ),
            *([element("tblCaption", val=caption)] if caption else []),
        )
        grid = element("tblGrid", *(element("gridCol", w=str(width)) for width in widths))
        return element("tbl", properties, grid, *rows)

    def _row(
        self, cells: tuple[Cell, ...], *, widths: tuple[int, ...], numeric: frozenset[int], kind: RowKind
    ) -> BaseOxmlElement:
        made = []
        for column, text in enumerate(cells):
            start = "TableHead" if kind == "Head" else "Table"
            style = f"{start}Number" if column in numeric else _PLAIN_STYLES[start]
            made.append(self._cell(self._text(text, style=style, kept=kind == "Kept"), width=widths[column]))
        properties = element("trPr", element("cantSplit"), *on("tblHeader", wanted=kind == "Head"))
        return element("tr", properties, *made)

    def _cell(self, content: BaseOxmlElement, *, width: int) -> BaseOxmlElement:
        return element("tc", element("tcPr", element("tcW", w=str(width), type="dxa")), content)

    def _bar(self, share: float) -> BaseOxmlElement:
        """Return a paragraph with a bar of the share's length: one small picture, stretched, marked as decoration."""
        width = round(BAR_ROOM * EMU_PER_TWIP * share)
        if not width:
            return paragraph(style="TableText", rtl=self.rtl)
        self.picture_count += 1
        relation, _image = self.package.part.get_or_add_image(io.BytesIO(one_point_picture(ACCENT)))
        inline = CT_Inline.new_pic_inline(self.picture_count, relation, "bar.png", Length(width), BAR_HEIGHT)
        inline.docPr.set("name", f"Bar {self.picture_count}")
        inline.docPr.set("descr", "")
        inline.docPr.append(parse_xml(_DECORATIVE))
        return paragraph(element("r", element("drawing", inline)), style="TableText", rtl=self.rtl)


def one_point_picture(colour: tuple[int, int, int]) -> bytes:
    """Return a PNG of one point of a colour (ISO/IEC 15948, 5)."""
    header = struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(b"\0" + bytes(colour))), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body)) for name, body in chunks
    )
