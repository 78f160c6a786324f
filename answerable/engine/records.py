"""What the engine takes in and what it gives back: frozen records without behaviour."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from answerable.engine.sdg.records import SdgTags

Progress = Callable[[str, int, int], None]
Status = Literal["key", "near-key", "stands alone", "duplicate of"]
DuplicateKind = Literal["exact", "near", "campaign"]
Role = Literal["typical", "another sector", "further point"]
Verdict = Literal["less than expected", "as expected", "more than expected", "no share stated", "insufficient data"]


@dataclass(frozen=True, slots=True)
class Contribution:
    """Hold one thing somebody said, with what is known of who said it; everything but id and text may be empty."""

    id: str
    text: str
    question: str = ""
    language: str = ""
    sector: str = ""
    stakeholder_group: str = ""
    country: str = ""
    author: str = ""
    organisation: str = ""


@dataclass(frozen=True, slots=True)
class AxisReference:
    """
    Hold what one axis is held against: a share for each value, and the `source` that says so.

    A share of None expects a value to be heard at all and says nothing of how much. The other shares are taken in
    proportion to their sum.
    """

    axis: str
    source: str
    shares: tuple[tuple[str, float | None], ...]


@dataclass(frozen=True, slots=True)
class Settings:
    """
    Hold every choice that changes a result; the manifest repeats them.

    Similarities and floors are cosines from 0 to 1. `stands_alone_below` is the similarity to the rest of its
    theme under which a contribution is listed on its own instead. `embedder` is written as
    `vectors.choosing.embedder_named` says. `references` say what the balance is held against.
    """

    seed: int = 20161128
    embedder: str = "hash-prefix"
    neighbours: int = 15
    theme_resolution: float = 1.0
    subtheme_resolution: float = 1.0
    smallest_theme_to_split: int = 40
    least_similarity: float = 0.03
    stands_alone_below: float = 0.05
    near_duplicate: float = 0.75
    campaign_similarity: float = 0.08
    campaign_cover: float = 0.35
    smallest_campaign: int = 4
    most_keys_in_a_theme: int = 5
    label_phrases: int = 3
    least_for_balance: int = 10
    references: tuple[AxisReference, ...] = ()


@dataclass(frozen=True, slots=True)
class Statement:
    """Hold one sentence of a contribution as a span of characters: `text[start:end]`."""

    contribution: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class LanguageOf:
    """Hold the language of one contribution: given with it (score 1), or detected with a score from 0 to 1."""

    contribution: str
    language: str
    score: float
    is_given: bool


@dataclass(frozen=True, slots=True)
class DuplicateGroup:
    """
    Hold contributions to one question that repeat each other.

    `original` is the first of them by id. A campaign has a `template`: the words its letters share, with […] where
    they differ.
    """

    kind: DuplicateKind
    original: str
    members: tuple[str, ...]
    template: str = ""


@dataclass(frozen=True, slots=True)
class Member:
    """Hold that a contribution belongs to a theme, and its similarity to the rest of that theme."""

    contribution: str
    score: float


@dataclass(frozen=True, slots=True)
class Theme:
    """
    Hold what a group of contributions to one question, in one language, has in common.

    `parent` is the id of the level-1 theme a level-2 theme lies in, else empty. The id follows from question,
    language, level and members.
    """

    id: str
    parent: str
    level: Literal[1, 2]
    question: str
    language: str
    label: str
    phrases: tuple[str, ...]
    members: tuple[Member, ...]


@dataclass(frozen=True, slots=True)
class ThemeLink:
    """
    Hold that two themes of one question, in different languages, seem to be about the same: always a guess.

    `theme` comes before `other` by id. `score` lies between 0 and 1; `reason` says what they share.
    """

    theme: str
    other: str
    score: float
    reason: str
    is_guess: bool = True


@dataclass(frozen=True, slots=True)
class Placement:
    """
    Hold where one contribution went; there is exactly one for each.

    `theme` is the deepest theme it belongs to, empty when it stands alone. `score` is its similarity to that theme;
    `key` the key contribution nearest to it and `key_score` their similarity.
    """

    contribution: str
    theme: str
    score: float
    status: Status
    key: str = ""
    key_score: float = 0.0
    duplicate_of: str = ""


@dataclass(frozen=True, slots=True)
class Representative:
    """
    Hold a key contribution of a theme: the exact quote `text[start:end]` and the SHA-256 of the whole text.

    `rank` is its place, from 1, in the order to read the keys of its question and language: any first few of them
    speak for as much of the input, and for as many sectors, as so few can.
    """

    theme: str
    contribution: str
    start: int
    end: int
    text_sha256: str
    sector: str
    role: Role
    score: float
    rank: int


@dataclass(frozen=True, slots=True)
class SectorCoverage:
    """Hold how near, on average, the contributions of one sector are to the key contributions (0 to 1)."""

    sector: str
    contributions: int
    placed: int
    mean_similarity: float


@dataclass(frozen=True, slots=True)
class Coverage:
    """
    Hold how many contributions went where.

    `received` is `keys` + `near_keys` + `duplicates` + `standing_alone`, always. `sector_ratio` is the lowest mean
    similarity of a sector over the highest, None with fewer than two sectors.
    """

    received: int
    keys: int
    near_keys: int
    duplicates: int
    standing_alone: int
    sectors: tuple[SectorCoverage, ...]
    sector_ratio: float | None


@dataclass(frozen=True, slots=True)
class Figure:
    """Hold a number with the count it rests on; `value` is None when that count is too small ("insufficient data")."""

    value: float | None
    n: int


@dataclass(frozen=True, slots=True)
class Share:
    """Hold one value's part of an axis: of contributions, of words, and of the cited contributions (0 to 1)."""

    value: str
    contributions: int
    share: float
    word_share: float
    cited: int
    cited_share: float


@dataclass(frozen=True, slots=True)
class Interval:
    """Hold a number with its 95 % interval and the count it rests on; all None when that count is too small."""

    value: float | None
    low: float | None
    high: float | None
    n: int


@dataclass(frozen=True, slots=True)
class Representation:
    """
    Hold one value's share of the contributions, with its interval, beside the share the reference expects.

    `verdict` is "insufficient data" below the stated count, and "no share stated" where the reference has none.
    """

    value: str
    contributions: int
    expected: float | None
    share: Interval
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class AxisBalance:
    """
    Hold how evenly one axis (sector, stakeholder group, country, language or another) is spread.

    Dominance is 0 when all values are equal and 1 when one has everything; `effective_number` is how many equally
    large values would be as concentrated. `unstated` counts contributions that say nothing on this axis.
    `citation_gap` is the part of the citations that would have to go to other values for cited shares to equal input
    shares. With a reference, `representativeness` is 1 when the shares are those of the reference and 0 when they have
    nothing in common, and `missing` lists the values of the reference nobody spoke for.
    """

    axis: str
    shares: tuple[Share, ...]
    unstated: int
    dominance: Figure
    word_dominance: Figure
    cited_dominance: Figure
    effective_number: Figure
    citation_gap: Figure = Figure(None, 0)
    reference: AxisReference | None = None
    representativeness: Interval | None = None
    representation: tuple[Representation, ...] = ()
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Manifest:
    """Hold what is needed to run it again and to prove that the result is the same."""

    engine_version: str
    embedder: str
    settings: Settings
    input_sha256: str
    libraries: tuple[tuple[str, str], ...]
    counts: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Synthesis:
    """Hold the whole result; every tuple is in a fixed order, so equal results are equal byte for byte."""

    statements: tuple[Statement, ...]
    languages: tuple[LanguageOf, ...]
    duplicates: tuple[DuplicateGroup, ...]
    themes: tuple[Theme, ...]
    placements: tuple[Placement, ...]
    representatives: tuple[Representative, ...]
    coverage: Coverage
    balance: tuple[AxisBalance, ...]
    manifest: Manifest
    sdg: tuple[SdgTags, ...] = ()
    links: tuple[ThemeLink, ...] = ()
