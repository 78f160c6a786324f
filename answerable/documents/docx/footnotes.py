"""Add the part that holds footnotes, which the library we build on has no way to make (ECMA-376-1, 11.3.7)."""

from docx.document import Document as Package
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import XmlPart
from docx.oxml.xmlchemy import BaseOxmlElement

from answerable.documents.docx.xml import element, paragraph, text_element

SEPARATORS = (("-1", "separator", "separator"), ("0", "continuationSeparator", "continuationSeparator"))
"""The two notes every reader expects, named in settings.xml: the lines above notes, and above one that continues."""


class Footnotes:
    """Hold the notes of one file; `part` is where links inside a note are related to."""

    def __init__(self, package: Package, *, rtl: bool) -> None:
        """Add an empty part of notes to a file its separators first."""
        self.rtl = rtl
        self.count = 0
        self.part = XmlPart(
            PackURI("/word/footnotes.xml"), CONTENT_TYPE.WML_FOOTNOTES, element("footnotes"), package.part.package
        )
        package.part.relate_to(self.part, RELATIONSHIP_TYPE.FOOTNOTES)
        for number, kind, tag in SEPARATORS:
            line = paragraph(element("r", element(tag)), style="FootnoteSeparator", rtl=rtl)
            self.part.element.append(element("footnote", line, type=kind, id=number))

    def add(self, *content: BaseOxmlElement) -> BaseOxmlElement:
        """Add a note of these runs and return the run that refers to it from the text."""
        self.count += 1
        number = str(self.count)
        mark = element("r", _reference_look(), element("footnoteRef"))
        gap = element("r", text_element(" "))
        body = paragraph(mark, gap, *content, style="FootnoteText", rtl=self.rtl)
        self.part.element.append(element("footnote", body, id=number))
        return element("r", _reference_look(), element("footnoteReference", id=number))


def _reference_look() -> BaseOxmlElement:
    return element("rPr", element("rStyle", val="FootnoteReference"))
