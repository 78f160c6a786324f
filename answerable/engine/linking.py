"""
Link themes that seem to be about the same across languages, within one question.

Words cannot be compared across languages, so two other things are: the goals and targets that the contributions of a
theme are tagged with, and, where a multilingual embedder is configured, vectors. A link is a guess for a person to keep
or drop; nothing is merged.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
import numpy.typing as npt

from answerable.engine.records import Theme, ThemeLink
from answerable.engine.sdg.records import SdgTags
from answerable.engine.vectors.embedder import Embedder

LEAST_SCORE = 0.5
_LEAST_TAGGED = 2
_LEAST_SHARE_TAGGED = 0.3
_MOST_TEXTS = 200
_TARGET_WEIGHT = 0.5
_DECIMALS = 4

Profile = Mapping[str, float]


@dataclass(frozen=True)
class _Described:
    """Hold a theme with what can be compared across languages: its tags, and the middle of its vectors."""

    theme: Theme
    tags: Profile
    middle: npt.NDArray[np.float32] | None


def link_themes(
    themes: Sequence[Theme],
    *,
    sdg: Iterable[SdgTags],
    texts: Mapping[str, str] | None = None,
    embedder: Embedder | None = None,
    least: float = LEAST_SCORE,
) -> tuple[ThemeLink, ...]:
    """
    Return the links between level-1 themes of one question in different languages, in the order of their ids.

    A pair is linked when each is the other's best in its language and their score is at least `least`. The score is the
    cosine of their tag profiles, with a multilingual `embedder` its mean with the cosine of the middles of their
    vectors; `texts`, the texts of the contributions by id, are needed only then, and up to 200 of a theme are read.
    """
    tags = {one.contribution: one for one in sdg}
    by_question: dict[str, list[Theme]] = defaultdict(list)
    for theme in themes:
        if theme.level == 1:
            by_question[theme.question].append(theme)
    links: list[ThemeLink] = []
    for question in sorted(by_question):
        if len({theme.language for theme in by_question[question]}) > 1:
            described = _described(by_question[question], tags=tags, texts=texts or {}, embedder=embedder)
            links.extend(_links(described, least=least))
    return tuple(sorted(links, key=lambda link: (link.theme, link.other)))


def _links(described: Sequence[_Described], *, least: float) -> Iterator[ThemeLink]:
    """Yield the links among the themes of one question."""
    pairs: dict[tuple[str, str], ThemeLink] = {}
    best: dict[tuple[str, str], tuple[float, str]] = {}
    for one, other in combinations(sorted(described, key=lambda each: each.theme.id), 2):
        if one.theme.language == other.theme.language:
            continue
        link = _link(one, other)
        pairs[one.theme.id, other.theme.id] = link
        for theme, partner in ((one.theme, other.theme), (other.theme, one.theme)):
            place = (theme.id, partner.language)
            best[place] = max(best.get(place, (0.0, "")), (link.score, partner.id))
    languages = {each.theme.id: each.theme.language for each in described}
    for (first, second), link in pairs.items():
        is_mutual = best[first, languages[second]][1] == second and best[second, languages[first]][1] == first
        if is_mutual and link.score >= least:
            yield link


def _link(one: _Described, other: _Described) -> ThemeLink:
    """Return the link between two themes, whatever its score."""
    score = _cosine(one.tags, other.tags)
    shared = _shared(one.tags, other.tags)
    reason = f"both speak of {', '.join(shared)}" if shared else "nothing in common"
    if one.middle is not None and other.middle is not None:
        alike = max(0.0, float(one.middle @ other.middle))
        has_tags = bool(one.tags and other.tags)
        score = (score + alike) / 2 if has_tags else alike
        reason = f"{reason}; vectors {alike:.2f}" if shared else f"vectors {alike:.2f}"
    return ThemeLink(one.theme.id, other.theme.id, round(min(1.0, score), _DECIMALS), reason)


def _described(
    themes: Sequence[Theme], *, tags: Mapping[str, SdgTags], texts: Mapping[str, str], embedder: Embedder | None
) -> list[_Described]:
    """Return the themes of one question with their profiles, in which a goal that most of them have counts less."""
    raw = [_profile(theme, tags) for theme in themes]
    having = Counter(code for profile in raw for code in profile)
    rarity = {code: math.log((1 + len(themes)) / count) for code, count in having.items()}
    return [
        _Described(
            theme,
            {code: value * rarity[code] for code, value in profile.items()},
            _middle(theme, texts=texts, embedder=embedder) if embedder else None,
        )
        for theme, profile in zip(themes, raw, strict=True)
    ]


def _profile(theme: Theme, tags: Mapping[str, SdgTags]) -> dict[str, float]:
    """
    Return the mean score of each goal, and half of it for each target, over the members of a theme.

    Empty when fewer than two members, or fewer than three tenths of them, have any tag.
    """
    tagged = [tags[member.contribution] for member in theme.members if member.contribution in tags]
    if len(tagged) < max(_LEAST_TAGGED, _LEAST_SHARE_TAGGED * len(theme.members)):
        return {}
    totals: dict[str, float] = defaultdict(float)
    for one in tagged:
        for tag in one.tags:
            totals[str(tag.goal)] += tag.score
            if tag.target:
                totals[tag.target] += tag.score * _TARGET_WEIGHT
    return {code: total / len(theme.members) for code, total in sorted(totals.items())}


def _middle(theme: Theme, *, texts: Mapping[str, str], embedder: Embedder) -> npt.NDArray[np.float32] | None:
    """Return the mean of the vectors of a theme's nearest members, of length 1; None when there are none."""
    nearest = sorted(theme.members, key=lambda member: (-member.score, member.contribution))[:_MOST_TEXTS]
    known = [texts[member.contribution] for member in nearest if member.contribution in texts]
    if not known:
        return None
    middle = np.asarray(embedder.encode(known).sum(axis=0), dtype=np.float32).ravel()
    length = float(np.linalg.norm(middle))
    return middle / np.float32(length) if length else None


def _cosine(one: Profile, other: Profile) -> float:
    """Return the cosine of two profiles, 0 when one is empty."""
    lengths = math.sqrt(sum(value**2 for value in one.values()) * sum(value**2 for value in other.values()))
    return sum(value * other.get(code, 0.0) for code, value in one.items()) / lengths if lengths else 0.0


def _shared(one: Profile, other: Profile) -> list[str]:
    """Return up to three goals that two themes share, those they share most first, as "SDG 6"."""
    goals = sorted(
        (code for code in one if code in other and "." not in code), key=lambda code: (-one[code] * other[code], code)
    )
    return [f"SDG {goal}" for goal in goals[:3]]
