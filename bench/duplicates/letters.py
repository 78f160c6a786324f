"""Write campaign letters that say the same in ever other words, and mix them with what people wrote by themselves."""

import random
import re
import tomllib
from dataclasses import dataclass
from pathlib import Path

from answerable.engine.records import Contribution
from bench.speed.sentences import Pool, sentence_pools

_INNERMOST_CHOICE = re.compile(r"\{([^{}]*)\}")
_LETTERS = Path(__file__).with_name("letters.toml")
_CHANCE_OF_NO_INSERT = 0.2
MANY = 10_000


@dataclass(frozen=True)
class Letter:
    """Hold the template of one campaign; `use` says whether thresholds were chosen on it."""

    name: str
    use: str
    language: str
    opening: str
    body: tuple[str, ...]
    closing: str


@dataclass(frozen=True)
class Mixture:
    """Hold contributions and, for those that are letters, the name of their campaign."""

    contributions: tuple[Contribution, ...]
    campaigns: dict[str, str]


def read_letters(*, use: str) -> list[Letter]:
    """Return the templates that are `tuned on` or `judged on`."""
    rows = tomllib.loads(_LETTERS.read_text(encoding="utf-8"))["letter"]
    return [Letter(**{**row, "body": tuple(row["body"])}) for row in rows if row["use"] == use]


def mix(letters: list[Letter], *, templated: int, real: int, seed: int = 7) -> Mixture:
    """
    Return `templated` letters among `real` contributions, all to one question, in a random order.

    Real ones are single sentences to short texts as they were written, each used once; what senders add to a letter
    are other real sentences of its language, so that an addition by itself is no sign of a campaign.
    """
    chance = random.Random(seed)
    pools = sentence_pools()
    texts = [(write_letter(one, pools, chance), one.name) for one in _in_turn(letters, templated)]
    return _mixed(texts, real=_real_texts(pools, real, chance), chance=chance)


@dataclass(frozen=True)
class Spin:
    """
    Say how campaigns are spun by chance out of phrases people wrote.

    Each template is a row of `slots`, filled by one of `choices` phrases of two to five words, or always by the same in
    `fixed` of them. `added` letters in a hundred have a sentence before or after, one of `additions` that all
    campaigns share.
    """

    campaigns: int
    slots: int
    choices: int
    fixed: float
    added: int
    additions: int = MANY


def spin(how: Spin, *, templated: int, real: int, seed: int = 7) -> Mixture:
    """Return `templated` letters of campaigns spun by chance among `real` contributions, in a random order."""
    chance = random.Random(seed)
    pools = sentence_pools()
    # Every fourth sentence is for phrases and every fourth for additions, so that no real contribution has them.
    spare = [one for pool in pools for one in pool.sentences[1::2] if " " in one]
    phrases, additions = spare[::2], chance.sample(spare[1::2], min(how.additions, len(spare[1::2])))
    texts: list[tuple[str, str]] = []
    for number in range(how.campaigns):
        template = [_slot(phrases, how, chance) for _ in range(how.slots)]
        for _ in range(templated * (number + 1) // how.campaigns - templated * number // how.campaigns):
            parts = [" ".join(chance.choice(slot) for slot in template)]
            if chance.randrange(100) < how.added:
                parts.insert(chance.randrange(2), chance.choice(additions))
            texts.append((" ".join(parts), f"campaign {number}"))
    return _mixed(texts, real=_real_texts(pools, real, chance), chance=chance)


def _slot(sentences: list[str], how: Spin, chance: random.Random) -> list[str]:
    """Return the phrases a place in a template is filled by."""
    return [_phrase(sentences, chance) for _ in range(1 if chance.random() < how.fixed else how.choices)]


def _phrase(sentences: list[str], chance: random.Random) -> str:
    """Return two to five words that stood together in a sentence."""
    words = chance.choice(sentences).split()
    size = min(len(words), chance.randint(2, 5))
    first = chance.randrange(len(words) - size + 1)
    return " ".join(words[first : first + size])


def _mixed(texts: list[tuple[str, str]], *, real: list[str], chance: random.Random) -> Mixture:
    """Return letters, each with the name of its campaign, and other texts in a random order."""
    together = [*texts, *((text, "") for text in real)]
    chance.shuffle(together)
    contributions = tuple(Contribution(f"L-{place:07}", text) for place, (text, _) in enumerate(together))
    return Mixture(
        contributions, {one.id: name for one, (_, name) in zip(contributions, together, strict=True) if name}
    )


def write_letter(letter: Letter, pools: list[Pool], chance: random.Random) -> str:
    """Return one sender's letter: choices made, sentences moved, one perhaps left out, something of their own added."""
    body = list(letter.body)
    if chance.random() < 1 / 2:
        chance.shuffle(body)
    if len(body) > 3 and chance.random() < 1 / 4:
        body.pop()
    if chance.random() > _CHANCE_OF_NO_INSERT:
        for _ in range(chance.randint(1, 2)):
            body.insert(chance.randrange(len(body) + 1), _addition(letter.language, pools, chance))
    space = "" if letter.language == "zh" else " "
    return space.join(_chosen(sentence, chance) for sentence in (letter.opening, *body, letter.closing))


def _in_turn(letters: list[Letter], count: int) -> list[Letter]:
    """Return so many letters, the campaigns taking turns, later ones smaller and smaller."""
    weights = [1 / (place + 1) for place in range(len(letters))]
    total = sum(weights)
    dealt = [
        letter for letter, weight in zip(letters, weights, strict=True) for _ in range(int(count * weight / total))
    ]
    return dealt + [letters[0]] * (count - len(dealt))


def _chosen(sentence: str, chance: random.Random) -> str:
    """Return a sentence with each of its choices made, the innermost first."""
    while _INNERMOST_CHOICE.search(sentence):
        sentence = _INNERMOST_CHOICE.sub(lambda match: chance.choice(match[1].split("|")), sentence)
    return sentence


def _addition(language: str, pools: list[Pool], chance: random.Random) -> str:
    """Return a real sentence in a language, from the half of them that no real contribution is made of."""
    sentences = [one for pool in pools if pool.language == language for one in pool.sentences[1::2]]
    return chance.choice(sentences) if sentences else ""


def _real_texts(pools: list[Pool], count: int, chance: random.Random) -> list[str]:
    """Return texts of one to five sentences that stood together, from the half of them that no letter adds."""
    sentences = [one for pool in pools for one in pool.sentences[::2]]
    first = 0
    texts: list[str] = []
    while len(texts) < count and first < len(sentences):
        size = chance.randint(1, 5)
        texts.append(" ".join(sentences[first : first + size]))
        first += size
    return texts
