"""Read rows from JSON: one object a line, or a list of objects."""

import json
from collections.abc import Iterable, Iterator
from pathlib import Path

from answerable.engine.formats.cells import Row, flat_cells, record_rows
from answerable.engine.formats.encodings import Encoding, lines_of
from answerable.engine.formats.errors import ReadingError


def json_kind(path: Path, *, encoding: Encoding) -> str:
    """Return "JSON lines" or "JSON" for a file that begins like one of them, else nothing."""
    filled = (line.strip() for line in lines_of(path, encoding=encoding) if line.strip())
    first = next(filled, "")
    rest = first[1:].lstrip()
    if first.startswith("{") and rest[:1] in {'"', "}", ""}:
        # One object on one line may be a whole export that holds its entries in a list.
        return "JSON lines" if _is_whole_object(first) and next(filled, "") else "JSON"
    return "JSON" if first.startswith("[") and rest[:1] in {"{", "]", '"', ""} else ""


def json_line_rows(path: Path, *, encoding: Encoding) -> Iterator[Row]:
    """Yield a row for each line with an object, then the headings; raises ReadingError for any other line."""
    return _rows(_line_records(path, encoding), name=path.name)


def json_rows(path: Path, *, encoding: Encoding) -> tuple[str, Iterator[Row]]:
    """
    Return words about the list that is read, and a row for each of its objects or texts, then the headings.

    Of several lists in an object the one with most text is read, and the others are named. Raises ReadingError.
    """
    value = _parsed("".join(lines_of(path, encoding=encoding)), name=path.name)
    said = ""
    if isinstance(value, dict):
        lists = {name: one for name, one in value.items() if isinstance(one, list) and one and isinstance(one[0], dict)}
        chosen = max(lists, key=lambda name: _characters(lists[name]), default="")
        others = ", ".join(f"“{name}”" for name in lists if name != chosen)
        said = f"list “{chosen}” (there is {others} too, which is not read)" if others else ""
        value = lists.get(chosen, [value])
    entries = value if isinstance(value, list) else [value]
    named = ({"text": one} if isinstance(one, str) else one for one in entries)
    return said, _rows(enumerate(named, start=1), name=path.name)


def _characters(entries: list[object]) -> int:
    """Return how much text the entries of a list hold."""
    return sum(len(cell) for one in entries if isinstance(one, dict) for _, cell in flat_cells(one))


def _line_records(path: Path, encoding: Encoding) -> Iterator[tuple[int, object]]:
    """Yield the numbered values of the lines that hold anything."""
    for number, line in enumerate(lines_of(path, encoding=encoding), start=1):
        if line.strip():
            yield number, _parsed(line, name=f"{path.name}, line {number}")


def _rows(values: Iterable[tuple[int, object]], *, name: str) -> Iterator[Row]:
    """Return the rows of numbered values, each of which must be an object."""
    return record_rows(_objects(values, name))


def _objects(values: Iterable[tuple[int, object]], name: str) -> Iterator[tuple[int, dict[str, object]]]:
    """Yield numbered values that are objects. Raises ReadingError for anything else."""
    for number, value in values:
        if not isinstance(value, dict):
            message = f"{name}, entry {number}: it is no object with names and values."
            raise ReadingError(message)
        yield number, value


def _parsed(text: str, *, name: str) -> object:
    """Return what JSON holds. Raises ReadingError, also for what is nested too deep or has a number too long."""
    try:
        return json.loads(text.lstrip("\ufeff"))
    except (ValueError, RecursionError) as error:
        reason = getattr(error, "msg", "it is nested too deep or holds too long a number").removesuffix(" at")
        message = f"{name}: it cannot be read as JSON ({reason})."
        raise ReadingError(message) from error


def _is_whole_object(line: str) -> bool:
    """Tell whether a line is an object by itself."""
    try:
        return isinstance(json.loads(line), dict)
    except (ValueError, RecursionError):
        return "}" in line and line.rstrip().endswith("}")
