"""Make the theme tree of a block: themes, subthemes, their names and their key contributions."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from answerable.engine.blocks import Block
from answerable.engine.communities import find_communities, fit_scores
from answerable.engine.keys import ChosenKeys, choose_keys, rank_keys
from answerable.engine.labels import PhraseBook, label_of
from answerable.engine.quotes import quote_span
from answerable.engine.records import Member, Placement, Representative, Settings, Theme
from answerable.foundation.hashing import text_digest

_DECIMALS = 6


@dataclass(frozen=True)
class BlockThemes:
    """Hold what one block gives: its themes, their key contributions, and a placement for each in a theme."""

    themes: tuple[Theme, ...]
    representatives: tuple[Representative, ...]
    placements: tuple[Placement, ...]


def themes_of_block(
    block: Block,
    *,
    campaigns: Mapping[str, str],
    settings: Settings,
    in_themes: Callable[[int], None] | None = None,
) -> BlockThemes:
    """
    Return the themes of a block, the largest first, each followed by its subthemes.

    `in_themes` is told after each theme how many contributions have one.
    """
    return _ThemeMaker(block, campaigns, settings).make(in_themes or _unheard)


def theme_id(question: str, *, language: str, level: int, members: Sequence[str]) -> str:
    """Return the id of a theme, which follows from where it stands and who is in it."""
    return f"T-{text_digest(chr(0).join([question, language, str(level), *sorted(members)]))[:12]}"


class _ThemeMaker:
    """Work through the communities of one block."""

    def __init__(self, block: Block, campaigns: Mapping[str, str], settings: Settings) -> None:
        self.block = block
        self.campaigns = campaigns
        self.settings = settings
        texts = [one.text for one in block.contributions]
        self.book = PhraseBook(texts, language=block.language, question=block.question)
        self.themes: list[Theme] = []
        self.representatives: list[Representative] = []
        self.key_rows: list[int] = []
        self.placements: list[Placement] = []

    def make(self, in_themes: Callable[[int], None]) -> BlockThemes:
        """Make every theme of the block."""
        everything = range(len(self.block.contributions))
        for community in find_communities(self.block.graph, vectors=self.block.vectors, settings=self.settings):
            theme = self._add(community.rows, level=1, parent="", among=everything)
            for part in community.parts:
                subtheme = self._add(part, level=2, parent=theme.id, among=community.rows)
                self._place(part, subtheme)
            if not community.parts:
                self._place(community.rows, theme)
            in_themes(len(self.placements))
        return BlockThemes(tuple(self.themes), self._ranked(), tuple(self.placements))

    def _add(self, rows: Sequence[int], *, level: Literal[1, 2], parent: str, among: Sequence[int]) -> Theme:
        """Make and keep one theme."""
        block = self.block
        ids = [block.contributions[row].id for row in rows]
        scores = fit_scores(block.vectors[list(rows)])
        phrases = self.book.key_phrases(rows, among=among, count=self.settings.label_phrases + 2)
        best = block.contributions[rows[int(scores.argmax())]]
        label = label_of(phrases[: self.settings.label_phrases], language=block.language, fallback=best.text)
        theme = Theme(
            id=theme_id(block.question, language=block.language, level=level, members=ids),
            parent=parent,
            level=level,
            question=block.question,
            language=block.language,
            label=label,
            phrases=phrases,
            members=tuple(Member(one, round(float(score), _DECIMALS)) for one, score in zip(ids, scores, strict=True)),
        )
        self.themes.append(theme)
        return theme

    def _place(self, rows: Sequence[int], theme: Theme) -> None:
        """Choose the keys of a theme without subthemes, and say of each member which one it is near."""
        members = [self.block.contributions[row] for row in rows]
        vectors = self.block.vectors[list(rows)]
        graph = self.block.graph[list(rows)][:, list(rows)]
        keys = choose_keys(
            members,
            vectors=vectors,
            graph=graph,
            campaigns=self.campaigns,
            most=self.settings.most_keys_in_a_theme,
        )
        for place, role in zip(keys.places, keys.roles, strict=True):
            member, score = members[place], theme.members[place].score
            start, end = quote_span(member.text, embedder=self.block.embedder, theme_vectors=vectors)
            self.key_rows.append(rows[place])
            self.representatives.append(
                Representative(
                    theme.id, member.id, start, end, text_digest(member.text), member.sector, role, score, rank=0
                )
            )
        self.placements.extend(_placements(theme, keys))

    def _ranked(self) -> tuple[Representative, ...]:
        """Return the key contributions, each with its rank in the block."""
        order = rank_keys(
            self.block.contributions,
            keys=self.key_rows,
            vectors=self.block.vectors,
            graph=self.block.graph,
            campaigns=self.campaigns,
        )
        ranks = {row: rank for rank, row in enumerate(order, start=1)}
        return tuple(
            replace(one, rank=ranks[row]) for row, one in zip(self.key_rows, self.representatives, strict=True)
        )


def _unheard(_done: int) -> None:
    """Tell nobody."""


def _placements(theme: Theme, keys: ChosenKeys) -> list[Placement]:
    """Return the placements of a theme's members."""
    placed = []
    for row, member in enumerate(theme.members):
        if row in keys.places:
            placed.append(Placement(member.contribution, theme.id, member.score, "key", member.contribution, 1.0))
            continue
        key = theme.members[keys.places[int(keys.nearest[row])]].contribution
        nearness = round(float(keys.similarity[row]), _DECIMALS)
        placed.append(Placement(member.contribution, theme.id, member.score, "near-key", key, nearness))
    return placed
