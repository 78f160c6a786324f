"""Write tables, and bars as tables, in HTML."""

from html import escape

from answerable.documents.characters import one_line
from answerable.documents.drawing import share_drawn
from answerable.documents.structure import Bars, Table

NARROW_TABLE = 4
"""The widest a table may be, in columns, before its rows turn into records on a small screen."""


def shown_lines(text: str) -> str:
    """Return a text that shows as it is, each line feed a line break."""
    return escape(text).replace("\n", "<br>")


def _cell_class(column: int, *, table: Table) -> str:
    return ' class="num"' if column in table.numeric else ""


def table_written(table: Table) -> str:
    """Return a table; a wide one carries explicit roles, since its rows are laid out as blocks on a small screen."""
    wide = len(table.headings) > NARROW_TABLE
    role = {
        name: f' role="{name}"' if wide else "" for name in ("row", "rowgroup", "columnheader", "rowheader", "cell")
    }
    heads = "".join(
        f'<th scope="col"{role["columnheader"]}{_cell_class(column, table=table)}>{shown_lines(text)}</th>'
        for column, text in enumerate(table.headings)
    )
    rows = []
    for row in table.rows:
        cells = (
            [f'<th scope="row"{role["rowheader"]}{_cell_class(0, table=table)}>{shown_lines(row[0])}</th>']
            if row
            else []
        )
        for column, text in enumerate(row[1:], start=1):
            named = f' data-label="{escape(one_line(table.headings[column]))}"' if wide else ""
            cells.append(f"<td{role['cell']}{named}{_cell_class(column, table=table)}>{shown_lines(text)}</td>")
        rows.append(f"<tr{role['row']}>{''.join(cells)}</tr>")
    start = '<table class="table records" role="table">' if wide else '<table class="table">'
    caption = f"<caption>{shown_lines(table.caption)}</caption>" if table.caption else ""
    head = f"<thead{role['rowgroup']}><tr{role['row']}>{heads}</tr></thead>"
    return f"{start}{caption}{head}<tbody{role['rowgroup']}>{''.join(rows)}</tbody></table>"


def bars_written(bars: Bars) -> str:
    """Return a table of label, bar and number; the bar is hidden from readers who hear the number beside it."""
    rows = "".join(
        f'<tr><th scope="row">{shown_lines(label)}</th>'
        f'<td><progress class="bar" max="1" value="{share_drawn(share):.4f}" aria-hidden="true"></progress></td>'
        f'<td class="num">{shown_lines(shown)}</td></tr>'
        for label, share, shown in bars.rows
    )
    return f'<table class="table bars"><caption>{shown_lines(bars.caption)}</caption><tbody>{rows}</tbody></table>'
