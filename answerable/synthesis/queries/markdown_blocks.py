"""A rapporteur's Markdown as blocks of a document; receipt codes in it become links."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from markdown_it import MarkdownIt
from markdown_it.token import Token

from answerable.documents.structure import Block, BulletList, Inline, Link, Paragraph, Quote, Text
from answerable.foundation.ids import normalise_receipt_code

_RULES = ["list", "emphasis", "link", "autolink", "blockquote", "backticks", "newline", "escape", "entity"]
_CODE = re.compile(r"(\[R-[0-9A-Z]{4}-[0-9A-Z]{4}\])")
Piece = Text | Link


@lru_cache(maxsize=1)
def _markdown() -> MarkdownIt:
    return MarkdownIt("zero", {"breaks": True, "html": False}).enable(_RULES)


def blocks_of(text: str, *, language: str = "", site: str = "") -> list[Block]:
    """
    Return a text in the Markdown subset as paragraphs, lists and quotes.

    ``[R-XXXX-XXXX]`` links to the receipt on the site. A list inside a list is set out as one list. ``language`` is
    marked on every piece when it is not the document's own.
    """
    return list(_Blocks(_markdown().parse(text), language, site).read())


def plain(blocks: Sequence[Block]) -> tuple[Inline, ...]:
    """Return the inline pieces of all paragraphs and list items of blocks in one run, for a table or a note."""
    pieces: list[Inline] = []
    for block in blocks:
        items = block.items if isinstance(block, BulletList) else ()
        for run in (block.content,) if isinstance(block, Paragraph) else items:
            pieces += [Text(" "), *run] if pieces else run
    return tuple(pieces)


class _Blocks:
    """Walks over the tokens of one text."""

    def __init__(self, tokens: Sequence[Token], language: str, site: str) -> None:
        self._tokens = iter(tokens)
        self._language = language
        self._site = site

    def read(self, until: str = "") -> Iterator[Block]:
        for token in self._tokens:
            if token.type == until:
                return
            if token.type == "inline":
                yield Paragraph(self._inline(token))
            elif token.type in {"bullet_list_open", "ordered_list_open"}:
                kind = token.type.removesuffix("_open")
                yield self._list(kind)
            elif token.type == "blockquote_open":
                yield self._quote()

    def _list(self, kind: str) -> BulletList:
        items: list[tuple[Inline, ...]] = []
        for token in self._tokens:
            if token.type == f"{kind}_close":
                break
            if token.type == "list_item_open":
                items += self._item()
        return BulletList(tuple(items), ordered=kind == "ordered_list")

    def _item(self) -> list[tuple[Inline, ...]]:
        items: list[tuple[Inline, ...]] = []
        for block in self.read("list_item_close"):
            if isinstance(block, Paragraph):
                items.append(block.content)
            elif isinstance(block, BulletList):
                items += block.items
        return items

    def _quote(self) -> Quote:
        inner = self.read("blockquote_close")
        texts = ["".join(getattr(piece, "text", "") for piece in plain([block])) for block in inner]
        return Quote("\n\n".join(texts), language=self._language)

    def _inline(self, token: Token) -> tuple[Inline, ...]:
        return tuple(_InlineReader(token.children or [], self._language, self._site).read())


class _InlineReader:
    """Walks over the pieces of one paragraph."""

    def __init__(self, tokens: Sequence[Token], language: str, site: str) -> None:
        self._tokens = tokens
        self._language = language
        self._site = site
        self._marks = {"strong": 0, "em": 0}
        self._href = ""

    def read(self) -> Iterator[Piece]:
        for token in self._tokens:
            if token.type in {"softbreak", "hardbreak"}:
                yield Text("\n")
            elif token.type == "link_open":
                self._href = str(token.attrGet("href") or "")
            elif token.type == "link_close":
                self._href = ""
            elif token.type.endswith(("_open", "_close")):
                self._marks[token.type.rpartition("_")[0]] += token.nesting
            elif token.content:
                yield from self._pieces(token)

    def _pieces(self, token: Token) -> Iterator[Piece]:
        if self._href:
            yield Link(token.content, self._href, language=self._language)
            return
        for part in _CODE.split(token.content):
            code = normalise_receipt_code(part.strip("[]")) if _CODE.fullmatch(part) else ""
            if code:
                yield Link(f"[{code}]", receipt_address(code, site=self._site))
            elif part:
                yield self._text(part, is_code=token.type == "code_inline")

    def _text(self, text: str, *, is_code: bool) -> Text:
        marks = self._marks
        return Text(text, bold=marks["strong"] > 0, italic=marks["em"] > 0, code=is_code, language=self._language)


def receipt_address(code: str, *, site: str) -> str:
    """Return the absolute address of a receipt."""
    return f"{site}/c/{code}/"
