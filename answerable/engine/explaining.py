"""Say why a contribution is where it is, in figures that anybody can check against its text."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from answerable.engine.blocks import background_of, compared
from answerable.engine.records import Contribution, DuplicateGroup, LanguageOf, Settings, Status, Synthesis, Theme
from answerable.engine.sdg.records import SdgTag
from answerable.engine.shared_phrases import SharedPhrase, shared_phrases
from answerable.engine.vectors.embedder import dense

Reason = Literal["in a theme", "repeats another", "nothing to compare", "no neighbour", "too far from its neighbours"]
_DECIMALS = 4


class UnknownContributionError(ValueError):
    """Say that there is no contribution with an id."""


@dataclass(frozen=True, slots=True)
class ThemeStep:
    """Hold one theme on the way from the whole question to a contribution."""

    id: str
    label: str
    level: Literal[1, 2]
    size: int


@dataclass(frozen=True, slots=True)
class NearContribution:
    """Hold another contribution, how alike both are (cosine, 0 to 1), and the deepest theme it is in, if any."""

    contribution: str
    similarity: float
    theme: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """
    Hold why a contribution is where it is.

    `themes` lead from the largest to the deepest one. `shared` are phrases of the text that others in the deepest theme
    have too. `neighbours` are the most similar contributions to the same question in the same language; those of
    a duplicate are the neighbours of its original, as which it was compared. `tags` are guesses. `floor` is the fit
    with a theme below which a contribution stands alone.
    """

    contribution: str
    status: Status
    reason: Reason
    language: LanguageOf
    question: str
    themes: tuple[ThemeStep, ...]
    score: float
    floor: float
    key: str
    key_score: float
    duplicate_of: str
    repeats: tuple[DuplicateGroup, ...]
    shared: tuple[SharedPhrase, ...]
    neighbours: tuple[NearContribution, ...]
    tags: tuple[SdgTag, ...]


def explain(
    identity: str,
    *,
    synthesis: Synthesis,
    contributions: Sequence[Contribution],
    neighbours: int = 5,
    phrases: int = 8,
) -> Explanation:
    """
    Return why one contribution is where it is in a synthesis of these contributions.

    The vectors of its question and language are made again with the settings of the synthesis, so with an embedder
    that is a service their texts are sent again. Raises UnknownContributionError.
    """
    by_id = {one.id: one for one in contributions}
    placement = next((one for one in synthesis.placements if one.contribution == identity), None)
    if placement is None or identity not in by_id:
        message = f"There is no contribution {identity!r}."
        raise UnknownContributionError(message)
    spoken = {one.contribution: one for one in synthesis.languages}
    path = _path(placement.theme, synthesis.themes)
    compared_as = placement.duplicate_of or identity
    block = _block_of(compared_as, contributions=by_id, synthesis=synthesis, languages=spoken)
    settings = synthesis.manifest.settings
    places = {one.contribution: one.theme for one in synthesis.placements}
    near, has_words = _nearest(compared_as, block=block, places=places, settings=settings, count=neighbours)
    return Explanation(
        contribution=identity,
        status=placement.status,
        reason=_reason(placement.status, near, has_words=has_words, settings=settings),
        language=spoken[identity],
        question=by_id[identity].question,
        themes=tuple(ThemeStep(one.id, one.label, one.level, len(one.members)) for one in path),
        score=placement.score,
        floor=settings.stands_alone_below,
        key=placement.key,
        key_score=placement.key_score,
        duplicate_of=placement.duplicate_of,
        repeats=tuple(group for group in synthesis.duplicates if identity in group.members),
        shared=_shared(by_id[identity], path=path, block=block, phrases=phrases),
        neighbours=near,
        tags=next((one.tags for one in synthesis.sdg if one.contribution == identity), ()),
    )


@dataclass(frozen=True, slots=True)
class _Block:
    """Hold the distinct contributions to one question in one language, and all texts of that language."""

    language: str
    members: tuple[Contribution, ...]
    background: tuple[str, ...]


def _block_of(
    identity: str,
    *,
    contributions: Mapping[str, Contribution],
    synthesis: Synthesis,
    languages: Mapping[str, LanguageOf],
) -> _Block:
    """Return what a contribution was compared with, in the order in which it was compared."""
    language, question = languages[identity].language, contributions[identity].question
    distinct = [
        replace(contributions[one.contribution], language=language)
        for one in synthesis.placements
        if one.status != "duplicate of" and languages[one.contribution].language == language
    ]
    members = tuple(one for one in distinct if one.question == question)
    return _Block(language, members, tuple(one.text for one in distinct))


def _path(theme: str, themes: Sequence[Theme]) -> tuple[Theme, ...]:
    """Return a theme with the one it lies in before it; nothing for no theme."""
    by_id = {one.id: one for one in themes}
    found: list[Theme] = []
    while theme:
        found.insert(0, by_id[theme])
        theme = by_id[theme].parent
    return tuple(found)


def _nearest(
    identity: str, *, block: _Block, places: Mapping[str, str], settings: Settings, count: int
) -> tuple[tuple[NearContribution, ...], bool]:
    """Return the most similar contributions, the nearest first, and whether there was anything to compare by."""
    ids = [one.id for one in block.members]
    background = background_of(block.background, settings=settings)
    _, _, vectors, _ = compared(block.members, background=background, settings=settings)
    row = ids.index(identity)
    similarity = dense(vectors @ vectors[row].T).ravel()
    order = sorted((other for other in range(len(ids)) if other != row), key=lambda one: (-similarity[one], ids[one]))
    near = tuple(
        NearContribution(ids[one], round(float(similarity[one]), _DECIMALS), places[ids[one]])
        for one in order[:count]
        if similarity[one] > 0
    )
    return near, bool(vectors[row].nnz)


def _reason(status: Status, near: Sequence[NearContribution], *, has_words: bool, settings: Settings) -> Reason:
    """Return in a word why a contribution is where it is."""
    if status == "duplicate of":
        return "repeats another"
    if status != "stands alone":
        return "in a theme"
    if not has_words:
        return "nothing to compare"
    if not near or near[0].similarity <= settings.least_similarity:
        return "no neighbour"
    return "too far from its neighbours"


def _shared(
    contribution: Contribution, *, path: Sequence[Theme], block: _Block, phrases: int
) -> tuple[SharedPhrase, ...]:
    """Return what a contribution shares with the deepest theme it is in."""
    if not path:
        return ()
    inside = {one.contribution for one in path[-1].members} - {contribution.id}
    others = [one for one in block.members if one.id != contribution.id]
    return shared_phrases(
        contribution.text,
        language=block.language,
        inside=[one.text for one in others if one.id in inside],
        outside=[one.text for one in others if one.id not in inside],
        most=phrases,
    )
