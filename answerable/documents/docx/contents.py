"""Write headings with their marks, and the table of contents that leads to them."""

from docx.oxml.xmlchemy import BaseOxmlElement

from answerable.documents.docx.runs import runs_of
from answerable.documents.docx.xml import element, paragraph, text_element
from answerable.documents.languages import Direction
from answerable.documents.outline import Outline


def field_of(lowest: int) -> str:
    """Return the table of contents as a field: headings down to a level, linked (ECMA-376-1, 17.16.5.68)."""
    return f' TOC \\o "1-{lowest}" \\h \\z \\u '


def mark_of(number: int) -> str:
    """Return the bookmark of a heading by its place among all headings, named as word processors name their own."""
    return f"_Toc{number + 1:09d}"


def heading_paragraph(runs: list[BaseOxmlElement], *, level: int, number: int, rtl: bool) -> BaseOxmlElement:
    """Return a heading between the ends of its bookmark."""
    start = element("bookmarkStart", id=str(number), name=mark_of(number))
    return paragraph(start, *runs, element("bookmarkEnd", id=str(number)), style=f"Heading{level}", rtl=rtl)


def contents(outline: Outline, *, title: str, language: str, direction: Direction) -> list[BaseOxmlElement]:
    """
    Return the table of contents: a field that already shows every heading as a link.

    It shows no page numbers until a word processor lays the text out and updates the field: any number written here
    would be a guess.
    """
    rtl = direction == "rtl"
    lines, lowest = [], outline.lowest_listed
    for number, entry in enumerate(outline.entries):
        if entry.level > lowest:
            continue
        runs = runs_of(entry.text, language=language, base=direction)
        lines.append((entry.level, element("hyperlink", *runs, anchor=mark_of(number), history="1")))
    if not lines:
        return []
    made = [paragraph(*runs_of(title, language=language, base=direction), style="TOCHeading", rtl=rtl)]
    for place, (level, link) in enumerate(lines):
        start = _field_start(lowest) if place == 0 else []
        end = [_mark("end")] if place == len(lines) - 1 else []
        made.append(paragraph(*start, link, *end, style=f"TOC{level}", rtl=rtl))
    return [_gallery(made)]


def _field_start(lowest: int) -> list[BaseOxmlElement]:
    return [_mark("begin"), element("r", text_element(field_of(lowest), tag="instrText")), _mark("separate")]


def _mark(kind: str) -> BaseOxmlElement:
    return element("r", element("fldChar", fldCharType=kind))


def _gallery(content: list[BaseOxmlElement]) -> BaseOxmlElement:
    """Return the content as the kind of block that word processors offer to update with one click."""
    kind = element("docPartObj", element("docPartGallery", val="Table of Contents"), element("docPartUnique"))
    return element("sdt", element("sdtPr", kind), element("sdtContent", *content))
