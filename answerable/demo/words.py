"""The words of the model consultation, read from the TOML files beside this module."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "content"
SESSIONS = (1, 2, 3, 4)


@cache
def read(name: str) -> dict[str, Any]:
    """Return the content of one file of the folder, by its name without the ending."""
    return tomllib.loads((FOLDER / f"{name}.toml").read_text("utf-8"))


def consultation() -> dict[str, Any]:
    """Return the consultation with its sessions and questions, texts by language."""
    return read("consultation")


def people() -> list[dict[str, Any]]:
    """Return every person of the four files, each key once."""
    return _each_once("person")


def organisations() -> list[dict[str, Any]]:
    """Return every organisation of the four files, each key once."""
    return _each_once("organisation")


def contributions() -> list[dict[str, Any]]:
    """Return every contribution with its session's number, in order of the day it was sent."""
    found = [
        {**item, "session": number, "text": item["text"].strip()}
        for number in SESSIONS
        for item in read(f"session_{number}")["contribution"]
    ]
    return sorted(found, key=lambda item: (item["day"], item["key"]))


def late_contributions() -> list[dict[str, Any]]:
    """Return what was sent after the report was published, in order."""
    return [{**item, "text": item["text"].strip()} for item in read("late")["contribution"]]


def findings() -> list[dict[str, Any]]:
    """Return the rapporteur's findings with their quotes."""
    return list(read("findings")["finding"])


def recommendations() -> list[dict[str, Any]]:
    """Return the recommendations with the findings they rest on."""
    return list(read("findings")["recommendation"])


def digests() -> list[dict[str, Any]]:
    """Return the moderator's weekly summaries."""
    return list(read("digests")["digest"])


def dispositions() -> dict[str, dict[str, Any]]:
    """Return what became of the contributions that no finding cites or rests on, by key."""
    return dict(read("dispositions"))


def report_texts() -> dict[str, str]:
    """Return the sections of the outcome report that the rapporteur writes."""
    return dict(read("report"))


def _each_once(kind: str) -> list[dict[str, Any]]:
    kept: dict[str, dict[str, Any]] = {}
    for number in SESSIONS:
        for item in read(f"people_{number}").get(kind, []):
            kept.setdefault(item["key"], item)
    return list(kept.values())
