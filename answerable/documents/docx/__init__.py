"""Write a document as DOCX, the format that secretariats edit and circulate."""

from answerable.documents.docx.writer import write_docx

__all__ = ["write_docx"]
