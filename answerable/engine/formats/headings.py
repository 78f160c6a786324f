"""Find the row of headings of a table, which people put titles and groups over, or leave out."""

import re
from dataclasses import dataclass, replace

Row = tuple[str, ...]
_LONGEST_NAME, _MOST_TITLES, _ROWS_LOOKED_AT = 80, 6, 50
_WORDS_OF_AN_ANSWER = 5
_NUMBER, _YEAR = re.compile(r"\d+([.,]\d+)?"), re.compile(r"(19|20)\d\d")


@dataclass(frozen=True, slots=True)
class Parts:
    """Hold the headings of a table, the number and the cells of each row under them, and what stood above."""

    headings: Row | None
    numbers: list[int]
    body: list[Row]
    said: str = ""


def with_real_headings(parts: Parts) -> Parts:
    """
    Return the parts of a table with the headings where they are, and words about what was passed over.

    Lines that stand alone above the headings are titles; a row of groups above them is added to names that repeat.
    Where the first row holds an answer beside a number, there are no headings.
    """
    if parts.headings is None or len(parts.headings) == 1 or not parts.body:
        return parts
    return _without_titles(parts) or _without_groups(parts) or _without_any(parts) or parts


def _without_titles(parts: Parts) -> Parts | None:
    """Return a table without the lines over its headings, None where there are none."""
    rows = [tuple(parts.headings or ()), *parts.body[: _MOST_TITLES + _ROWS_LOOKED_AT]]
    count = next((place for place, row in enumerate(rows) if len(_filled(row)) != 1), len(rows))
    if not 0 < count <= _MOST_TITLES or count >= len(parts.body):
        return None
    names, under = _filled(rows[count]), rows[count + 1 :]
    is_as_wide = count == 1 or len(names) >= max(len(_filled(row)) for row in under)
    if len(set(names)) < len(names) or not _are_names(names) or not is_as_wide:
        return None
    titles = ", ".join(f"“{_filled(row)[0][:_LONGEST_NAME]}”" for row in rows[:count])
    said = f"{titles} being {'a title' if count == 1 else 'titles'} over the headings"
    return Parts(rows[count], parts.numbers[count:], parts.body[count:], said)


def _without_groups(parts: Parts) -> Parts | None:
    """Return a table whose first row holds groups of columns and the second their names, None for any other."""
    groups, names, under = tuple(parts.headings or ()), parts.body[0], parts.body[1:_ROWS_LOOKED_AT]
    width = len(names)
    has_gaps = any(cell.strip() and not group.strip() for group, cell in zip(groups, names, strict=False))
    if not has_gaps or not under or len(_filled(names)) < width or not _are_names(_filled(names)):
        return None
    if not any(_all_have_digits([row[place] for row in under if place < len(row)]) for place in range(width)):
        return None
    own = [name.strip() for name in names]
    full = tuple(
        f"{group}/{name}" if own.count(name) > 1 and group else name
        for group, name in zip(_carried_on(groups, width), own, strict=True)
    )
    said = f"the first row ({', '.join(f'“{one[:_LONGEST_NAME]}”' for one in _filled(groups))}) being groups of columns"
    return Parts(full, parts.numbers[1:], parts.body[1:], said)


def _without_any(parts: Parts) -> Parts | None:
    """Return a table without headings with its first row kept, None where the first row may hold headings."""
    first = tuple(parts.headings or ())
    columns = zip(*(row for row in parts.body[:_ROWS_LOOKED_AT] if len(row) == len(first)), strict=True)
    counted = any(
        _NUMBER.fullmatch(cell.strip())
        and not _YEAR.fullmatch(cell.strip())
        and all(_NUMBER.fullmatch(one.strip()) for one in column)
        for cell, column in zip(first, columns, strict=False)
    )
    answers = any(len(cell.split()) >= _WORDS_OF_AN_ANSWER and not cell.rstrip().endswith(("?", ":")) for cell in first)
    if not (counted and answers):
        return None
    said = "the first row holding an answer and no headings"
    return replace(
        parts, headings=("",) * len(first), numbers=[1, *parts.numbers], body=[first, *parts.body], said=said
    )


def _filled(row: Row) -> list[str]:
    """Return the cells of a row that hold anything."""
    return [cell.strip() for cell in row if cell.strip()]


def _are_names(cells: list[str]) -> bool:
    """Tell whether cells could be names of columns: several, short, and without digits."""
    return len(cells) > 1 and all(len(cell) <= _LONGEST_NAME and not any(map(str.isdigit, cell)) for cell in cells)


def _all_have_digits(cells: list[str]) -> bool:
    """Tell whether a column is of numbers, dates or the like."""
    filled = [cell for cell in cells if cell.strip()]
    return bool(filled) and all(any(map(str.isdigit, cell)) for cell in filled)


def _carried_on(groups: Row, width: int) -> list[str]:
    """Return the group of each column: as merged cells are written, the one before holds on."""
    carried: list[str] = []
    for place in range(width):
        group = groups[place].strip() if place < len(groups) else ""
        carried.append(group or (carried[-1] if carried else ""))
    return carried
