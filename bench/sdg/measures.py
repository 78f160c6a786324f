"""Count how guesses agree with people, beside what two baselines without a lexicon would reach."""

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TypeAlias

from answerable.engine.sdg.tagging import tag_text
from answerable.engine.writing_systems import words_of
from bench.sdg.gold import Labelled

GOALS = range(1, 18)
_LEAST_LETTERS = 4
_PREFIX = 6
_MOST_TITLES = 2
Guess: TypeAlias = Callable[[str], frozenset[int]]


@dataclass(frozen=True)
class Counts:
    """Hold how many goals were guessed rightly, guessed wrongly, and missed."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    @property
    def precision(self) -> float:
        """Return the share of the guesses that are right."""
        return self.right / max(1, self.right + self.wrong)

    @property
    def recall(self) -> float:
        """Return the share of the labels that are guessed."""
        return self.right / max(1, self.right + self.missed)

    @property
    def f1(self) -> float:
        """Return the harmonic mean of precision and recall."""
        return 2 * self.right / max(1, 2 * self.right + self.wrong + self.missed)

    def __add__(self, other: "Counts") -> "Counts":
        """Return the sum of two counts."""
        return Counts(self.right + other.right, self.wrong + other.wrong, self.missed + other.missed)


def tagged(language: str) -> Guess:
    """Return a guess by the tags of the engine."""
    return lambda text: frozenset(tag.goal for tag in tag_text(text, language))


def most_frequent(texts: Iterable[Labelled]) -> Guess:
    """Return a guess that gives every text the goal that most of these texts have."""
    goals = Counter(goal for one in texts for goal in one.goals)
    best = frozenset(sorted(goals, key=lambda goal: (-goals[goal], goal))[:1])
    return lambda _: best


def drawn(text: str) -> frozenset[int]:
    """Return one goal drawn for a text, the same whenever it is asked for."""
    return frozenset({hashlib.sha256(text.encode()).digest()[0] % len(GOALS) + 1})


def title_words(folder: Path, *, language: str) -> Guess:
    """
    Return a guess by the words of the goals' own titles, cut to six letters; Chinese by pairs of characters.

    Words of fewer than four letters and words that more than two titles have are left out.
    """
    known = _title_words(folder, language)

    def guess(text: str) -> frozenset[int]:
        words = _pieces(text, language=language)
        return frozenset(goal for goal, own in known.items() if own & words)

    return guess


@cache
def _title_words(folder: Path, language: str) -> dict[int, frozenset[str]]:
    """Return for each goal the words of its titles that not more than two goals have."""
    found = json.loads((folder / "sdg" / "sdg_six_languages.json").read_text(encoding="utf-8"))["goals"]
    key = "zh-Hans" if language == "zh" else language
    words = {int(one["code"]): _pieces(f"{one['short'][key]} {one['title'][key]}", language=language) for one in found}
    times = Counter(word for own in words.values() for word in own)
    return {goal: frozenset(word for word in own if times[word] <= _MOST_TITLES) for goal, own in words.items()}


def _pieces(text: str, *, language: str) -> frozenset[str]:
    """Return what texts are compared by."""
    if language == "zh":
        return frozenset(text[place : place + 2] for place in range(len(text) - 1))
    return frozenset(word[:_PREFIX] for word in words_of(text) if len(word) >= _LEAST_LETTERS)


def counted(texts: Sequence[Labelled], guess: Guess) -> dict[int, Counts]:
    """Return for each goal how a guess agrees with the labels of some texts."""
    found = dict.fromkeys(GOALS, Counts())
    for one in texts:
        guessed = guess(one.text)
        for goal in one.goals | guessed:
            has, is_guessed = goal in one.goals, goal in guessed
            found[goal] += Counts(int(has and is_guessed), int(is_guessed and not has), int(has and not is_guessed))
    return found


def together(counts: Iterable[Counts]) -> Counts:
    """Return the sum of counts."""
    return sum(counts, Counts())


def silly(texts: Sequence[Labelled], guess: Guess) -> float:
    """Return the share of the texts that speak of no goal and are given one all the same."""
    none = [one.text for one in texts if not one.goals]
    return sum(bool(guess(text)) for text in none) / max(1, len(none))
