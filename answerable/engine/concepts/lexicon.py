"""Read which concepts a word stands for: our own lexicon, one file for each of seven languages."""

from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from answerable.engine.writing_systems import bigram_pattern, fold

LANGUAGES = ("ar", "de", "en", "es", "fr", "ru", "zh")
"""The languages there is a lexicon for; the same concepts in each, in the same order."""

_ARABIC_PARTICLES = frozenset("وفبكل")
_LEAST_AFTER_A_PARTICLE = 3


@dataclass(frozen=True)
class Lexicon:
    """
    Hold the concepts of one language, and by which words they are known.

    `whole` are words, `beginnings` how words begin, `insides` what may stand anywhere within a word (as in compounds);
    each maps to places in `names`. `longest` is how many letters the longest of all these has.
    """

    names: tuple[str, ...]
    whole: dict[str, frozenset[int]]
    beginnings: dict[str, frozenset[int]]
    insides: dict[str, frozenset[int]]
    longest: int

    def concepts_of(self, word: str) -> frozenset[int]:
        """Return the concepts a folded word stands for; a run of a script without spaces may hold several words."""
        if bigram_pattern().match(word):
            return self._within(word, self.whole)
        found = self._concepts_of_one(word)
        if word[:1] in _ARABIC_PARTICLES and len(word) > _LEAST_AFTER_A_PARTICLE:
            found |= self._concepts_of_one(word[1:])
        return found

    def _concepts_of_one(self, word: str) -> frozenset[int]:
        """Return the concepts of a word as it stands."""
        found = self.whole.get(word, frozenset())
        for length in range(2, min(len(word), self.longest) + 1):
            found |= self.beginnings.get(word[:length], frozenset())
        return found | self._within(word, self.insides) if self.insides else found

    def _within(self, word: str, known: dict[str, frozenset[int]]) -> frozenset[int]:
        """Return the concepts of all known words within a longer one."""
        found: frozenset[int] = frozenset()
        for start in range(len(word)):
            for end in range(start + 1, min(len(word), start + self.longest) + 1):
                found |= known.get(word[start:end], frozenset())
        return found


@cache
def lexicon_of(language: str) -> Lexicon | None:
    """Return the lexicon of a language tag, None where there is none."""
    code = language.replace("_", "-").split("-")[0].casefold()
    if code not in LANGUAGES:
        return None
    text = files("answerable.engine.concepts").joinpath("lexicon", f"{code}.txt").read_text(encoding="utf-8")
    lines = [line.partition(":") for line in text.splitlines() if line and not line.startswith("#")]
    whole: dict[str, set[int]] = defaultdict(set)
    beginnings: dict[str, set[int]] = defaultdict(set)
    insides: dict[str, set[int]] = defaultdict(set)
    for place, (_, _, words) in enumerate(lines):
        for word in words.split():
            known = insides if word.startswith("*") else beginnings if word.endswith("*") else whole
            known[fold(word.strip("*"))].add(place)
    longest = max(len(word) for known in (whole, beginnings, insides) for word in known)
    names = tuple(name for name, _, _ in lines)
    return Lexicon(names, _frozen(whole), _frozen(beginnings), _frozen(insides), longest)


def _frozen(known: dict[str, set[int]]) -> dict[str, frozenset[int]]:
    """Return the same with sets that cannot change."""
    return {word: frozenset(places) for word, places in known.items()}
