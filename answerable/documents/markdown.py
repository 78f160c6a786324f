"""
Write a document as Markdown: CommonMark, with the tables and footnotes that GitHub, pandoc and others share.

A text never turns into markup: each character that could begin some is escaped where it stands. The links of the
table of contents are the anchors that those readers make from a heading's text.
"""

import re
from dataclasses import replace
from functools import singledispatchmethod

from answerable.documents import structure
from answerable.documents.characters import cleaned, one_line, paragraphs_of
from answerable.documents.drawing import share_drawn
from answerable.documents.languages import long_date
from answerable.documents.links import absolute_href, safe_href
from answerable.documents.outline import outline_of

BAR_LENGTH = 20
"""How many characters a bar for the whole is long."""

_ALWAYS_MARKUP = re.compile(r"([\\`*_\[\]<>&|~^$#@{}])")
_MARKUP_AT_START = re.compile(r"^(\d{1,9})([.)])|^([-+=:])", re.MULTILINE)
_MARK_OF_IMAGE = re.compile(r"!(?=\\\[|$)")
_COULD_BE_ADDRESS = re.compile(r"\S*(\s+[\"'(\\].*)?")
_UNSEEN_WORD = "\u200b"
_BARE_ADDRESS = re.compile(r"(?i)\b(https?|ftp|mailto|xmpp)(:)|\b(www)(\.)")


def write_markdown(document: structure.Document) -> str:
    """Return a document as Markdown text with footnotes at the end."""
    return _Writer(cleaned(document)).written()


def escaped_line(text: str) -> str:
    """Return a text as one line of Markdown that shows the text and nothing else."""
    return _escape(one_line(text))


def escaped_lines(text: str) -> str:
    """Return a text as Markdown, each line feed a hard line break."""
    return "\\\n".join(_escape(line.strip()) for line in text.strip().split("\n") if line.strip())


def _escape(line: str) -> str:
    line = _ALWAYS_MARKUP.sub(r"\\\1", line)
    line = _BARE_ADDRESS.sub(lambda found: f"{found[1] or found[3]}\\{found[2] or found[4]}", line)
    return _MARKUP_AT_START.sub(_escape_start, _MARK_OF_IMAGE.sub(r"\\!", line))


def _escape_start(found: re.Match[str]) -> str:
    return f"{found[1]}\\{found[2]}" if found[1] else f"\\{found[0]}"


def _inline_text(text: str) -> str:
    """Return a text within a line: outer blanks are kept, since words stand on either side of it."""
    inner = text.strip()
    if not inner:
        return " " if text else ""
    before, after = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
    return (" " if before else "") + escaped_lines(inner) + (" " if after else "")


def _marked(text: str, *, mark: str) -> str:
    """Return written text inside a mark, with outer blanks left outside, where the mark would not count."""
    inner = text.strip()
    return text.replace(inner, f"{mark}{inner}{mark}", 1) if inner else text


def _code(text: str) -> str:
    fence = "`" * (max((len(run) for run in re.findall("`+", text)), default=0) + 1)
    return f"{fence} {one_line(text)} {fence}" if text.strip() else ""


class _Writer:
    """Write the blocks of one document, keeping its notes for the end."""

    def __init__(self, document: structure.Document) -> None:
        self.document = document
        self.outline = outline_of(document)
        plain = (
            replace(block, anchor="") if isinstance(block, structure.Heading) else block for block in document.blocks
        )
        made = outline_of(replace(document, blocks=tuple(plain))).entries
        self.anchors = {ours.anchor: theirs.anchor for ours, theirs in zip(self.outline.entries, made, strict=True)}
        self.notes: list[structure.Footnote] = []

    def written(self) -> str:
        """Return the title, the blocks and the notes, an empty line between each."""
        parts = [*self._title(), *(self.block(block) for block in self.document.blocks)]
        number = 0
        while number < len(self.notes):
            number += 1
            parts.append(f"[^{number}]: {_note_line(self.inline(self.notes[number - 1].content))}")
        return "\n\n".join(part for part in parts if part) + "\n"

    def _title(self) -> list[str]:
        document = self.document
        day = long_date(document.published_on, language=document.language) if document.published_on else ""
        made = " · ".join(escaped_line(text) for text in (document.author, day) if text)
        subject = _marked(escaped_line(document.subject), mark="**")
        return [subject, f"# {escaped_line(document.title)}", _marked(escaped_line(document.subtitle), mark="*"), made]

    @singledispatchmethod
    def block(self, block: structure.Block) -> str:
        """Return one block as Markdown."""
        raise TypeError(type(block).__name__)

    @block.register
    def _(self, heading: structure.Heading) -> str:
        return f"{'#' * (heading.level + 1)} {escaped_line(heading.text)}"

    @block.register
    def _(self, paragraph: structure.Paragraph) -> str:
        return self.inline(paragraph.content).strip()

    @block.register
    def _(self, quote: structure.Quote) -> str:
        parts = [escaped_lines(part) for part in paragraphs_of(quote.text)]
        if quote.footnote:
            parts[-1] += self.piece(quote.footnote)
        if quote.attribution:
            parts.append(f"— {self.inline(quote.attribution).strip()}")
        return _quoted(parts)

    @block.register
    def _(self, bullets: structure.BulletList) -> str:
        lines = []
        for number, item in enumerate(bullets.items, start=1):
            mark = f"{number}. " if bullets.ordered else "- "
            lines.append(mark + self.inline(item).strip().replace("\n", "\n" + " " * len(mark)))
        return "\n".join(lines)

    @block.register
    def _(self, table: structure.Table) -> str:
        lines = [
            _row(table.headings),
            _row(["--:" if n in table.numeric else "---" for n in range(len(table.headings))]),
        ]
        lines += [_row([self._cell(cell) for cell in row]) for row in table.rows]
        lines[0] = _row([escaped_line(heading) for heading in table.headings])
        return _captioned(table.caption, lines=lines)

    @block.register
    def _(self, note: structure.Note) -> str:
        return _quoted([_marked(escaped_line(note.title), mark="**"), *(self.block(part) for part in note.content)])

    @block.register
    def _(self, bars: structure.Bars) -> str:
        lines = [_row(["", "", ""]), _row(["---", "---", "--:"])]
        for label, share, shown in bars.rows:
            drawn = "█" * round(share_drawn(share) * BAR_LENGTH)
            lines.append(_row([escaped_line(label), drawn, escaped_line(shown)]))
        return _captioned(bars.caption, lines=lines)

    @block.register
    def _(self, _contents: structure.Contents) -> str:
        title = f"## {escaped_line(self.document.words.contents)}\n"
        lines = [
            f"{'  ' * entry.depth}- [{escaped_line(entry.text)}](#{self.anchors[entry.anchor]})"
            for entry in self.outline.listed
        ]
        return "\n".join([title, *lines]) if lines else ""

    @block.register
    def _(self, _page_break: structure.PageBreak) -> str:
        return ""

    def _cell(self, cell: structure.Cell) -> str:
        if isinstance(cell, str):
            return escaped_line(cell)
        return self.piece(replace(cell, text=one_line(cell.text), href=cell.href.replace("|", "%7C")))

    def inline(self, content: tuple[structure.Inline, ...]) -> str:
        """Return pieces of running text as Markdown."""
        return _MARKUP_AT_START.sub(_escape_start, "".join(self.piece(piece) for piece in content))

    @singledispatchmethod
    def piece(self, piece: structure.Inline) -> str:
        """Return one piece of running text as Markdown."""
        raise TypeError(type(piece).__name__)

    @piece.register
    def _(self, text: structure.Text) -> str:
        written = _code(text.text) if text.code else _inline_text(text.text)
        written = _marked(written, mark="*") if text.italic else written
        return _marked(written, mark="**") if text.bold else written

    @piece.register
    def _(self, link: structure.Link) -> str:
        href, text = safe_href(link.href), escaped_line(link.text)
        if href.startswith("#"):
            entry = self.outline.find(href[1:])
            href = f"#{self.anchors[entry.anchor]}" if entry else ""
        elif href:
            href = absolute_href(href, address=self.document.address) or href
        return f"[{text}](<{href}>)" if href else _inline_text(link.text)

    @piece.register
    def _(self, footnote: structure.Footnote) -> str:
        self.notes.append(footnote)
        return f"[^{len(self.notes)}]"


def _note_line(text: str) -> str:
    """
    Return the text of a note on one line.

    A reader that knows no footnotes takes `[^1]: word` for the address of a link (CommonMark 0.31, 4.7), so a note
    that could be one is given a second word nobody sees.
    """
    line = text.strip().replace("\\\n", " ")
    return f"{line} {_UNSEEN_WORD}" if _COULD_BE_ADDRESS.fullmatch(line) else line


def _quoted(parts: list[str]) -> str:
    return "\n>\n".join("\n".join(f"> {line}" for line in part.split("\n")) for part in parts if part)


def _row(cells: list[str] | tuple[str, ...]) -> str:
    return f"| {' | '.join(cells)} |"


def _captioned(caption: str, *, lines: list[str]) -> str:
    start = [_marked(escaped_line(caption), mark="*"), ""] if caption else []
    return "\n".join([*start, *lines])
