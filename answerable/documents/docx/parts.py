"""Prepare an empty file: our styles, settings and lists in place of the library's, the page, and its properties."""

from datetime import UTC, datetime, time
from importlib import resources

import docx
from docx.document import Document as Package
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.part import XmlPart
from docx.oxml.parser import parse_xml
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Mm

from answerable.documents.characters import one_line
from answerable.documents.docx.runs import language_element, locale_of, runs_of
from answerable.documents.docx.xml import element, field, paragraph
from answerable.documents.languages import direction_of, language_tag, primary_language
from answerable.documents.structure import Document

_EAST_ASIAN_FONTS = {
    "ja": ("Yu Gothic", "Yu Mincho"),
    "ko": ("Malgun Gothic", "Batang"),
    "zh": ("Microsoft YaHei", "SimSun"),
    "zh-TW": ("Microsoft JhengHei", "PMingLiU"),
}
"""The fonts that come with the common word processors: without and with serifs."""

_UNUSED_BY_THE_FILE = ("thumbnail",)
_UNUSED_BY_THE_TEXT = ("stylesWithEffects", "customXml", "webSettings")


def prepared_package(document: Document) -> Package:
    """Return an empty A4 file in the document's language, with its properties and a footer."""
    package = docx.Document()
    _drop_unused(package)
    _replace_children(package.styles.element, by=_resource("styles.xml", language=document.language))
    _replace_children(package.settings.element, by=_resource("settings.xml", language=""))
    _replace_children(package.part.numbering_part.element, by=_resource("numbering.xml", language=""))
    _set_language(package, language=document.language)
    _set_page(package, document=document)
    _set_properties(package, document=document)
    return package


def list_numbering(package: Package, *, number: int) -> str:
    """Add the numbering of one ordered list that begins again at 1, and return its id."""
    again = element("lvlOverride", element("startOverride", val="1"), ilvl="0")
    package.part.numbering_part.element.append(
        element("num", element("abstractNumId", val="1"), again, numId=str(number))
    )
    return str(number)


def _resource(name: str, *, language: str) -> BaseOxmlElement:
    text = resources.files("answerable.documents.docx").joinpath(name).read_text(encoding="utf-8")
    sans, serif = _EAST_ASIAN_FONTS.get(
        locale_of(language), _EAST_ASIAN_FONTS.get(primary_language(language), _EAST_ASIAN_FONTS["zh"])
    )
    made: BaseOxmlElement = parse_xml(text.replace("EAST_SANS", sans).replace("EAST_SERIF", serif).encode())
    return made


def _replace_children(target: BaseOxmlElement, *, by: BaseOxmlElement) -> None:
    for child in list(target):
        target.remove(child)
    target.extend(list(by))


def _drop_unused(package: Package) -> None:
    """Take out the parts of the library's template that say nothing about this document."""
    for relations, kinds in (
        (package.part.rels, _UNUSED_BY_THE_TEXT),
        (package.part.package.rels, _UNUSED_BY_THE_FILE),
    ):
        for key in [key for key, one in relations.items() if one.reltype.rsplit("/", 1)[-1] in kinds]:
            del relations[key]


def _set_language(package: Package, *, language: str) -> None:
    if not language_tag(language):
        return
    for look in package.styles.element.xpath("w:docDefaults/w:rPrDefault/w:rPr"):
        look.append(language_element(language))


def _set_page(package: Package, *, document: Document) -> None:
    """Set A4 with margins of 20 mm, the direction of the page, and a footer with title and page number."""
    section = package.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = section.top_margin = Mm(20)
    section.bottom_margin, section.footer_distance = Mm(22), Mm(11)
    direction = direction_of(document.language)
    rtl = direction == "rtl"
    if rtl:
        _insert_in_order(package.element.body.sectPr, element("bidi"))
    section.footer.is_linked_to_previous = False
    title = runs_of(one_line(document.title), language=document.language, base=direction)
    word = runs_of(f"{document.words.page} ", language=document.language, base=direction)
    tab = element("r", element("tab"))
    new = paragraph(*title, tab, *word, *field("PAGE", shown="1"), style="Footer", rtl=rtl)
    _replace_children(section.footer.part.element, by=element("ftr", new))


def _insert_in_order(section: BaseOxmlElement, bidi: BaseOxmlElement) -> None:
    """Put `w:bidi` where the schema wants it: before the grid (ECMA-376-1, 17.6.17)."""
    grids = section.xpath("w:docGrid")
    if grids:
        grids[0].addprevious(bidi)
    else:
        section.append(bidi)


def _set_properties(package: Package, *, document: Document) -> None:
    properties = package.core_properties
    properties.title = one_line(document.title)[:255]
    properties.subject = one_line(document.subject)[:255]
    properties.author = one_line(document.author)[:255]
    properties.last_modified_by = properties.author
    properties.language = language_tag(document.language)
    properties.comments = properties.keywords = ""
    core = package.part.package.part_related_by(RELATIONSHIP_TYPE.CORE_PROPERTIES)
    if document.published_on:
        properties.created = properties.modified = datetime.combine(document.published_on, time(), tzinfo=UTC)
    elif isinstance(core, XmlPart):
        for moment in core.element.xpath("dcterms:created | dcterms:modified"):
            moment.getparent().remove(moment)
