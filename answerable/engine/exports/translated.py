"""Read tables with a column for each language, as Decidim writes them: `title/en`, `body/en`, `body/es`."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from answerable.engine.tables import Table

_TEXTS = ("body", "description", "text")
_TITLES = ("title",)
_COLUMN = re.compile(r"(?P<name>[a-z]+)/(?P<language>[a-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})?)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class TranslatedText:
    """
    Hold the columns of a text by language, those with the most texts first.

    `texts` and `titles` are pairs of language and position of a column.
    """

    texts: tuple[tuple[str, int], ...]
    titles: tuple[tuple[str, int], ...]

    def title_of(self, row: Sequence[str], *, language: str) -> str:
        """Return the title of a row in a language, nothing where it has none."""
        return next((row[place] for named, place in self.titles if named == language), "")

    def of(self, row: Sequence[str]) -> tuple[str, str]:
        """Return the text of a row and its language: the first text that is filled, else the first title."""
        for language, place in (*self.texts, *self.titles):
            if row[place].strip():
                return row[place], language
        return "", ""


def translated_text(table: Table) -> TranslatedText | None:
    """Return the columns of a text with one for each language, None where the table has none."""
    texts = _columns(table, _TEXTS)
    if not texts:
        return None
    return TranslatedText(texts, _columns(table, _TITLES))


def _columns(table: Table, names: Sequence[str]) -> tuple[tuple[str, int], ...]:
    """Return language and position of the columns of the first name that has any, the most filled first."""
    for name in names:
        found = {}
        for place, column in enumerate(table.columns):
            match = _COLUMN.fullmatch(column)
            if match and match["name"].casefold() == name:
                found[match["language"]] = place
        if found:
            filled = _filled(table, found)
            return tuple(sorted(found.items(), key=lambda one: (-filled[one[0]], one[1])))
    return ()


def _filled(table: Table, places: Mapping[str, int]) -> dict[str, int]:
    """Return how many rows have a text in each language."""
    return {language: sum(1 for row in table.rows if row[place].strip()) for language, place in places.items()}
