"""Print how the tags do by language and by length, beside two baselines, and how they tell near-misses apart."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from answerable.engine.sdg.matching import matcher
from answerable.engine.writing_systems import words_of
from bench.sdg.gold import LANGUAGES, Labelled
from bench.sdg.measures import GOALS, counted, drawn, most_frequent, tagged, together

_MOST_SHORT = 40
_CHARACTERS_A_WORD = 2


class Told(NamedTuple):
    """Hold how often texts about a goal are told from near-misses: texts with its words that are not about it."""

    about: int
    found: int
    near: int
    wrong: int

    @property
    def accuracy(self) -> float:
        """Return the share of these texts for which yes or no is right."""
        return (self.found + self.near - self.wrong) / max(1, self.about + self.near)


def words_in(text: str, *, language: str) -> int:
    """Return how many words a text has; in Chinese two characters are a word."""
    return len(text) // _CHARACTERS_A_WORD if language == "zh" else len(words_of(text))


def print_by_length(judged: Sequence[tuple[str, Labelled]]) -> None:
    """Print the texts judged on, all sets together, by language and by length."""
    print(f"\nBy language and length, over all rows judged on; short: at most {_MOST_SHORT} words")
    print(f"{'':4}{'length':11}{'number':>7}{'recall':>8}{'precision':>11}{'F1':>6}{'one goal':>10}{'drawn':>7}")
    for language in LANGUAGES:
        texts = [
            (one, words_in(one.text, language=language) <= _MOST_SHORT) for code, one in judged if code == language
        ]
        for name, is_short in (("short", True), ("paragraph", False)):
            chosen = [one for one, short in texts if short == is_short]
            if chosen:
                _print_length(f"{language:4}{name:11}", chosen, language=language)


def _print_length(start: str, texts: Sequence[Labelled], *, language: str) -> None:
    """Print how the tags of some texts agree with their labels, beside one goal for all and a goal drawn for each."""
    own, one, any_goal = (
        together(counted(texts, guess).values()) for guess in (tagged(language), most_frequent(texts), drawn)
    )
    print(f"{start}{len(texts):7}{own.recall:8.2f}{own.precision:11.2f}{own.f1:6.2f}{one.f1:10.2f}{any_goal.f1:7.2f}")


def told_apart(texts: Iterable[Labelled], *, language: str) -> dict[int, Told]:
    """Return for each goal how texts about it are told from those of other goals that hold a phrase of it."""
    guess, known = tagged(language), matcher(language)
    found = dict.fromkeys(GOALS, Told(0, 0, 0, 0))
    for one in texts:
        guessed = guess(one.text)
        named = {hit.phrase.goal for hit in known.hits(one.text)[0] if hit.phrase.weight > 1} if known else set()
        for goal in one.goals | named:
            is_about, is_guessed = goal in one.goals, goal in guessed
            new = (is_about, is_about and is_guessed, not is_about, not is_about and is_guessed)
            found[goal] = Told(*(old + more for old, more in zip(found[goal], new, strict=True)))
    return found


def print_near_misses(texts: Sequence[Labelled]) -> None:
    """Print by goal how paragraphs about it are told from near-misses."""
    print("\nYes or no by goal, over our own paragraphs: those about a goal, and those of other goals with words of it")
    print(f"{'goal':>4}{'about':>7}{'found':>7}{'near':>6}{'wrongly':>9}{'accuracy':>10}{'always no':>11}")
    for goal, one in told_apart(texts, language="en").items():
        no = one.near / max(1, one.about + one.near)
        print(f"{goal:4}{one.about:7}{one.found:7}{one.near:6}{one.wrong:9}{one.accuracy:10.2f}{no:11.2f}")
