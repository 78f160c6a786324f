"""Gather real sentences by topic and language: from the data sets at hand, else from the demo consultation."""

import csv
import tomllib
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from answerable.engine.languages import detect
from answerable.engine.statements import split_text
from bench.quality.gold import consultations_folder, read_argkp, read_cimt

_DEMO = Path(__file__).resolve().parents[2] / "answerable" / "demo" / "content"
_TOPICS_OF_A_POOL = 3
_SHORTEST, _LONGEST = 25, 400


@dataclass(frozen=True)
class Pool:
    """Hold sentences people wrote about one group of topics in one language."""

    topic: str
    language: str
    sentences: tuple[str, ...]


def sentence_pools() -> list[Pool]:
    """Return pools of sentences in a fixed order, the same on every machine that has the same files."""
    folder = consultations_folder()
    return [*(_shared_pools(folder) if folder else ()), *_demo_pools()]


def _shared_pools(folder: Path) -> Iterator[Pool]:
    """Yield the pools of the public data sets."""
    by_topic: dict[str, list[str]] = defaultdict(list)
    for argument in read_argkp(folder, split="train").arguments:
        by_topic[argument.question].append(argument.text)
    topics = sorted(by_topic)
    for first in range(0, len(topics), _TOPICS_OF_A_POOL):
        group = topics[first : first + _TOPICS_OF_A_POOL]
        yield Pool(" / ".join(group), "en", _sentences(text for topic in group for text in by_topic[topic]))
    yield Pool("Verkehr", "de", _sentences(one.text for one in read_cimt(folder).contributions))
    for file in sorted(folder.glob("polis/*/comments.csv")):
        with file.open(encoding="utf-8-sig", newline="") as rows:
            texts = [row["comment-body"] for row in csv.DictReader(rows)]
        ranked = detect(" ".join(texts[:40]))
        yield Pool(file.parent.name, ranked[0][0] if ranked else "und", _sentences(iter(texts)))


def _demo_pools() -> Iterator[Pool]:
    """Yield the pools of the demo consultation, one for each session and language."""
    for file in sorted(_DEMO.glob("session_*.toml")):
        texts: dict[str, list[str]] = defaultdict(list)
        for row in tomllib.loads(file.read_text(encoding="utf-8"))["contribution"]:
            texts[row["language"]].append(row["text"])
        for language in sorted(texts):
            yield Pool(f"demo {file.stem}", language, _sentences(iter(texts[language])))


def _sentences(texts: Iterator[str]) -> tuple[str, ...]:
    """Return the distinct sentences of texts that are neither scraps nor endless."""
    found: dict[str, None] = {}
    for text in texts:
        for start, end in split_text(text):
            sentence = " ".join(text[start:end].split())
            if _SHORTEST <= len(sentence) <= _LONGEST or (sentence and sentence[0] > "\u2fff"):
                found[sentence if sentence[-1] in ".!?。！？…" else f"{sentence}."] = None
    return tuple(found)
