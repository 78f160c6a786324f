"""
Hold a report as a structure and write it as HTML, DOCX, PDF and Markdown.

Nothing here knows the site or a database: a `structure.Document` goes in, text or bytes come out, and the same
document always gives the same bytes.
"""
