"""Run the whole synthesis, from contributions to a result that says where each one went."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from itertools import pairwise

from answerable.engine.balance import measure_balance
from answerable.engine.blocks import cut_blocks, make_embedder
from answerable.engine.coverage import measure_coverage
from answerable.engine.duplicates import campaigns_of, duplicate_groups, originals_of
from answerable.engine.languages import languages_of
from answerable.engine.manifest import make_manifest
from answerable.engine.records import (
    Contribution,
    DuplicateGroup,
    LanguageOf,
    Placement,
    Progress,
    Settings,
    Synthesis,
)
from answerable.engine.statements import split_contribution
from answerable.engine.themes import BlockThemes, themes_of_block
from answerable.foundation.hashing import text_digest

STAGES = ("languages", "statements", "duplicates", "themes", "balance")


class DuplicateIdError(ValueError):
    """Say that two contributions carry the same id, so that no result could tell them apart."""


def synthesize(
    contributions: Sequence[Contribution], *, settings: Settings | None = None, progress: Progress | None = None
) -> Synthesis:
    """
    Synthesise contributions into themes with key contributions, and place every single one.

    The result depends on the contributions and the settings alone, not on their order. `progress` is called with a
    stage of STAGES, how much of it is done, and how much there is. Raises DuplicateIdError.
    """
    chosen = settings or Settings()
    report = progress or _silent
    ordered = canonical_order(contributions)
    report("languages", 0, len(ordered))
    languages = languages_of(ordered, progress=report)
    report("statements", 0, 1)
    statements = tuple(statement for one in ordered for statement in split_contribution(one))
    report("duplicates", 0, 1)
    duplicates = duplicate_groups(ordered, settings=chosen)
    languages = _aligned(languages, duplicates=duplicates)
    spoken = [replace(one, language=spoken.language) for one, spoken in zip(ordered, languages, strict=True)]
    blocks = _all_themes(spoken, duplicates=duplicates, settings=chosen, progress=report)
    report("balance", 0, 1)
    placements = place_all(ordered, blocks=blocks, originals=originals_of(duplicates))
    themes = tuple(theme for block in blocks for theme in block.themes)
    representatives = tuple(one for block in blocks for one in block.representatives)
    cited = {one.contribution for one in representatives}
    manifest = make_manifest(
        ordered,
        settings=chosen,
        embedder=make_embedder(chosen.embedder),
        counts={
            "contributions": len(ordered),
            "duplicate groups": len(duplicates),
            "key contributions": len(representatives),
            "statements": len(statements),
            "themes": len(themes),
        },
    )
    return Synthesis(
        statements=statements,
        languages=tuple(languages),
        duplicates=duplicates,
        themes=themes,
        placements=placements,
        representatives=representatives,
        coverage=measure_coverage(spoken, placements=placements),
        balance=measure_balance(spoken, cited=cited, least=chosen.least_for_balance),
        manifest=manifest,
    )


def canonical_order(contributions: Iterable[Contribution]) -> list[Contribution]:
    """Return contributions in the order of their ids, whatever order they came in. Raises DuplicateIdError."""
    ordered = sorted(contributions, key=lambda one: (one.id, text_digest(one.text)))
    for one, other in pairwise(ordered):
        if one.id == other.id:
            message = f"Two contributions have the id {one.id!r}."
            raise DuplicateIdError(message)
    return ordered


def place_all(
    contributions: Sequence[Contribution], *, blocks: Iterable[BlockThemes], originals: Mapping[str, str]
) -> tuple[Placement, ...]:
    """
    Return one placement for each contribution, in the order given.

    A duplicate goes where its original went, with the original or the original's key as its key; what no block
    placed stands alone.
    """
    placed = {placement.contribution: placement for block in blocks for placement in block.placements}
    return tuple(
        _placement_of_duplicate(one.id, originals[one.id], placed)
        if one.id in originals
        else placed.get(one.id, Placement(one.id, "", 0.0, "stands alone"))
        for one in contributions
    )


def _placement_of_duplicate(identity: str, original: str, placed: Mapping[str, Placement]) -> Placement:
    """Return the placement of a duplicate, taken from its original."""
    source = placed.get(original)
    if source is None:
        return Placement(identity, "", 0.0, "duplicate of", duplicate_of=original)
    return replace(source, contribution=identity, status="duplicate of", duplicate_of=original)


def _aligned(languages: Sequence[LanguageOf], *, duplicates: Sequence[DuplicateGroup]) -> list[LanguageOf]:
    """Return the languages with that of its original for each detected one of a duplicate or campaign letter."""
    known = {one.contribution: one for one in languages}
    leaders = {**campaigns_of(duplicates), **originals_of(duplicates)}
    return [
        one if one.is_given else replace(one, language=known[leaders.get(one.contribution, one.contribution)].language)
        for one in languages
    ]


def _all_themes(
    contributions: Sequence[Contribution],
    *,
    duplicates: Sequence[DuplicateGroup],
    settings: Settings,
    progress: Progress,
) -> list[BlockThemes]:
    """Return the themes of every block; duplicates do not count twice in them."""
    repeated = originals_of(duplicates)
    campaigns = campaigns_of(duplicates)
    distinct = [one for one in contributions if one.id not in repeated]
    progress("themes", 0, len(distinct))
    before = 0
    found = []
    for block in cut_blocks(distinct, settings=settings):
        in_themes = partial(_add_progress, progress, before, len(distinct))
        found.append(themes_of_block(block, campaigns=campaigns, settings=settings, in_themes=in_themes))
        before += len(block.contributions)
        progress("themes", before, len(distinct))
    return found


def _add_progress(progress: Progress, before: int, total: int, done: int) -> None:
    """Report how many contributions have a theme, when some had one before this block."""
    progress("themes", before + done, total)


def _silent(_stage: str, _done: int, _total: int) -> None:
    """Report progress to nobody."""
