"""
Tag texts with goals and targets: always guesses, each with the words of the text it rests on.

A phrase weighs by how telling it is, less for each time it comes back, and less in a long text; a goal is tagged when
what it gathers reaches a floor, and a part of what the strongest goal of the text gathers. The numbers were chosen on
half of the titles of the targets and indicators, their short labels, the topics of ArgKP train, and texts of our own;
docs/concepts/sdg_tags.md has what they give on the rest.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import islice

from answerable.engine.sdg.matching import Hit, Matcher, matcher
from answerable.engine.sdg.records import Evidence, SdgTag

_LONGEST_TEXT = 50_000
_WEIGHTS: Mapping[int, float] = {3: 3.0, 2: 1.5, 1: 0.4, 0: 0.0}
_REPETITION = 0.6
_TYPICAL_WORDS = 60
_LEAST = 1.2
_LEAST_SHARE = 0.51
# Words of work, equality, institutions and partnership stand in many texts that are about another goal.
_TRUST: Mapping[int, float] = {8: 0.85, 10: 0.9, 16: 0.9, 17: 0.85}
_ROUNDING = 1 + 1e-9
_LEAST_TARGET = 2
_EVEN = 3.0
_MOST_EVIDENCE = 8


def tag_text(text: str, language: str) -> tuple[SdgTag, ...]:
    """
    Return the goals a text seems to speak of, the likeliest first, each with a target where its words tell one.

    `language` is a tag such as "fr" or "zh-Hans"; a language without a lexicon gives no tags. Offsets of the evidence
    count characters of `text`; up to eight phrases, the most telling ones, stand for the others. Only the first 50,000
    characters are read.
    """
    known = matcher(language)
    hits, words = known.hits(text[:_LONGEST_TEXT]) if known else ([], 0)
    if known is None or not hits:
        return ()
    scale = math.sqrt(1 + words / _TYPICAL_WORDS)
    found, strengths = _strong_goals(hits, scale=scale)
    floor = max(_LEAST, _LEAST_SHARE * max(strengths.values(), default=0.0))
    passing = sorted(goal for goal, strength in strengths.items() if strength >= floor)
    if not passing:
        return ()
    evidence = _evidence({goal: found[goal] for goal in passing}, known, text[:_LONGEST_TEXT])
    tags = [
        SdgTag(goal, _target(found[goal]), round(1 - math.exp(-strengths[goal] / _EVEN), 4), evidence[goal])
        for goal in passing
    ]
    return tuple(sorted(tags, key=lambda tag: (-tag.score, tag.goal)))


def _strong_goals(found: Iterable[Hit], *, scale: float) -> tuple[dict[int, list[Hit]], dict[int, float]]:
    """
    Return the goals that may reach the floor, with their hits that lie inside no longer one and their strengths.

    What all hits of a goal weigh is the most its strength can be; goals for which that is too little are passed over.
    """
    by_goal: dict[int, list[Hit]] = defaultdict(list)
    most: dict[int, float] = defaultdict(float)
    for hit in found:
        by_goal[hit.phrase.goal].append(hit)
        most[hit.phrase.goal] += _WEIGHTS[hit.phrase.weight]
    trusted = {goal: weight * _TRUST.get(goal, 1.0) / scale * _ROUNDING for goal, weight in most.items()}
    chosen: dict[int, list[Hit]] = {}
    strengths: dict[int, float] = {}
    floor = _LEAST
    for goal in sorted(trusted, key=lambda goal: (-trusted[goal], goal)):
        if trusted[goal] < floor:
            break
        chosen[goal] = _longest(by_goal[goal])
        strengths[goal] = _strength(chosen[goal]) / scale * _TRUST.get(goal, 1.0)
        floor = max(floor, _LEAST_SHARE * strengths[goal])
    return chosen, strengths


def _longest(hits: Sequence[Hit]) -> list[Hit]:
    """Return the hits that lie inside no other, one for each place."""
    if len(hits) == 1:
        return list(hits)
    chosen: list[Hit] = []
    for hit in sorted(hits, key=_first_and_longest):
        if not chosen or hit.last > chosen[-1].last:
            chosen.append(hit)
    return chosen


def _first_and_longest(hit: Hit) -> tuple[int, int, int, bool, str]:
    """Return the order of hits by place; in one place the longest, the most telling, and one with a target first."""
    return hit.first, -hit.last, -hit.phrase.weight, not hit.phrase.target, hit.phrase.target


def _strength(hits: Sequence[Hit]) -> float:
    """Return what the phrases of one goal weigh together."""
    times: dict[int, int] = {}
    weights: dict[int, float] = {}
    for hit in hits:
        key = id(hit.phrase)
        times[key] = times.get(key, 0) + 1
        weights[key] = _WEIGHTS[hit.phrase.weight]
    return sum(weights[key] * math.pow(count, _REPETITION) for key, count in times.items())


def _target(hits: Iterable[Hit]) -> str | None:
    """Return the target that most of the telling phrases name, of equals the first; None when none does."""
    totals: Counter[str] = Counter()
    for hit in hits:
        if hit.phrase.target:
            totals[hit.phrase.target] += hit.phrase.weight
    best = min(totals, key=lambda target: (-totals[target], target), default=None)
    return best if best and totals[best] >= _LEAST_TARGET else None


def _evidence(hits: Mapping[int, Sequence[Hit]], known: Matcher, text: str) -> dict[int, tuple[Evidence, ...]]:
    """Return for each goal its most telling phrases as they stand in a text, in the order of their places."""
    telling = {
        goal: sorted(
            sorted((hit for hit in found if hit.phrase.weight), key=lambda hit: -hit.phrase.weight)[:_MOST_EVIDENCE],
            key=_place,
        )
        for goal, found in hits.items()
    }
    spans = iter(known.spans(text, [hit for goal in telling for hit in telling[goal]]))
    return {
        goal: tuple(Evidence(start, end, text[start:end]) for start, end in islice(spans, len(found)))
        for goal, found in telling.items()
    }


def _place(hit: Hit) -> int:
    """Return where a hit begins."""
    return hit.first
