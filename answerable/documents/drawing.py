"""Say how long a bar is and how wide a column, the same in every format."""

import math
import unicodedata

from answerable.documents.structure import Table, words_of

LETTERS_OF_A_LINE = 92
"""How many letters a line of a table holds on A4 paper, near enough."""

WIDEST_COLUMN, WIDEST_WORD, ROOM_AROUND_WORD = 120, 30, 4

ROWS_KEPT_TOGETHER = 10
"""The most rows of a table or of bars that a paged format keeps on one page."""


def share_drawn(share: float) -> float:
    """Return a share as it can be drawn: from 0 to 1, and 0 for what is not a number."""
    return 0.0 if math.isnan(share) else min(max(share, 0.0), 1.0)


def column_weights(table: Table) -> tuple[int, ...]:
    """
    Return how wide each column of a table should be, relative to the others.

    Each column first gets the room its longest word needs; what is left of the line goes to the columns whose text
    would otherwise run over several lines.
    """
    columns = [
        [words_of(row[column]) for row in (table.headings, *table.rows)] for column in range(len(table.headings))
    ]
    least = [_longest_word(cells) + ROOM_AROUND_WORD for cells in columns]
    wanted = [
        max(_longest_cell(cells) + ROOM_AROUND_WORD - needed, 1) for cells, needed in zip(columns, least, strict=True)
    ]
    left = max(LETTERS_OF_A_LINE - sum(least), 0)
    return tuple(needed + left * more // sum(wanted) for needed, more in zip(least, wanted, strict=True))


def _longest_word(cells: list[str]) -> int:
    words = [_width(word[:WIDEST_WORD]) for cell in cells for word in cell.split()]
    return min(max(words, default=1), WIDEST_WORD)


def _longest_cell(cells: list[str]) -> int:
    return min(max(_width(cell[:WIDEST_COLUMN]) for cell in cells), WIDEST_COLUMN)


def _width(text: str) -> int:
    """Return the width of a text in letters; East Asian letters take twice the room (Unicode Standard Annex 11)."""
    return sum(2 if unicodedata.east_asian_width(character) in {"W", "F"} else 1 for character in text)
