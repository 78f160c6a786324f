"""Write contributions as the files people have."""

import csv
from collections.abc import Sequence
from pathlib import Path

from answerable.engine.records import Contribution

_COLUMNS = ("id", "text", "question", "sector", "country", "author")


def write_csv(path: Path, contributions: Sequence[Contribution]) -> None:
    """Write contributions as CSV, a column for each field that is known."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(_COLUMNS)
        writer.writerows([getattr(one, name) for name in _COLUMNS] for one in contributions)
