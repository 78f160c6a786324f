"""The units of work a synthesis is made of, which can be done here one after the other, or anywhere."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeVar

from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

from answerable.engine.blocks import Background, background_of, make_block
from answerable.engine.duplicates import question_groups
from answerable.engine.languages import LanguageEvidence, evidence_of
from answerable.engine.records import Contribution, DuplicateGroup, Settings, Statement
from answerable.engine.sdg.contributions import tag_contributions
from answerable.engine.sdg.records import SdgTags
from answerable.engine.sketches import sketch_texts
from answerable.engine.statements import split_contribution
from answerable.engine.themes import BlockThemes, themes_of_block
from answerable.engine.vectors.hash_prefix import Frequencies

TEXTS_IN_A_PART = 5_000

Result = TypeVar("Result")
Source = Callable[[], Sequence[Contribution]]
Told = Callable[[int], None]


class Workplace(Protocol):
    """Stand for where the work is done; the results must not depend on it."""

    def source(self, rows: Sequence[int], *, languages: Sequence[str] = ()) -> Source:
        """Return how to get at the contributions in some rows of the canonical order, in the languages found."""
        ...

    def run(self, work: Callable[..., Result], tasks: Sequence[tuple[object, ...]], *, told: Told) -> Iterator[Result]:
        """Yield what each task gives, in the order of the tasks, and tell after each how many are done."""
        ...


class Here:
    """Do the work in this process, one task after the other."""

    def __init__(self, contributions: Sequence[Contribution]) -> None:
        """Hold the contributions in canonical order."""
        self._contributions = contributions

    def source(self, rows: Sequence[int], *, languages: Sequence[str] = ()) -> Source:
        """Return how to get at some contributions."""
        return lambda: spoken([self._contributions[row] for row in rows], languages)

    def run(self, work: Callable[..., Result], tasks: Sequence[tuple[object, ...]], *, told: Told) -> Iterator[Result]:
        """Yield what each task gives."""
        for number, task in enumerate(tasks, start=1):
            yield work(*task)
            told(number)


@dataclass(frozen=True)
class TextFindings:
    """Hold what the texts of one part say by themselves: of their languages, and their sentences."""

    evidence: tuple[LanguageEvidence | None, ...]
    statements: tuple[Statement, ...]


@dataclass(frozen=True)
class SpokenFindings:
    """Hold what the texts of one part say once their languages are known: SDG tags, and how rare which words are."""

    sdg: tuple[SdgTags, ...]
    backgrounds: dict[str, Background]


def spoken(contributions: Sequence[Contribution], languages: Sequence[str]) -> list[Contribution]:
    """Return contributions with the languages they were found to be in; as they are when none are known yet."""
    if not languages:
        return list(contributions)
    return [
        one if one.language == language else _with_language(one, language)
        for one, language in zip(contributions, languages, strict=True)
    ]


def _with_language(one: Contribution, language: str) -> Contribution:
    """Return a contribution in a language; written out, since `dataclasses.replace` takes twice as long."""
    return Contribution(
        one.id,
        one.text,
        one.question,
        language,
        one.sector,
        one.stakeholder_group,
        one.country,
        one.author,
        one.organisation,
    )


def read_part(source: Source) -> TextFindings:
    """Return what the texts of one part say by themselves."""
    contributions = source()
    return TextFindings(
        tuple(evidence_of(contributions)),
        tuple(statement for one in contributions for statement in split_contribution(one)),
    )


def repeats_of_question(source: Source, settings: Settings) -> list[DuplicateGroup]:
    """Return the repeats and campaigns among the contributions to one question."""
    contributions = source()
    return question_groups(contributions, sketches=sketch_texts([one.text for one in contributions]), settings=settings)


def read_spoken_part(source: Source, repeated: frozenset[str], settings: Settings) -> SpokenFindings:
    """Return the SDG tags of one part, and the background of each of its languages without the repeats."""
    contributions = source()
    texts: dict[str, list[str]] = {}
    for one in contributions:
        if one.id not in repeated:
            texts.setdefault(one.language, []).append(one.text)
    backgrounds = {language: background_of(some, settings=settings) for language, some in texts.items()}
    return SpokenFindings(tag_contributions(contributions), backgrounds)


class BackgroundSum:
    """Put the background of a whole language together from those of its parts, in order, holding one sum only."""

    def __init__(self) -> None:
        """Begin with no part."""
        self._counted: Frequencies | None = None
        self._texts: list[str] = []

    def take_in(self, part: Background) -> None:
        """Add the background of one part."""
        if isinstance(part, Frequencies):
            self._counted = part if self._counted is None else self._counted + part
        else:
            self._texts += part

    def whole(self) -> Background:
        """Return the background of all parts."""
        return self._counted if self._counted is not None else tuple(self._texts)


def themes_of_rows(
    source: Source, background: Background, campaigns: Mapping[str, str], settings: Settings
) -> BlockThemes:
    """
    Return the themes of the contributions to one question in one language.

    Dense products are done by one thread: how many share the work would show in the last digits.
    """
    with threadpool_limits(limits=1):
        block = make_block(source(), background=background, settings=settings)
        return themes_of_block(block, campaigns=campaigns, settings=settings)
