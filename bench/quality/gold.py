"""Read the data sets with right answers, where they are at hand."""

import csv
import os
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

from answerable.engine.records import Contribution

_BESIDE_THE_CHECKOUT = Path(__file__).resolve().parents[2].parent / "shared" / "data"


# Two of the themes are umbrellas over the others; without them each contribution has one to four.
_NOT_THEMES = frozenset({"document_id", "title", "text", "url", "motorized transport", "non-motorized transport"})


@dataclass(frozen=True)
class KeyPoint:
    """Hold one sentence an expert wrote to stand for many arguments on one side of a topic."""

    id: str
    text: str
    topic: str
    stance: str


@dataclass(frozen=True)
class KeyPointGold:
    """
    Hold a split of ArgKP-2021: arguments, key points, and which argument matches which key point.

    `labels` maps (argument, key point) to 1 or 0; a pair that is missing was not decided. `stances` gives each
    argument's side, which the engine is not told.
    """

    split: str
    arguments: tuple[Contribution, ...]
    key_points: tuple[KeyPoint, ...]
    labels: dict[tuple[str, str], int]
    stances: dict[str, str]

    def matches(self) -> dict[str, frozenset[str]]:
        """Return for each argument the key points it matches."""
        found: dict[str, set[str]] = defaultdict(set)
        for (argument, key_point), label in self.labels.items():
            if label == 1:
                found[argument].add(key_point)
        return {argument: frozenset(key_points) for argument, key_points in found.items()}

    def possible_matches(self) -> dict[str, frozenset[str]]:
        """Return for each argument the key points of its side that it matches, or that nobody decided about."""
        sides: dict[tuple[str, str], list[str]] = defaultdict(list)
        for point in self.key_points:
            sides[point.topic, point.stance].append(point.id)
        return {
            one.id: frozenset(
                point for point in sides[one.question, self.stances[one.id]] if self.labels.get((one.id, point), 1) == 1
            )
            for one in self.arguments
        }


@dataclass(frozen=True)
class ThemeGold:
    """Hold contributions with the themes experts gave each of them."""

    contributions: tuple[Contribution, ...]
    themes: dict[str, frozenset[str]]


def consultations_folder() -> Path | None:
    """Return where the data sets are: in $ANSWERABLE_SHARED_DATA, else in shared/data beside the checkout."""
    named = os.environ.get("ANSWERABLE_SHARED_DATA")
    folder = (Path(named) if named else _BESIDE_THE_CHECKOUT) / "consultations"
    return folder if folder.is_dir() else None


def read_argkp(folder: Path, *, split: str) -> KeyPointGold:
    """Read the train or dev split of ArgKP-2021."""
    arguments = _rows(folder / "argkp-dev" / f"arguments_{split}.csv")
    key_points = _rows(folder / "argkp-dev" / f"key_points_{split}.csv")
    labels = _rows(folder / "argkp-dev" / f"labels_{split}.csv")
    return KeyPointGold(
        split=split,
        arguments=tuple(Contribution(row["arg_id"], row["argument"], question=row["topic"]) for row in arguments),
        key_points=tuple(
            KeyPoint(row["key_point_id"], row["key_point"], row["topic"], row["stance"]) for row in key_points
        ),
        labels={(row["arg_id"], row["key_point_id"]): int(row["label"]) for row in labels},
        stances={row["arg_id"]: row["stance"] for row in arguments},
    )


def read_cimt(folder: Path) -> ThemeGold:
    """Read the contributions to a city's consultation on traffic, with their 12 themes."""
    rows = _rows(folder / "cimt-thematic" / "dataset-Ottensen-thematic-d1a.csv")
    names = [name for name in rows[0] if name not in _NOT_THEMES]
    return ThemeGold(
        contributions=tuple(Contribution(row["document_id"], row["text"], language="de") for row in rows),
        themes={
            row["document_id"]: frozenset(name for name in names if row[name].strip() in {"1", "1.0"}) for row in rows
        },
    )


def _rows(path: Path) -> list[dict[str, str]]:
    """Return the rows of a CSV file by column name."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))
