"""Build elements of WordprocessingML (ECMA-376-1, part 17) in one call each."""

from collections.abc import Callable
from functools import cache, partial

from docx.oxml.ns import nsmap, qn
from docx.oxml.parser import oxml_parser
from docx.oxml.xmlchemy import BaseOxmlElement

XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


def element(tag: str, *children: BaseOxmlElement, **attributes: str) -> BaseOxmlElement:
    """Return an element and its attributes, all of the `w` namespace."""
    made = _maker(tag)()
    for name, value in attributes.items():
        made.set(_name(name), value)
    made.extend(children)
    return made


@cache
def _name(name: str) -> str:
    """Return a name of the `w` namespace as lxml writes it; there are a few dozen."""
    return qn(f"w:{name}")


@cache
def _maker(tag: str) -> Callable[[], BaseOxmlElement]:
    """Return what makes elements of one tag, as `OxmlElement` does, which works the name out each time."""
    return partial(oxml_parser.makeelement, _name(tag), nsmap={"w": nsmap["w"]})


def on(tag: str, *, wanted: bool = True) -> list[BaseOxmlElement]:
    """Return the element that switches a property on, or nothing."""
    return [element(tag)] if wanted else []


def switch(tag: str, *, wanted: bool) -> BaseOxmlElement:
    """Return the element that sets a property on or off, whatever the style says."""
    return element(tag, val="1" if wanted else "0")


def text_element(text: str, *, tag: str = "t") -> BaseOxmlElement:
    """Return an element with text whose blanks are kept."""
    made = element(tag)
    made.text = text
    made.set(XML_SPACE, "preserve")
    return made


def paragraph(
    *content: BaseOxmlElement, style: str, rtl: bool, properties: tuple[BaseOxmlElement, ...] = ()
) -> BaseOxmlElement:
    """
    Return a paragraph; `properties` come between `pStyle` and `bidi`, in the order the schema asks for.

    The direction is set both ways, so that a paragraph never takes it from a reader's own template.
    """
    start = element("pPr", element("pStyle", val=style), *properties, switch("bidi", wanted=rtl))
    return element("p", start, *content)


def field(instruction: str, *, shown: str) -> list[BaseOxmlElement]:
    """Return the runs of a field with the result it shows until it is updated (ECMA-376-1, 17.16.18)."""
    return [
        element("r", element("fldChar", fldCharType="begin")),
        element("r", text_element(f" {instruction} ", tag="instrText")),
        element("r", element("fldChar", fldCharType="separate")),
        element("r", text_element(shown)),
        element("r", element("fldChar", fldCharType="end")),
    ]
