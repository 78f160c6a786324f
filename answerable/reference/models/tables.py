"""The tables that come with the package: compact files of codes, colours and labels."""

import csv
import tomllib
from pathlib import Path
from typing import Any

_FOLDER = Path(__file__).resolve().parent.parent / "data"


def read_toml(name: str) -> dict[str, Any]:
    """Read one packaged TOML table, such as ``goals.toml``."""
    with (_FOLDER / name).open("rb") as file:
        return tomllib.load(file)


def read_csv(name: str) -> list[dict[str, str]]:
    """Read one packaged CSV table as a row of texts by column name."""
    with (_FOLDER / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
