"""Keep themes while contributions go on coming in: attach new ones, and find old themes again after a new run."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

import numpy as np

from answerable.engine.blocks import Background, background_of, compared
from answerable.engine.languages import languages_of
from answerable.engine.products import products
from answerable.engine.records import Contribution, Placement, Settings, Synthesis, Theme
from answerable.engine.vectors.embedder import Vectors

_LEAST_OVERLAP = 0.3
_DECIMALS = 6


def match_themes(old: Sequence[Theme], new: Sequence[Theme]) -> dict[str, str]:
    """
    Return for each old theme that lives on the id of the new theme it lives on in.

    Two themes match when they answer the same question in the same language at the same level, and share at least
    30 % of their members (Jaccard), counting only contributions that both runs placed. The best match goes first and
    each theme is matched once; an old theme that is missing from the result has come apart.
    """
    in_both = _members_at(old) & _members_at(new)
    by_member: dict[tuple[str, int], list[Theme]] = defaultdict(list)
    for theme in new:
        for one in theme.members:
            by_member[one.contribution, theme.level].append(theme)
    pairs: list[tuple[float, str, str]] = []
    for theme in old:
        shared: dict[str, Theme] = {}
        for one in theme.members:
            shared.update({other.id: other for other in by_member[one.contribution, theme.level]})
        pairs += [(-_overlap(theme, other, in_both), theme.id, other.id) for other in shared.values()]
    return _one_to_one(pairs)


def attach(
    contributions: Sequence[Contribution],
    *,
    placed: Sequence[Contribution],
    synthesis: Synthesis,
    settings: Settings | None = None,
) -> tuple[Placement, ...]:
    """
    Return where new contributions belong among the themes there are, in the order given, changing nothing.

    `placed` are the contributions the synthesis was made of. A new one goes to the theme with the most similarity
    among its nearest neighbours, and to the key in it that is nearest; without near enough neighbours it stands alone.
    `continuing.go_on` makes a new synthesis once more than a tenth of all contributions would be attached.
    """
    known = {one.contribution: one.language for one in synthesis.languages}
    keys: dict[str, list[str]] = defaultdict(list)
    for one in synthesis.representatives:
        keys[one.theme].append(one.contribution)
    return attach_to(
        contributions,
        placed=[_spoken(one, known) for one in placed if one.id in known],
        placements={one.contribution: one for one in synthesis.placements if one.theme and not one.duplicate_of},
        keys=keys,
        settings=settings or synthesis.manifest.settings,
    )


def attach_to(
    contributions: Sequence[Contribution],
    *,
    placed: Sequence[Contribution],
    placements: Mapping[str, Placement],
    keys: Mapping[str, Sequence[str]],
    settings: Settings,
) -> tuple[Placement, ...]:
    """
    Return where new contributions belong among themes that somebody may have changed since a synthesis made them.

    `placed` are earlier contributions, each with its language; `placements` says by id which of them vote for which
    theme, `keys` which contributions speak for each of those themes. Only new ones without a language have it found.
    """
    languages = {one.contribution: one.language for one in languages_of(contributions)}
    everything = [*placed, *(_spoken(one, languages) for one in contributions)]
    new = {one.id for one in contributions}
    found: dict[str, Placement] = {}
    for members, likeness in _blocks_with(new, everything, settings=settings):
        ids = [one.id for one in members]
        rows = [row for row, one in enumerate(ids) if one in new]
        old = [row for row, one in enumerate(ids) if one in placements]
        if not old:
            continue
        similarity = products(likeness[rows], likeness[old])
        for row, near in zip(rows, similarity, strict=True):
            nearness = {ids[other]: float(value) for other, value in zip(old, near, strict=True)}
            found[ids[row]] = _voted(ids[row], nearness, placements, keys, settings=settings)
    return tuple(found.get(one.id, Placement(one.id, "", 0.0, "stands alone")) for one in contributions)


def _blocks_with(
    new: set[str], contributions: Sequence[Contribution], *, settings: Settings
) -> Iterator[tuple[list[Contribution], Vectors]]:
    """Yield the contributions to each question in each language that has new ones, and how alike they are."""
    blocks: dict[tuple[str, str], list[Contribution]] = defaultdict(list)
    texts: dict[str, list[str]] = defaultdict(list)
    for one in contributions:
        blocks[one.language, one.question].append(one)
        texts[one.language].append(one.text)
    backgrounds: dict[str, Background] = {}
    for language, question in sorted({(one.language, one.question) for one in contributions if one.id in new}):
        if language not in backgrounds:
            backgrounds[language] = background_of(texts[language], settings=settings)
        members = blocks[language, question]
        _, _, likeness, _ = compared(members, background=backgrounds[language], settings=settings)
        yield members, likeness


def _voted(
    identity: str,
    nearness: Mapping[str, float],
    themes: Mapping[str, Placement],
    keys: Mapping[str, Sequence[str]],
    *,
    settings: Settings,
) -> Placement:
    """Return the placement that the nearest neighbours of one contribution vote for."""
    nearest = sorted(nearness, key=lambda one: (-nearness[one], one))[: settings.neighbours]
    votes: dict[str, float] = defaultdict(float)
    for one in nearest:
        if nearness[one] > settings.least_similarity:
            votes[themes[one].theme] += nearness[one]
    if not votes:
        return Placement(identity, "", 0.0, "stands alone")
    theme = max(votes, key=lambda one: (votes[one], one))
    score = float(np.mean([nearness[one] for one in nearest if themes[one].theme == theme]))
    if score < settings.stands_alone_below:
        return Placement(identity, "", 0.0, "stands alone")
    key = max(keys[theme], key=lambda one: (nearness.get(one, 0.0), one))
    return Placement(
        identity, theme, round(score, _DECIMALS), "near-key", key, round(nearness.get(key, 0.0), _DECIMALS)
    )


def _spoken(contribution: Contribution, languages: Mapping[str, str]) -> Contribution:
    """Return a contribution with the language it was found to be in."""
    return replace(contribution, language=languages[contribution.id])


def _members_at(themes: Sequence[Theme]) -> set[str]:
    """Return the ids of all members of themes."""
    return {one.contribution for theme in themes for one in theme.members}


def _overlap(old: Theme, new: Theme, in_both: set[str]) -> float:
    """Return the Jaccard overlap of two themes among contributions of both runs, 0 for themes of different places."""
    if (old.question, old.language, old.level) != (new.question, new.language, new.level):
        return 0.0
    one = {member.contribution for member in old.members} & in_both
    other = {member.contribution for member in new.members} & in_both
    return len(one & other) / len(one | other) if one | other else 0.0


def _one_to_one(pairs: Sequence[tuple[float, str, str]]) -> dict[str, str]:
    """Return the pairs that remain when the best overlaps choose first."""
    matched: dict[str, str] = {}
    taken: set[str] = set()
    for overlap, old, new in sorted(pairs):
        if -overlap >= _LEAST_OVERLAP and old not in matched and new not in taken:
            matched[old] = new
            taken.add(new)
    return dict(sorted(matched.items()))
