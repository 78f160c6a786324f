"""Write tables, and bars as tables, in HTML."""

from collections.abc import Callable
from html import escape

from answerable.documents.characters import one_line
from answerable.documents.drawing import share_drawn
from answerable.documents.structure import Bars, Cell, Table, words_of

NARROW_TABLE = 4
"""The widest a table may be, in columns, before its rows turn into records on a small screen."""

_LONGEST_UNBROKEN = 30
"""The longest run without a space, in characters, that a column of a small screen has room for."""


def shown_lines(text: str) -> str:
    """Return a text that shows as it is, each line feed a line break."""
    return escape(text).replace("\n", "<br>")


def _class_of(text: str, *, is_number: bool = False) -> str:
    """Return the class attribute of a cell: numbers are set as such, and what is long without a space may break."""
    is_long = max(map(len, text.split()), default=0) > _LONGEST_UNBROKEN
    names = [name for name, applies in (("num", is_number), ("long", is_long)) if applies]
    return f' class="{" ".join(names)}"' if names else ""


def _class_in(table: Table, column: int, text: str) -> str:
    """Return the class attribute of a cell of a table."""
    return _class_of(text, is_number=column in table.numeric)


def table_written(table: Table, *, written: Callable[[Cell], str]) -> str:
    """
    Return a table, its cells as `written` writes them.

    A wide one carries explicit roles, since its rows are laid out as blocks on a small screen.
    """
    wide = len(table.headings) > NARROW_TABLE
    role = {
        name: f' role="{name}"' if wide else "" for name in ("row", "rowgroup", "columnheader", "rowheader", "cell")
    }
    heads = "".join(
        f'<th scope="col"{role["columnheader"]}{_class_in(table, column, text)}>{shown_lines(text)}</th>'
        for column, text in enumerate(table.headings)
    )
    rows = []
    for row in table.rows:
        cells = (
            [f'<th scope="row"{role["rowheader"]}{_class_in(table, 0, words_of(row[0]))}>{written(row[0])}</th>']
            if row
            else []
        )
        for column, cell in enumerate(row[1:], start=1):
            named = f' data-label="{escape(one_line(table.headings[column]))}"' if wide else ""
            cells.append(f"<td{role['cell']}{named}{_class_in(table, column, words_of(cell))}>{written(cell)}</td>")
        rows.append(f"<tr{role['row']}>{''.join(cells)}</tr>")
    start = '<table class="table records" role="table">' if wide else '<table class="table">'
    caption = f"<caption>{shown_lines(table.caption)}</caption>" if table.caption else ""
    head = f"<thead{role['rowgroup']}><tr{role['row']}>{heads}</tr></thead>"
    return f"{start}{caption}{head}<tbody{role['rowgroup']}>{''.join(rows)}</tbody></table>"


def bars_written(bars: Bars) -> str:
    """Return a table of label, bar and number; the bar is hidden from readers who hear the number beside it."""
    rows = "".join(
        f'<tr><th scope="row"{_class_of(label)}>{shown_lines(label)}</th>'
        f'<td><progress class="bar" max="1" value="{share_drawn(share):.4f}" aria-hidden="true"></progress></td>'
        f'<td class="num">{shown_lines(shown)}</td></tr>'
        for label, share, shown in bars.rows
    )
    return f'<table class="table bars"><caption>{shown_lines(bars.caption)}</caption><tbody>{rows}</tbody></table>'
