"""Write a document as a tagged PDF, and say beforehand which scripts no installed font can show."""

from answerable.documents.pdf.errors import MissingFont
from answerable.documents.pdf.writer import missing_scripts, write_pdf

__all__ = ["MissingFont", "missing_scripts", "write_pdf"]
