"""Find contributions that repeat each other: exactly, nearly, or as letters of one campaign."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from answerable.engine.records import Contribution, DuplicateGroup, DuplicateKind, Settings
from answerable.engine.sketches import Sketches, candidate_pairs, comparison_tokens, resemblance, sketch
from answerable.engine.templates import shared_template

_LEAST_CAMPAIGN_TOKENS, _TOKENS_OF_A_LETTER = 8, 24


def duplicate_groups(contributions: Sequence[Contribution], *, settings: Settings) -> tuple[DuplicateGroup, ...]:
    """
    Return the groups of contributions that repeat each other, in the order of their originals.

    Contributions are expected in canonical order; the first of a group is its original. Only contributions to the
    same question are compared. A campaign's group also holds its letters that differ too much to be duplicates.
    """
    by_question: dict[str, list[Contribution]] = defaultdict(list)
    for contribution in contributions:
        by_question[contribution.question].append(contribution)
    groups = [
        group
        for question in sorted(by_question)
        for group in _QuestionDuplicates(by_question[question], settings=settings).groups()
    ]
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
    """Work out the groups within one question; positions are indexes into its contributions."""

    def __init__(self, contributions: Sequence[Contribution], *, settings: Settings) -> None:
        self.contributions = contributions
        self.settings = settings
        self.tokens = [comparison_tokens(contribution.text) for contribution in contributions]
        self.same: dict[tuple[str, ...], list[int]] = defaultdict(list)
        for position, tokens in enumerate(self.tokens):
            if tokens:
                self.same[tokens].append(position)
        self.distinct = [positions[0] for positions in self.same.values()]
        self.sketches: Sketches = sketch([self.tokens[position] for position in self.distinct])

    def groups(self) -> list[DuplicateGroup]:
        """Return exact and near groups, then campaigns."""
        similar = [
            (first, second, value)
            for first, second in candidate_pairs(self.sketches)
            if (value := resemblance(self.sketches, first, second)) >= self.settings.campaign_similarity
        ]
        return [*self._repeats(similar), *self._campaigns(similar)]

    def _repeats(self, similar: list[tuple[int, int, float]]) -> list[DuplicateGroup]:
        """Return groups whose members all nearly equal their original."""
        close = [(first, second) for first, second, value in similar if value >= self.settings.near_duplicate]
        groups = []
        for component in _components(len(self.distinct), close):
            waiting = component
            while waiting:
                original, *others = waiting
                near = [place for place in others if self._is_near(original, place)]
                members = self._with_exact([original, *near])
                if len(members) > 1:
                    groups.append(self._group("near" if near else "exact", members))
                waiting = [place for place in others if place not in set(near)]
        return groups

    def _campaigns(self, similar: list[tuple[int, int, float]]) -> list[DuplicateGroup]:
        """Return large enough groups of letters that share most of a text of some length."""
        groups = []
        alike = [
            (first, second) for first, second, value in similar if value >= self._least_for_campaign(first, second)
        ]
        for component in _components(len(self.distinct), alike):
            members = self._with_exact(component)
            is_letter = len(self.tokens[members[0]]) >= _LEAST_CAMPAIGN_TOKENS
            if is_letter and len(members) >= self.settings.smallest_campaign and self._has_many_authors(members):
                texts = [self.contributions[self.distinct[place]].text for place in component]
                groups.append(self._group("campaign", members, template=shared_template(texts)))
        return groups

    def _least_for_campaign(self, first: int, second: int) -> float:
        """Return how similar two letters must be: short texts that repeat the question share much by chance."""
        shorter = min(len(self.tokens[self.distinct[place]]) for place in (first, second))
        if shorter < _TOKENS_OF_A_LETTER:
            return self.settings.near_duplicate
        return self.settings.campaign_similarity

    def _has_many_authors(self, members: list[int]) -> bool:
        """Tell whether the letters come from several people; unnamed authors count as different ones."""
        authors = [self.contributions[position].author or f"\0{position}" for position in members]
        return len(set(authors)) > 1

    def _is_near(self, original: int, place: int) -> bool:
        """Tell whether a text is a near duplicate of the original itself, not only of another member."""
        return resemblance(self.sketches, original, place) >= self.settings.near_duplicate

    def _with_exact(self, places: list[int]) -> list[int]:
        """Return the positions of distinct texts with those that repeat them exactly."""
        return sorted(position for place in places for position in self.same[self.tokens[self.distinct[place]]])

    def _group(self, kind: DuplicateKind, members: list[int], *, template: str = "") -> DuplicateGroup:
        """Make the record of a group."""
        ids = tuple(self.contributions[position].id for position in members)
        return DuplicateGroup(kind, ids[0], ids, template)


def _components(size: int, pairs: Sequence[tuple[int, int]]) -> list[list[int]]:
    """Return the connected components of 0..size-1 under the pairs, each sorted, in the order of their first member."""
    parent = list(range(size))

    def root(place: int) -> int:
        while parent[place] != place:
            parent[place] = parent[parent[place]]
            place = parent[place]
        return place

    for first, second in pairs:
        low, high = sorted((root(first), root(second)))
        parent[high] = low
    components: dict[int, list[int]] = defaultdict(list)
    for place in range(size):
        components[root(place)].append(place)
    return [components[first] for first in sorted(components)]
