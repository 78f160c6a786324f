"""Read contributions from a file as people have them, and say what was understood."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from answerable.engine.columns import ColumnMap, map_columns
from answerable.engine.records import Contribution
from answerable.engine.tables import ReadingError, Table, read_table
from answerable.engine.writing_systems import fold

__all__ = ["Intake", "ReadingError", "read_contributions"]


@dataclass(frozen=True)
class Intake:
    """
    Hold a file as read.

    `ids` gives for each row of the table the id of its contribution, empty where the row has no text. `notes` are
    sentences that say what was guessed, left out or changed.
    """

    table: Table
    columns: ColumnMap
    contributions: tuple[Contribution, ...]
    ids: tuple[str, ...]
    notes: tuple[str, ...]


def read_contributions(path: Path, *, columns: Mapping[str, str] | None = None) -> Intake:
    """
    Read a CSV or XLSX file.

    `columns` maps fields of a contribution to column names where the guess would be wrong. Raises ReadingError.
    """
    table = read_table(path)
    mapping, guesses = map_columns(table, chosen=columns)
    notes = [f"The file is read as {table.read_as}: {len(table.rows)} rows.", *guesses]
    places = {field: table.columns.index(column) for field, column in vars(mapping).items() if column}
    ids = _ids(table, places, notes)
    contributions = tuple(
        _contribution(row, identity, places) for row, identity in zip(table.rows, ids, strict=True) if identity
    )
    if not contributions:
        message = f"{path.name}: column “{mapping.text}” holds no text in any row."
        raise ReadingError(message)
    if empty := ids.count(""):
        notes.append(f"{empty} rows have no text in column “{mapping.text}”; they are listed without a theme.")
    return Intake(table, mapping, contributions, ids, tuple(notes))


def _ids(table: Table, places: Mapping[str, int], notes: list[str]) -> tuple[str, ...]:
    """Return an id for every row with a text: its own, else R- and the number of its row; repeated ids get a count."""
    text_place, id_place = places["text"], places.get("id")
    width = len(str(table.row_numbers[-1]))
    seen: Counter[str] = Counter()
    taken = {row[id_place].strip() for row in table.rows} if id_place is not None else set()
    ids: list[str] = []
    repeated = 0
    for number, row in zip(table.row_numbers, table.rows, strict=True):
        if not row[text_place].strip():
            ids.append("")
            continue
        own = row[id_place].strip() if id_place is not None else ""
        identity = own or f"R-{number:0{width}}"
        seen[identity] += 1
        if seen[identity] > 1:
            repeated += 1
            identity = _unused(identity, seen[identity], taken)
        taken.add(identity)
        ids.append(identity)
    if repeated:
        notes.append(f"{repeated} rows repeat an id used before; they are told apart by a number after it.")
    return tuple(ids)


def _unused(identity: str, count: int, taken: set[str]) -> str:
    """Return the id with a count that no other row has."""
    while f"{identity}#{count}" in taken:
        count += 1
    return f"{identity}#{count}"


def _contribution(row: tuple[str, ...], identity: str, places: Mapping[str, int]) -> Contribution:
    """Make the contribution of one row; its text stays as it is, character by character."""
    values = {field: row[place].strip() for field, place in places.items() if field not in {"id", "text"}}
    values["language"] = language_code(values.get("language", ""))
    return Contribution(id=identity, text=row[places["text"]], **values)


def language_code(name: str) -> str:
    """Return the code of a language given as a code, a tag, or a name in English or in itself; else nothing."""
    bare = name.strip().replace("_", "-").split("-")[0]
    if bare.isascii() and bare.isalpha() and len(bare) in {2, 3} and bare.casefold() in _language_codes():
        return bare.casefold()
    return _language_names().get(fold(name.strip()), "")


@lru_cache(maxsize=1)
def _language_codes() -> frozenset[str]:
    """Return the two- and three-letter codes of languages."""
    from babel import Locale

    return frozenset(Locale("en").languages)


@lru_cache(maxsize=1)
def _language_names() -> dict[str, str]:
    """Return codes by folded name, in English and in the language itself."""
    from babel import Locale, UnknownLocaleError

    names: dict[str, str] = {}
    for code, english in Locale("en").languages.items():
        if "_" in code:
            continue
        names.setdefault(fold(english), code)
        try:
            own = Locale(code).languages.get(code)
        except (UnknownLocaleError, ValueError):
            continue
        if own:
            names.setdefault(fold(own), code)
    return names
