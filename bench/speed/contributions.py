"""Make a consultation of any size out of real sentences, so that its words are words people use."""

import random
from collections.abc import Iterator

from answerable.engine.records import Contribution
from bench.speed.sentences import Pool, sentence_pools

QUESTIONS = 10
_SHORTEST, _LONGEST = 140, 700
_SECTORS = ("public", "private", "civil society", "knowledge")
_COUNTRIES = ("KEN", "BRA", "DEU", "THA", "FRA", "PER", "GHA", "VNM")


def make_contributions(count: int, *, seed: int = 11) -> list[Contribution]:
    """
    Return `count` contributions of 140 to 700 characters to ten questions.

    Each joins real sentences of one question, most in its main language; one in forty repeats another with a word or
    two left out, as people do.
    """
    chance = random.Random(seed)
    questions = _questions(sentence_pools())
    made: list[Contribution] = []
    for number in range(count):
        place = number % QUESTIONS
        repeats = number >= QUESTIONS and chance.random() < 1 / 40
        before = made[chance.randrange(number // QUESTIONS) * QUESTIONS + place] if repeats else None
        text = _shortened(before.text, chance) if before else _recombined(questions[place], chance)
        made.append(
            Contribution(
                f"C-{number:07}",
                text,
                question=f"Question {place + 1}",
                sector=chance.choice(_SECTORS),
                country=chance.choice(_COUNTRIES),
                author=f"author {chance.randrange(max(1, count // 2))}",
            )
        )
    return made


def _questions(pools: list[Pool]) -> list[list[Pool]]:
    """Return the pools of each question: a large one first, smaller ones dealt out in turn."""
    largest = sorted(pools, key=lambda pool: (-sum(map(len, pool.sentences)), pool.topic, pool.language))
    dealt: list[list[Pool]] = [[] for _ in range(QUESTIONS)]
    for number, pool in enumerate(largest):
        dealt[number % QUESTIONS].append(pool)
    return dealt


def _recombined(pools: list[Pool], chance: random.Random) -> str:
    """Return real sentences of one pool, joined to a real length; four in five are from the largest pool."""
    pool = pools[0] if len(pools) == 1 or chance.random() < 4 / 5 else chance.choice(pools[1:])
    wanted = min(_LONGEST, int(chance.triangular(_SHORTEST, _LONGEST, 250)))
    return " ".join(_until(wanted, pool, chance))


def _until(wanted: int, pool: Pool, chance: random.Random) -> Iterator[str]:
    """Yield sentences of a pool until they have so many characters."""
    length = 0
    while length < wanted:
        sentence = chance.choice(pool.sentences)
        length += len(sentence) + 1
        yield sentence


def _shortened(text: str, chance: random.Random) -> str:
    """Return a text without one or two of its words."""
    words = text.split(" ")
    for _ in range(min(len(words) - 1, chance.randint(0, 2))):
        words.pop(chance.randrange(len(words)))
    return " ".join(words)
