"""Read texts that people have said the goals of, and divide what is tuned on from what is judged on."""

import csv
import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

LANGUAGES = ("en", "es", "fr", "ru", "ar", "zh")
_PACKAGE = Path(__file__).parents[2] / "answerable"
_TOPICS: Mapping[str, frozenset[int]] = {
    "Assisted suicide": frozenset({3}),
    "Homeschooling": frozenset({4}),
    "vow of celibacy": frozenset(),
    "abandon marriage": frozenset(),
    "capital punishment": frozenset({16}),
    "atheism": frozenset(),
    "human cloning": frozenset(),
    "private military": frozenset({16}),
    "Guantanamo": frozenset({16}),
    "mandatory retirement": frozenset({8}),
    "nuclear weapons": frozenset({16}),
    "urbanization": frozenset({11}),
    "compulsory voting": frozenset({16}),
    "cannabis": frozenset({3}),
    "sex selection": frozenset({5}),
    "women in combat": frozenset({5}),
    "journalism": frozenset({16}),
    "vocational education": frozenset({4}),
    "school uniform": frozenset({4}),
    "keep and bear arms": frozenset({16}),
    "affirmative action": frozenset({10}),
}


@dataclass(frozen=True)
class Labelled:
    """Hold a text with the goals people say it is about, and the target where they say one."""

    text: str
    goals: frozenset[int]
    target: str = ""


def titles(folder: Path, *, language: str, half: int) -> list[Labelled]:
    """Return every second title of the targets and indicators, from the first (half 0) or the second (half 1)."""
    found = json.loads((folder / "sdg" / "sdg_six_languages.json").read_text(encoding="utf-8"))
    key = "zh-Hans" if language == "zh" else language
    listed = [one for kind in ("targets", "indicators") for one in found[kind] if key in one["title"]]
    return [
        Labelled(one["title"][key], frozenset({int(one["code"].split(".")[0])}), ".".join(one["code"].split(".")[:2]))
        for number, one in enumerate(listed)
        if number % 2 == half
    ]


def labels() -> list[Labelled]:
    """Return the short labels of the targets that the reference ships, in other words than the titles."""
    found = tomllib.loads((_PACKAGE / "reference" / "data" / "targets.toml").read_text(encoding="utf-8"))["en"]
    return [Labelled(text, frozenset({int(code.split(".")[0])}), code) for code, text in found.items()]


def arguments(folder: Path, *, split: str) -> list[Labelled]:
    """Return the arguments of ArgKP under topics that plainly belong to one goal, or to none."""
    path = folder / "consultations" / "argkp-dev" / f"arguments_{split}.csv"
    with path.open(encoding="utf-8", newline="") as opened:
        rows = list(csv.DictReader(opened))
    return [
        Labelled(row["argument"], goals) for row in rows for topic, goals in _TOPICS.items() if topic in row["topic"]
    ]


def demonstration(*, language: str, half: int) -> list[Labelled]:
    """Return every second contribution of the demonstration, whose goals were chosen before there was any lexicon."""
    texts = [
        Labelled(one["text"], frozenset(one["tags_goals"]))
        for path in sorted((_PACKAGE / "demo" / "content").glob("session_*.toml"))
        for one in tomllib.loads(path.read_text(encoding="utf-8"))["contribution"]
        if one["language"] == language and one.get("tags_goals")
    ]
    return texts[half::2]


def everyday(*, language: str) -> list[Labelled]:
    """Return short texts in everyday words that we wrote: 40 that speak of one goal each, 10 that speak of none."""
    lines = (Path(__file__).parent / "texts" / f"{language}.txt").read_text(encoding="utf-8").splitlines()
    return [_everyday(*line.split(" | ", 1)) for line in lines]


def paragraphs(*, half: int) -> list[Labelled]:
    """
    Return every second English paragraph that we wrote as reports are written, each about one goal, two about none.

    Of the four about each goal, two use the words of other goals: they are near-misses for those.
    """
    lines = (Path(__file__).parent / "texts" / "paragraphs.txt").read_text(encoding="utf-8").splitlines()
    return [_everyday(*line.split(" | ", 1)) for line in lines][half::2]


def _everyday(code: str, text: str) -> Labelled:
    """Return one line of the texts we wrote: a target, a goal and a letter or number, or "-" for none."""
    goal = code.partition(".")[0]
    return Labelled(text, frozenset(), "") if code == "-" else Labelled(text, frozenset({int(goal)}), code)
