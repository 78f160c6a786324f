"""Read texts that experts or volunteers have said yes or no to a goal for, from files given by whoever has them."""

import csv
import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from answerable.engine.sdg.tagging import tag_text
from bench.sdg.measures import Counts

FOLDER_SETTING = "ANSWERABLE_SDG_LABELLED"
_LEAST_AGREEMENT = 0.6


@dataclass(frozen=True)
class Asked:
    """Hold that people were asked whether a text speaks of a goal, and what they said."""

    text: str
    language: str
    goal: int
    has: bool


@dataclass(frozen=True)
class Answer:
    """Hold how the tags agree with what people said, and how often the first tag of a text is the goal it has."""

    asked: int
    counts: Counts
    first: float
    tags_a_text: float

    @property
    def share(self) -> float:
        """Return the share of the answers that were yes."""
        return (self.counts.right + self.counts.missed) / max(1, self.asked)

    @property
    def always_yes(self) -> float:
        """Return the F1 of answering yes to every question, as the most frequent goal for every text would."""
        return 2 * self.share / (1 + self.share)

    @property
    def by_coin(self) -> float:
        """Return the F1 to be expected of answers drawn by a coin."""
        return self.share / (0.5 + self.share)


def expert_files() -> list[Path]:
    """Return the CSV and TSV files in the folder named by ANSWERABLE_SDG_LABELLED; none when it is not set."""
    folder = os.environ.get(FOLDER_SETTING)
    return sorted(path for path in Path(folder).iterdir() if path.suffix in {".csv", ".tsv"}) if folder else []


def asked_in(path: Path) -> list[Asked]:
    """
    Return what was asked in one file with the columns `text` and `sdg`, and `language` (English when there is none).

    The answer stands in `label` (true or false), as in the SDG Classification Benchmark; or in `labels_positive`,
    `labels_negative` and `agreement`, as in the OSDG Community Dataset, of which only rows with an agreement of at
    least 0.6 are read.
    """
    with path.open(encoding="utf-8", newline="") as opened:
        divider = "\t" if "\t" in opened.readline() else ","
        opened.seek(0)
        return list(_asked(csv.DictReader(opened, delimiter=divider)))


def _asked(rows: Iterable[Mapping[str, str]]) -> Iterator[Asked]:
    for row in rows:
        if "label" in row:
            has = row["label"].strip().casefold() in {"true", "1"}
        elif float(row["agreement"]) >= _LEAST_AGREEMENT:
            has = int(row["labels_positive"]) > int(row["labels_negative"])
        else:
            continue
        yield Asked(row["text"], row.get("language") or "en", int(row["sdg"]), has)


def answered(asked: Iterable[Asked]) -> dict[tuple[str, int], Answer]:
    """Return for each language and goal how the tags agree with what people said; goal 0 stands for all of them."""
    groups: dict[tuple[str, int], list[tuple[Asked, tuple[int, ...]]]] = {}
    for one in asked:
        goals = tuple(tag.goal for tag in tag_text(one.text, one.language))
        for goal in (0, one.goal):
            groups.setdefault((one.language, goal), []).append((one, goals))
    return {key: _answer(groups[key]) for key in sorted(groups)}


def _answer(answers: list[tuple[Asked, tuple[int, ...]]]) -> Answer:
    """Return how the tags of some texts agree with what people said of them."""
    having = [(one, goals) for one, goals in answers if one.has]
    right = sum(one.goal in goals for one, goals in having)
    wrong = sum(one.goal in goals for one, goals in answers if not one.has)
    first = sum(goals[:1] == (one.goal,) for one, goals in having)
    tags = sum(len(goals) for _, goals in answers)
    return Answer(
        len(answers), Counts(right, wrong, len(having) - right), first / max(1, len(having)), tags / len(answers)
    )
