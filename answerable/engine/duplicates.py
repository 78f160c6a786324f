"""Find contributions that repeat each other: exactly, nearly, or as letters of one campaign."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

import numpy as np

from answerable.engine.campaign_profiles import NO_CAMPAIGN, components
from answerable.engine.campaign_seeds import Pairs
from answerable.engine.campaigns import Asked, Letters, find_campaigns
from answerable.engine.records import Contribution, DuplicateGroup, DuplicateKind, Settings
from answerable.engine.sketches import Numbers, Sketches, candidate_pairs, resemblances, resemblances_to, sketch_texts
from answerable.engine.templates import shared_template

_LEAST_CAMPAIGN_TOKENS, _TOKENS_OF_A_LETTER = 8, 14
_LEAST_SHARED_SHINGLES = 7
_MOST_ORIGINALS_TRIED = 8


def duplicate_groups(contributions: Sequence[Contribution], *, settings: Settings) -> tuple[DuplicateGroup, ...]:
    """
    Return the groups of contributions that repeat each other, in the order of their originals.

    Contributions are expected in canonical order; the first of a group is its original. Only contributions to the
    same question are compared. A campaign's group also holds its letters that differ too much to be duplicates.
    """
    by_question: dict[str, list[Contribution]] = defaultdict(list)
    for contribution in contributions:
        by_question[contribution.question].append(contribution)
    return in_order(
        group
        for question in sorted(by_question)
        for group in question_groups(
            by_question[question],
            sketches=sketch_texts([one.text for one in by_question[question]]),
            settings=settings,
        )
    )


def question_groups(
    contributions: Sequence[Contribution], *, sketches: Sketches, settings: Settings
) -> list[DuplicateGroup]:
    """Return the groups among the contributions to one question, whose sketches are in the same order."""
    if not contributions:
        return []
    found = _QuestionDuplicates(contributions, sketches, settings)
    # From here on only the texts that differ are needed: of a million, the others need not be held beside them.
    del sketches
    return found.groups()


def in_order(groups: Iterable[DuplicateGroup]) -> tuple[DuplicateGroup, ...]:
    """Return groups in the order of their originals."""
    return tuple(sorted(groups, key=lambda group: (group.original, group.kind)))


def originals_of(groups: Iterable[DuplicateGroup]) -> dict[str, str]:
    """Return, for each contribution that is an exact or near duplicate, the id of its original."""
    return {
        member: group.original
        for group in groups
        if group.kind != "campaign"
        for member in group.members
        if member != group.original
    }


def campaigns_of(groups: Iterable[DuplicateGroup]) -> dict[str, str]:
    """Return, for each letter of a campaign, the id of the campaign's original."""
    return {member: group.original for group in groups if group.kind == "campaign" for member in group.members}


class _QuestionDuplicates:
    """
    Work out the groups within one question.

    Positions are indexes into its contributions; places are indexes into the texts that differ from each other.
    """

    def __init__(self, contributions: Sequence[Contribution], sketches: Sketches, settings: Settings) -> None:
        self.contributions = contributions
        self.settings = settings
        same: dict[bytes, list[int]] = defaultdict(list)
        for position, digest in enumerate(sketches.digests):
            if digest:
                same[digest].append(position)
        self.same = list(same.values())
        self.distinct = sketches.rows(np.array([positions[0] for positions in self.same], dtype=np.int64))

    def groups(self) -> list[DuplicateGroup]:
        """Return exact and near groups, then campaigns."""
        first, second = candidate_pairs(self.distinct)
        values = resemblances(self.distinct, first, second)
        close = values >= self.settings.near_duplicate
        pairs = Pairs(first, second, values)
        return [*self._repeats(first[close], second[close]), *self._campaigns(pairs)]

    def _repeats(self, first: Numbers, second: Numbers) -> list[DuplicateGroup]:
        """Return groups whose members all nearly equal their original."""
        originals = self._originals(first, second)
        members: dict[int, list[int]] = defaultdict(list)
        for place, original in enumerate(originals):
            members[original].append(place)
        return [
            self._group("near" if len(places) > 1 else "exact", positions)
            for places in members.values()
            if len(positions := self._with_exact(places)) > 1
        ]

    def _originals(self, first: Numbers, second: Numbers) -> list[int]:
        """
        Return for each place the first place that it nearly equals, itself when there is none.

        A place is compared with those it is paired with and with the first few originals it is connected to, so that
        a thousand copies do not cost a million comparisons.
        """
        joined = components(len(self.same), first, second)
        paired: dict[int, set[int]] = defaultdict(set)
        for one, other in zip(first.tolist(), second.tolist(), strict=True):
            paired[other].add(one)
        originals = list(range(len(self.same)))
        tried: dict[int, list[int]] = defaultdict(list)
        for place in np.unique(np.concatenate([first, second])).tolist():
            known = tried[int(joined[place])]
            direct = {one for one in paired[place] if originals[one] == one}
            near = self._nearly_equal(place, sorted(direct | set(known[:_MOST_ORIGINALS_TRIED])))
            if near is None:
                known.append(place)
            else:
                originals[place] = near
        return originals

    def _nearly_equal(self, place: int, originals: Sequence[int]) -> int | None:
        """Return the first of some originals that a place nearly equals."""
        if not originals:
            return None
        values = resemblances_to(self.distinct, place, np.array(originals, dtype=np.int64))
        found = np.flatnonzero(values >= self.settings.near_duplicate)
        return originals[int(found[0])] if len(found) else None

    def _campaigns(self, pairs: Pairs) -> list[DuplicateGroup]:
        """Return large enough groups of letters from several people."""
        asked = Asked(
            similarity=self.settings.campaign_similarity,
            repeat=self.settings.near_duplicate,
            smallest=self.settings.smallest_campaign,
        )
        labels = find_campaigns(self._letters(), pairs=pairs, asked=asked)
        members: dict[int, list[int]] = defaultdict(list)
        for place in np.flatnonzero(labels != NO_CAMPAIGN).tolist():
            members[int(labels[place])].append(place)
        groups = []
        for places in members.values():
            positions = self._with_exact(places)
            if self._has_many_authors(positions):
                texts = [self.contributions[self.same[place][0]].text for place in places]
                groups.append(self._group("campaign", positions, template=shared_template(texts)))
        return groups

    def _letters(self) -> Letters:
        """
        Return the different texts as campaigns are looked for in them.

        Short ones must be covered nearly whole, and cannot begin a campaign; all others by some runs of words at least.
        """
        tokens = self.distinct.token_counts
        is_long = tokens >= _TOKENS_OF_A_LETTER
        by_count = _LEAST_SHARED_SHINGLES / np.maximum(self.distinct.shingle_counts(), 1)
        enough = np.maximum(self.settings.campaign_cover, by_count)
        least = np.where(is_long, enough, self.settings.near_duplicate)
        return Letters(
            self.distinct,
            np.array([len(positions) for positions in self.same], dtype=np.int64),
            np.where(tokens < _LEAST_CAMPAIGN_TOKENS, np.inf, least),
            is_long,
        )

    def _has_many_authors(self, positions: list[int]) -> bool:
        """Tell whether the letters come from several people; unnamed authors count as different ones."""
        authors = [self.contributions[position].author or f"\0{position}" for position in positions]
        return len(set(authors)) > 1

    def _with_exact(self, places: Iterable[int]) -> list[int]:
        """Return the positions of distinct texts with those that repeat them exactly."""
        return sorted(position for place in places for position in self.same[place])

    def _group(self, kind: DuplicateKind, positions: list[int], *, template: str = "") -> DuplicateGroup:
        """Make the record of a group."""
        ids = tuple(self.contributions[position].id for position in positions)
        return DuplicateGroup(kind, ids[0], ids, template)
