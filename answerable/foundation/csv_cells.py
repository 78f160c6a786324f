"""Cells of files that a spreadsheet program will open."""

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")


def safe_cell(value: object) -> str:
    """
    Return a value as the text of a CSV cell that no spreadsheet program runs as a formula.

    A text that begins like a formula gets a leading apostrophe (OWASP, CSV injection); numbers stay as they are.
    """
    if isinstance(value, bool) or value is None:
        return "" if value is None else str(value).lower()
    if isinstance(value, int | float):
        return str(value)
    text = str(value)
    return f"'{text}" if text.startswith(_FORMULA_STARTS) else text
