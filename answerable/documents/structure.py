"""
Describe a report without saying how it looks: what a writer of any format is given.

Every piece is frozen, so a document can be compared, hashed and kept. Text is plain text everywhere: no piece holds
markup of any format, and a writer shows each character as the character it is. A line feed inside a text is a line
break; an empty line inside a quote begins a new paragraph of it.
"""

from dataclasses import dataclass, field
from datetime import date
from typing import Literal

Tone = Literal["plain", "warm", "bad"]

HIGHEST_HEADING, LOWEST_HEADING = 1, 4


@dataclass(frozen=True)
class Text:
    """Hold a run of plain text; an empty `language` means the language of what surrounds it."""

    text: str
    bold: bool = False
    italic: bool = False
    code: bool = False
    language: str = ""


@dataclass(frozen=True)
class Link:
    """
    Hold a text that leads somewhere.

    `href` may be http, https, mailto, relative, or `#anchor` of a heading; a writer shows the text alone for any other.
    """

    text: str
    href: str
    language: str = ""


@dataclass(frozen=True)
class Footnote:
    """Hold the text of a note at the place that refers to it; notes are numbered in the order they appear."""

    content: tuple[Text | Link, ...]


Inline = Text | Link | Footnote

Cell = str | Link
"""What stands in a cell of a table: a text, or a text that leads somewhere."""


@dataclass(frozen=True)
class Heading:
    """Hold the title of a section; levels are 1 to 4, and an empty `anchor` is made from the text."""

    level: int
    text: str
    anchor: str = ""

    def __post_init__(self) -> None:
        """Refuse a level no writer has a style for."""
        if not HIGHEST_HEADING <= self.level <= LOWEST_HEADING:
            message = f"A heading's level is {HIGHEST_HEADING} to {LOWEST_HEADING}, not {self.level}."
            raise ValueError(message)


@dataclass(frozen=True)
class Paragraph:
    """Hold one paragraph of running text."""

    content: tuple[Inline, ...]


@dataclass(frozen=True)
class Quote:
    """Hold what somebody said, word for word, in the language it was said in, and who said it."""

    text: str
    language: str = ""
    attribution: tuple[Text | Link, ...] = ()
    footnote: Footnote | None = None


@dataclass(frozen=True)
class BulletList:
    """Hold a list of items, with numbers when the order means something."""

    items: tuple[tuple[Inline, ...], ...]
    ordered: bool = False


@dataclass(frozen=True)
class Table:
    """
    Hold a table with one row of headings; the first cell of each row names the row.

    `numeric` holds the indexes of columns of numbers, which are set against the end of the line.
    """

    caption: str
    headings: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    numeric: frozenset[int] = frozenset()

    def __post_init__(self) -> None:
        """Refuse a row that does not fit the headings: no reader could tell what its cells mean."""
        for number, row in enumerate(self.rows, start=1):
            if len(row) != len(self.headings):
                message = f"Row {number} of the table has {len(row)} cells for {len(self.headings)} headings."
                raise ValueError(message)


@dataclass(frozen=True)
class Note:
    """Hold something the reader should not miss, set apart from the running text."""

    title: str
    content: tuple[Paragraph, ...]
    tone: Tone = "plain"


@dataclass(frozen=True)
class Bars:
    """Hold shares drawn as bars: rows of label, share from 0 to 1, and the value as it is shown."""

    caption: str
    rows: tuple[tuple[str, float, str], ...]


@dataclass(frozen=True)
class Contents:
    """Mark where the table of contents goes."""


@dataclass(frozen=True)
class PageBreak:
    """Mark where a paged format begins a new page."""


Block = Heading | Paragraph | Quote | BulletList | Table | Note | Bars | Contents | PageBreak


@dataclass(frozen=True)
class Words:
    """Hold the fixed words a writer needs, so that they can be given in the document's language."""

    contents: str = "Contents"
    notes: str = "Notes"
    page: str = "Page"
    back_to_text: str = "Back to the text"


@dataclass(frozen=True)
class Document:
    """
    Hold a whole report.

    `language` is a BCP 47 tag; the direction of writing follows from it. `address` is the public address of the
    document: relative links are resolved against it in the formats that leave the site.
    """

    title: str
    language: str
    blocks: tuple[Block, ...]
    subtitle: str = ""
    author: str = ""
    subject: str = ""
    published_on: date | None = None
    words: Words = field(default_factory=Words)
    address: str = ""


def words_of(cell: Cell) -> str:
    """Return the text of a cell, wherever it leads."""
    return cell if isinstance(cell, str) else cell.text


def paragraph(text: str, *, language: str = "") -> Paragraph:
    """Make a paragraph of one plain text."""
    return Paragraph((Text(text, language=language),))


def footnote(text: str, *, language: str = "") -> Footnote:
    """Make a footnote of one plain text."""
    return Footnote((Text(text, language=language),))


def bullet_list(*items: str, ordered: bool = False) -> BulletList:
    """Make a list of plain texts."""
    return BulletList(tuple((Text(item),) for item in items), ordered=ordered)
