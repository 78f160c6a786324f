"""A report written as files of several formats."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from answerable.documents.structure import Document
from answerable.synthesis.queries.report_document import report_document
from answerable.synthesis.queries.report_language import speaking

DOCX_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@dataclass(frozen=True, slots=True)
class WrittenFile:
    """One format of a report as bytes."""

    format: str
    media_type: str
    content: bytes


def add_skipped_files(content: dict[str, Any]) -> dict[str, Any]:
    """
    Return a report's content that also says which files cannot be made here, and why.

    A PDF needs a font for every script in it; without one it would show boxes instead of words.
    """
    # The writers bring large libraries: only what writes files needs them.
    from answerable.documents.pdf import missing_scripts

    missing = missing_scripts(report_document(content))
    if not missing:
        return content
    with speaking(content["language"]):
        said = _(
            "There is no PDF of this version: this site has no font for %(scripts)s. The other files are complete."
        )
        return content | {"skipped_files": {"pdf": said % {"scripts": ", ".join(missing)}}}


def written_files(content: dict[str, Any]) -> list[WrittenFile]:
    """Return a report as HTML, DOCX, Markdown and, unless its content says it was skipped, PDF; the same each time."""
    document = report_document(content)
    return [
        WrittenFile(name, media_type, write(document))
        for name, media_type, write in _writers()
        if name not in content["skipped_files"]
    ]


def _writers() -> list[tuple[str, str, Callable[[Document], bytes]]]:
    from answerable.documents.docx import write_docx
    from answerable.documents.html import write_html
    from answerable.documents.markdown import write_markdown
    from answerable.documents.pdf import write_pdf

    return [
        ("html", "text/html; charset=utf-8", lambda document: write_html(document).encode()),
        ("docx", DOCX_TYPE, write_docx),
        ("pdf", "application/pdf", write_pdf),
        ("md", "text/markdown; charset=utf-8", lambda document: write_markdown(document).encode()),
    ]
