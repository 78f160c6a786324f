"""Make the theme tree of a block: themes, subthemes, their names and their key contributions."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from scipy import sparse

from answerable.engine.blocks import Block
from answerable.engine.communities import find_communities, fit_scores
from answerable.engine.concepts.comparing import Concepts, with_concepts
from answerable.engine.keys import ChosenKey, Question, choose_keys, reach_of_keys
from answerable.engine.labels import PhraseBook, label_of
from answerable.engine.quotes import Quotable, quote_spans
from answerable.engine.records import Member, Placement, Representative, Settings, Theme
from answerable.engine.vectors.embedder import Vectors
from answerable.foundation.hashing import text_digest

_DECIMALS = 6
_FEW, _WORDS_IN_COMMON, _ALIKE_ANYWAY = 8, 2, 0.12


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


def concepts_of_block(block: Block) -> Vectors:
    """
    Return the concepts its contributions speak of, shape (n, concepts), each row of length 1 or 0.

    All are 0 where likeness is the vectors alone: another embedder was chosen, or there are very many contributions.
    """
    if block.words is None:
        return sparse.csr_matrix((len(block.contributions), 1), dtype=np.float32)
    return Concepts(block.language).fit_encode(block.words)


class _ThemeMaker:
    """Work through the communities of one block."""

    def __init__(self, block: Block, campaigns: Mapping[str, str], settings: Settings) -> None:
        self.block = block
        self.campaigns = campaigns
        self.settings = settings
        texts = [one.text for one in block.contributions]
        self.concepts = concepts_of_block(block)
        self.book = PhraseBook(texts, language=block.language, question=block.question)
        self.themes: list[Theme] = []
        self.leaves: list[tuple[Sequence[int], Theme]] = []

    def make(self, in_themes: Callable[[int], None]) -> BlockThemes:
        """Make every theme of the block, then choose keys among all of them."""
        everything = range(len(self.block.contributions))
        graph = with_concepts(self.block.graph, concepts=self.concepts)
        for community in find_communities(graph, vectors=self.block.vectors, settings=self.settings):
            if not self._is_about_something(community.rows):
                continue
            theme = self._add(community.rows, level=1, parent="", among=everything)
            for part in community.parts:
                subtheme = self._add(part, level=2, parent=theme.id, among=community.rows)
                self.leaves.append((part, subtheme))
            if not community.parts:
                self.leaves.append((community.rows, theme))
            in_themes(sum(len(rows) for rows, _ in self.leaves))
        return self._with_keys()

    def _is_about_something(self, rows: Sequence[int]) -> bool:
        """
        Tell whether a group is more than a word that a few long texts happen to share.

        Few texts need two words in common that name something, or to be so short that one is much of what they say;
        those of others stand alone.
        """
        if len(rows) > _FEW or float(fit_scores(self.block.vectors[list(rows)]).mean()) >= _ALIKE_ANYWAY:
            return True
        everything = range(len(self.block.contributions))
        return self.book.share_words(rows, among=everything, least=_WORDS_IN_COMMON)

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

    def _with_keys(self) -> BlockThemes:
        """Return the themes with the keys of those without subthemes, and say of each member which key it is near."""
        leaves = [rows for rows, _ in self.leaves]
        question = Question(
            self.block.contributions, leaves, self.block.likeness, self.block.graph, campaigns=self.campaigns
        )
        keys: list[list[tuple[int, ChosenKey]]] = [[] for _ in leaves]
        for rank, key in enumerate(choose_keys(question, most=self.settings.most_keys_in_a_theme), start=1):
            keys[key.theme].append((rank, key))
        return BlockThemes(tuple(self.themes), tuple(self._representatives(keys)), tuple(self._placements(keys)))

    def _representatives(self, keys: Sequence[Sequence[tuple[int, ChosenKey]]]) -> Iterator[Representative]:
        """Yield the keys of all themes with their quotes."""
        block = self.block
        wanted = []
        for (rows, _), ranked in zip(self.leaves, keys, strict=True):
            vectors = block.vectors[list(rows)]
            wanted += [Quotable(block.contributions[key.row].text, vectors) for _, key in ranked]
        spans = iter(quote_spans(wanted, embedder=block.embedder))
        for (rows, theme), ranked in zip(self.leaves, keys, strict=True):
            scores = dict(zip(rows, theme.members, strict=True))
            for rank, key in ranked:
                one = block.contributions[key.row]
                start, end = next(spans)
                yield Representative(
                    theme=theme.id,
                    contribution=one.id,
                    start=start,
                    end=end,
                    text_sha256=text_digest(one.text),
                    sector=one.sector,
                    role=key.role,
                    score=scores[key.row].score,
                    rank=rank,
                )

    def _placements(self, keys: Sequence[Sequence[tuple[int, ChosenKey]]]) -> Iterator[Placement]:
        """Yield where each member of a theme went."""
        block = self.block
        themes = [(rows, [key.row for _, key in ranked]) for (rows, _), ranked in zip(self.leaves, keys, strict=True)]
        reaches = reach_of_keys(themes, vectors=block.vectors, concepts=self.concepts, graph=block.graph)
        for (_, theme), (rows, own), reach in zip(self.leaves, themes, reaches, strict=True):
            ids = [block.contributions[key].id for key in own]
            for row, member, nearest, near in zip(rows, theme.members, reach.nearest, reach.similarity, strict=True):
                one, key = member.contribution, ids[int(nearest)]
                if row in own:
                    yield Placement(one, theme.id, member.score, "key", one, 1.0)
                else:
                    yield Placement(one, theme.id, member.score, "near-key", key, round(float(near), _DECIMALS))


def _unheard(_done: int) -> None:
    """Tell nobody."""
