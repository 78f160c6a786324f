"""
Write a document as HTML: a page that stands alone, or a fragment for a page of the site.

The class names are those of the site's style sheet, so a fragment needs no style of its own. Level 1 headings become
`h2`: the title is the page's one `h1`.
"""

import base64
import hashlib
from functools import singledispatchmethod
from html import escape
from importlib import resources

from answerable.documents import structure
from answerable.documents.characters import cleaned, one_line, paragraphs_of
from answerable.documents.html_tables import bars_written, shown_lines, table_written
from answerable.documents.languages import direction_of, direction_of_text, language_tag, long_date
from answerable.documents.links import safe_href
from answerable.documents.outline import Entry, outline_of


def write_html(document: structure.Document, *, stylesheet: str | None = None) -> str:
    """
    Return a complete page that needs nothing else: no file, no script, no network.

    `stylesheet` is CSS text to use in place of ours. The page's own policy allows that one style sheet and nothing
    more, so that even a fault in here could not run a script.
    """
    document = cleaned(document)
    css = (own_stylesheet() if stylesheet is None else stylesheet).replace("</", "<\\/")
    language = language_tag(document.language)
    policy = f"default-src 'none'; style-src {stylesheet_source(css)}; base-uri 'none'; form-action 'none'"
    parts = [
        "<!doctype html>",
        f"<html{_attributes(lang=language, dir=direction_of(language))}>",
        '<head>\n<meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        '<meta name="color-scheme" content="light dark">',
        *_descriptions(document),
        f"<title>{escape(one_line(document.title))}</title>\n<style>{css}</style>\n</head>",
        '<body>\n<main class="wrap report">',
        _masthead(document),
        _Body(document, prefix="").written(),
        "</main>\n</body>\n</html>\n",
    ]
    return "\n".join(parts)


def write_html_fragment(document: structure.Document, *, prefix: str = "") -> str:
    """
    Return the body of a document, without its title, to set inside a page of the site.

    `prefix` goes before every id, for a page that holds two fragments or has ids of its own that might be the same.
    """
    return _Body(cleaned(document), prefix=prefix).written() + "\n"


def own_stylesheet() -> str:
    """Return the style sheet that `write_html` embeds."""
    return resources.files("answerable.documents").joinpath("report.css").read_text(encoding="utf-8")


def stylesheet_source(css: str) -> str:
    """Return the source expression that allows one inline style sheet (CSP Level 3, 2.3.1 `hash-source`)."""
    digest = hashlib.sha256(css.encode("utf-8", errors="replace")).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"


def _attributes(**values: str) -> str:
    """Return attributes with a blank before each, leaving out those without a value."""
    return "".join(
        f' {name.rstrip("_").replace("_", "-")}="{escape(value)}"' for name, value in values.items() if value
    )


def _foreign(language: str, *, text: str = "") -> dict[str, str]:
    """Return `lang` and `dir` for a text in a language; the direction of its first letter when that is not known."""
    tag = language_tag(language)
    if tag:
        return {"lang": tag, "dir": direction_of(tag)}
    return {"dir": direction_of_text(text)} if text else {}


def _descriptions(document: structure.Document) -> list[str]:
    named = {"author": document.author, "description": document.subject, "generator": "Answerable"}
    if document.published_on:
        named["dcterms.issued"] = document.published_on.isoformat()
    return [f'<meta name="{name}" content="{escape(one_line(text))}">' for name, text in named.items() if text]


def _masthead(document: structure.Document) -> str:
    parts = [f'<p class="kicker">{shown_lines(document.subject)}</p>'] if document.subject else []
    parts.append(f"<h1>{escape(one_line(document.title))}</h1>")
    if document.subtitle:
        parts.append(f'<p class="lede">{shown_lines(document.subtitle)}</p>')
    made = [escape(one_line(document.author))] if document.author else []
    if document.published_on:
        written = escape(long_date(document.published_on, language=document.language))
        made.append(f'<time datetime="{document.published_on.isoformat()}">{written}</time>')
    parts += [f'<p class="meta">{" · ".join(made)}</p>'] if made else []
    return '<header class="masthead">\n' + "\n".join(parts) + "\n</header>"


class _Body:
    """Write the blocks of one document, numbering notes and taking anchors in the order they come."""

    def __init__(self, document: structure.Document, *, prefix: str) -> None:
        self.document = document
        self.prefix = prefix
        self.outline = outline_of(document)
        self.entries = iter(self.outline.entries)
        self.notes: list[structure.Footnote] = []
        self.boxes = 0

    def written(self) -> str:
        """Return all blocks: level 1 headings begin sections, and the notes come last."""
        parts: list[str] = []
        is_open = False
        for block in self.document.blocks:
            opens = isinstance(block, structure.Heading) and block.level == 1
            if is_open and opens:
                parts.append("</div></section>")
            if opens or (not is_open and not parts):
                is_open = True
                parts.append(self._section_start(block))
            if not opens:
                parts.append(self.block(block))
        if is_open:
            parts.append("</div></section>")
        return "\n".join(part for part in [*parts, self._notes()] if part)

    def _section_start(self, block: structure.Block) -> str:
        if not isinstance(block, structure.Heading) or block.level != 1:
            return '<section class="section"><div class="flow">'
        entry = next(self.entries)
        anchor = escape(self.prefix + entry.anchor)
        start = f'<section class="section" aria-labelledby="{anchor}">'
        return f'{start}<h2 id="{anchor}">{escape(entry.text)}</h2><div class="flow">'

    @singledispatchmethod
    def block(self, block: structure.Block) -> str:
        """Return one block as HTML."""
        raise TypeError(type(block).__name__)

    @block.register
    def _(self, heading: structure.Heading) -> str:
        entry = next(self.entries)
        name = f"h{heading.level + 1}"
        return f"<{name}{_attributes(id=self.prefix + entry.anchor)}>{escape(entry.text)}</{name}>"

    @block.register
    def _(self, paragraph: structure.Paragraph) -> str:
        return f"<p>{self.inline(paragraph.content)}</p>"

    @block.register
    def _(self, quote: structure.Quote) -> str:
        said = [shown_lines(part) for part in paragraphs_of(quote.text)]
        if quote.footnote:
            said[-1] += self.note_reference(quote.footnote)
        body = "".join(f"<p>{part}</p>" for part in said)
        if quote.attribution:
            around = _foreign(self.document.language)
            body += f"<footer{_attributes(**around)}>{self.inline(quote.attribution)}</footer>"
        own = _attributes(**_foreign(quote.language, text=quote.text))
        return f'<blockquote class="quote said"{own}>{body}</blockquote>'

    @block.register
    def _(self, bullets: structure.BulletList) -> str:
        name = "ol" if bullets.ordered else "ul"
        items = "".join(f"<li>{self.inline(item)}</li>" for item in bullets.items)
        return f'<{name} class="bullets">{items}</{name}>'

    @block.register
    def _(self, table: structure.Table) -> str:
        return table_written(table, written=self._cell)

    @block.register
    def _(self, note: structure.Note) -> str:
        self.boxes += 1
        tone = "" if note.tone == "plain" else f" {note.tone}"
        label = f"{self.prefix}box-{self.boxes}"
        parts = "".join(self.block(part) for part in note.content)
        title = f'<p id="{escape(label)}"><strong>{shown_lines(note.title)}</strong></p>'
        return f'<div class="note{tone}" role="note" aria-labelledby="{escape(label)}">{title}{parts}</div>'

    @block.register
    def _(self, bars: structure.Bars) -> str:
        return bars_written(bars)

    @block.register
    def _(self, _contents: structure.Contents) -> str:
        entries = self.outline.listed
        if not entries:
            return ""
        label = escape(f"{self.prefix}fn-contents")
        title = f'<h2 id="{label}">{escape(self.document.words.contents)}</h2>'
        return f'<nav class="contents" aria-labelledby="{label}">{title}{self._tree(entries)}</nav>'

    @block.register
    def _(self, _page_break: structure.PageBreak) -> str:
        return '<div class="page-break"></div>'

    def _cell(self, cell: structure.Cell) -> str:
        return shown_lines(cell) if isinstance(cell, str) else self.piece(cell)

    def inline(self, content: tuple[structure.Inline, ...]) -> str:
        """Return pieces of running text as HTML."""
        return "".join(self.piece(piece) for piece in content)

    @singledispatchmethod
    def piece(self, piece: structure.Inline) -> str:
        """Return one piece of running text as HTML."""
        raise TypeError(type(piece).__name__)

    @piece.register
    def _(self, text: structure.Text) -> str:
        written = shown_lines(text.text)
        for wanted, name in ((text.code, "code"), (text.italic, "em"), (text.bold, "strong")):
            written = f"<{name}>{written}</{name}>" if wanted else written
        marks = _attributes(**_foreign(text.language))
        return f"<span{marks}>{written}</span>" if marks else written

    @piece.register
    def _(self, link: structure.Link) -> str:
        href = safe_href(link.href)
        if href.startswith("#"):
            entry = self.outline.find(href[1:])
            href = f"#{self.prefix}{entry.anchor}" if entry else ""
        marks = _attributes(**_foreign(link.language))
        if not href:
            return f"<span{marks}>{shown_lines(link.text)}</span>" if marks else shown_lines(link.text)
        return f'<a href="{escape(href)}"{marks}>{shown_lines(link.text)}</a>'

    @piece.register
    def _(self, footnote: structure.Footnote) -> str:
        return self.note_reference(footnote)

    def note_reference(self, footnote: structure.Footnote) -> str:
        """Return the raised number of a note and keep the note for the end."""
        self.notes.append(footnote)
        number, prefix = len(self.notes), escape(self.prefix)
        link = f'<a id="{prefix}fnref-{number}" href="#{prefix}fn-{number}" role="doc-noteref">{number}</a>'
        return f"<sup>{link}</sup>"

    def _notes(self) -> str:
        if not self.notes:
            return ""
        prefix, words = escape(self.prefix), self.document.words
        items = []
        for number, note in enumerate(self.notes, start=1):
            label = escape(f"{words.back_to_text} {number}")
            back = f'<a href="#{prefix}fnref-{number}" role="doc-backlink" aria-label="{label}">↑</a>'
            items.append(f'<li id="{prefix}fn-{number}">{self.inline(note.content)} {back}</li>')
        label = f"{prefix}fn-notes"
        start = f'<section class="section footnotes" role="doc-endnotes" aria-labelledby="{label}">'
        return f'{start}<h2 id="{label}">{escape(words.notes)}</h2><ol class="bullets">{"".join(items)}</ol></section>'

    def _tree(self, entries: tuple[Entry, ...]) -> str:
        """Return the headings as lists inside lists."""
        parts, depth = [], -1
        for entry in entries:
            parts.append("<ul>" if entry.depth > depth else "</li>" + "</ul></li>" * (depth - entry.depth))
            depth = entry.depth
            parts.append(f'<li><a href="#{escape(self.prefix + entry.anchor)}">{escape(entry.text)}</a>')
        parts.append("</li></ul>" * (depth + 1))
        return "".join(parts).replace("<ul>", '<ul class="tree">', 1)
