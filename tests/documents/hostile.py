"""Texts that try to act on a reader's machine or on what surrounds them, and a document with one in every place."""

from answerable.documents.structure import (
    Bars,
    Block,
    BulletList,
    Document,
    Footnote,
    Heading,
    Link,
    Note,
    Paragraph,
    Quote,
    Table,
    Text,
)

SCRIPT = '<script>alert(1)</script><img src=x onerror="alert(2)"> &lt;b&gt; </style></title>'
TYPST = '#eval("1+1") #read("/etc/passwd") $x$ *a* _b_ `c` @d <e> #let f = 1; \\ ] } ) // /* =='
MARKDOWN = (
    "# a\n- b\n1. c\n> d\n***e*** [f](javascript:g) ![h](i) `j` | k | ~~l~~\n---\n<u>m</u> &amp; http://n.example [^1]"
)
CONTROLS = "a\x00b\x08c\x1fd\x7fe\x85f\ufffeg\ud800h\r\ni\tj"
OVERRIDE = "safe \u202etxt.exe\u202c and \u2067open"
TEXTS = {"script": SCRIPT, "typst": TYPST, "markdown": MARKDOWN, "controls": CONTROLS, "override": OVERRIDE}

BAD_ADDRESSES = (
    "javascript:alert(1)",
    " JaVaScRiPt:alert(1)",
    "java\nscript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "vbscript:x",
    "file:///etc/passwd",
    "//evil.example/x",
    "/\\evil.example",
    "http:///nobody",
    "mailto:",
    "https://[broken",
    "",
)


def document_full_of(text: str, *, language: str = "en") -> Document:
    """Return a document with the text in every place a text can be."""
    blocks: tuple[Block, ...] = (
        Heading(1, text, anchor=text),
        Paragraph(
            (
                Text(text),
                Text(text, bold=True, italic=True),
                Text(text, code=True),
                Link(text, text),
                Footnote((Text(text),)),
            )
        ),
        Paragraph((Link(text, "https://answerable.example/"),)),
        Quote(text, language=text, attribution=(Text(text),), footnote=Footnote((Link(text, text),))),
        BulletList(((Text(text),),)),
        BulletList(((Text(text),),), ordered=True),
        Table(text, (text, text), ((text, text), (Link(text, text), text)), numeric=frozenset({1})),
        Note(text, (Paragraph((Text(text),)),), tone="bad"),
        Bars(text, ((text, 0.5, text),)),
    )
    return Document(
        title=text, language=language, blocks=blocks, subtitle=text, author=text, subject=text, address=text
    )
