"""Run the whole synthesis, from contributions to a result that says where each one went."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from itertools import pairwise

from answerable.engine.balance import measure_balance
from answerable.engine.blocks import Background, make_embedder
from answerable.engine.coverage import measure_coverage
from answerable.engine.cycles import no_cycle_collection
from answerable.engine.duplicates import campaigns_of, in_order, originals_of
from answerable.engine.languages import LanguageEvidence, decide_languages
from answerable.engine.linking import link_themes
from answerable.engine.manifest import make_manifest
from answerable.engine.records import (
    Contribution,
    DuplicateGroup,
    LanguageOf,
    Placement,
    Progress,
    Settings,
    Statement,
    Synthesis,
    Theme,
    ThemeLink,
)
from answerable.engine.sdg.records import SdgTags
from answerable.engine.themes import BlockThemes
from answerable.engine.vectors.choosing import multilingual_embedder
from answerable.engine.vectors.embedder import Embedder
from answerable.engine.work import (
    TEXTS_IN_A_PART,
    BackgroundSum,
    Here,
    Workplace,
    read_part,
    read_spoken_part,
    repeats_of_question,
    spoken,
    themes_of_rows,
)
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
    ordered = canonical_order(contributions)
    return synthesize_at(Here(ordered), ordered, settings=settings or Settings(), progress=progress or _silent)


def synthesize_at(
    workplace: Workplace, ordered: Sequence[Contribution], *, settings: Settings, progress: Progress
) -> Synthesis:
    """Return the synthesis of contributions in canonical order, the work being done at a workplace."""
    with no_cycle_collection():
        return _synthesis(workplace, ordered, settings=settings, progress=progress)


def _synthesis(
    workplace: Workplace, ordered: Sequence[Contribution], *, settings: Settings, progress: Progress
) -> Synthesis:
    """Return the synthesis of contributions in canonical order."""
    statements, languages = _read_texts(workplace, ordered, progress=progress)
    duplicates = _all_repeats(workplace, ordered, settings=settings, progress=progress)
    languages = _aligned(languages, duplicates=duplicates)
    found = [one.language for one in languages]
    sdg, blocks = _all_themes(
        workplace, ordered, languages=found, duplicates=duplicates, settings=settings, progress=progress
    )
    progress("balance", 0, 1)
    spoken_ones = spoken(ordered, found)
    themes = tuple(theme for block in blocks for theme in block.themes)
    embedder = make_embedder(settings.embedder)
    placements = place_all(ordered, blocks=blocks, originals=originals_of(duplicates))
    representatives = tuple(one for block in blocks for one in block.representatives)
    cited = {one.contribution for one in representatives}
    manifest = make_manifest(
        ordered,
        settings=settings,
        embedder=embedder,
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
        coverage=measure_coverage(spoken_ones, placements=placements),
        balance=measure_balance(
            spoken_ones, cited=cited, least=settings.least_for_balance, references=settings.references
        ),
        manifest=manifest,
        sdg=sdg,
        links=links_of(themes, contributions=spoken_ones, sdg=sdg, embedder=embedder),
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


def links_of(
    themes: Sequence[Theme],
    *,
    contributions: Sequence[Contribution],
    sdg: Sequence[SdgTags],
    embedder: Embedder,
) -> tuple[ThemeLink, ...]:
    """Return the links between themes across languages; vectors help where the embedder compares across them."""
    multilingual = multilingual_embedder(embedder)
    texts = {one.id: one.text for one in contributions} if multilingual else {}
    return link_themes(themes, sdg=sdg, texts=texts, embedder=multilingual)


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


def _read_texts(
    workplace: Workplace, ordered: Sequence[Contribution], *, progress: Progress
) -> tuple[tuple[Statement, ...], list[LanguageOf]]:
    """Return the statements and the language of each contribution."""
    progress("languages", 0, len(ordered))
    parts = _parts(range(len(ordered)))
    told = partial(_tell, progress, "languages", [len(part) for part in parts])
    tasks = [(workplace.source(part),) for part in parts]
    evidence: list[LanguageEvidence | None] = []
    statements: list[Statement] = []
    for found in workplace.run(read_part, tasks, told=told):
        evidence += found.evidence
        statements += found.statements
    progress("statements", 0, 1)
    return tuple(statements), decide_languages(ordered, evidence=evidence)


def _all_repeats(
    workplace: Workplace, ordered: Sequence[Contribution], *, settings: Settings, progress: Progress
) -> tuple[DuplicateGroup, ...]:
    """Return the repeats and campaigns of each question."""
    progress("duplicates", 0, len(ordered))
    rows: dict[str, list[int]] = defaultdict(list)
    for row, one in enumerate(ordered):
        rows[one.question].append(row)
    questions = sorted(rows)
    told = partial(_tell, progress, "duplicates", [len(rows[question]) for question in questions])
    tasks = [(workplace.source(rows[question]), settings) for question in questions]
    return in_order(group for groups in workplace.run(repeats_of_question, tasks, told=told) for group in groups)


def _all_themes(
    workplace: Workplace,
    ordered: Sequence[Contribution],
    *,
    languages: Sequence[str],
    duplicates: Sequence[DuplicateGroup],
    settings: Settings,
    progress: Progress,
) -> tuple[tuple[SdgTags, ...], list[BlockThemes]]:
    """Return the SDG tags, and the themes of every question and language; duplicates do not count twice in them."""
    repeated, campaigns = originals_of(duplicates), campaigns_of(duplicates)
    rows: dict[tuple[str, str], list[int]] = defaultdict(list)
    for row, one in enumerate(ordered):
        if one.id not in repeated:
            rows[one.question, languages[row]].append(row)
    keys = sorted(rows)
    progress("themes", 0, sum(map(len, rows.values())))
    sdg, backgrounds = _read_spoken(workplace, ordered, languages=languages, repeated=repeated, settings=settings)
    tasks = []
    for key in keys:
        source = workplace.source(rows[key], languages=[languages[row] for row in rows[key]])
        letters = {ordered[row].id: campaigns[ordered[row].id] for row in rows[key] if ordered[row].id in campaigns}
        tasks.append((source, backgrounds[key[1]], letters, settings))
    told = partial(_tell, progress, "themes", [len(rows[key]) for key in keys])
    return sdg, list(workplace.run(themes_of_rows, tasks, told=told))


def _read_spoken(
    workplace: Workplace,
    ordered: Sequence[Contribution],
    *,
    languages: Sequence[str],
    repeated: Mapping[str, str],
    settings: Settings,
) -> tuple[tuple[SdgTags, ...], dict[str, Background]]:
    """Return the SDG tags, and for each language what its rarest and commonest words are."""
    tasks = []
    for part in _parts(range(len(ordered))):
        among = frozenset(ordered[row].id for row in part) & repeated.keys()
        tasks.append((workplace.source(part, languages=[languages[row] for row in part]), among, settings))
    sdg: list[SdgTags] = []
    backgrounds: dict[str, BackgroundSum] = defaultdict(BackgroundSum)
    for found in workplace.run(read_spoken_part, tasks, told=_unheard):
        sdg += found.sdg
        for language, background in found.backgrounds.items():
            backgrounds[language].take_in(background)
    return tuple(sdg), {language: one.whole() for language, one in backgrounds.items()}


def _parts(rows: range) -> list[range]:
    """Return rows cut into parts of one size but for the last."""
    return [rows[first : first + TEXTS_IN_A_PART] for first in range(0, len(rows), TEXTS_IN_A_PART)]


def _tell(progress: Progress, stage: str, sizes: Sequence[int], done: int) -> None:
    """Report how many contributions are done when so many tasks of some sizes are."""
    progress(stage, sum(sizes[:done]), sum(sizes))


def _unheard(_done: int) -> None:
    """Report progress to nobody."""


def _silent(_stage: str, _done: int, _total: int) -> None:
    """Report progress to nobody."""
