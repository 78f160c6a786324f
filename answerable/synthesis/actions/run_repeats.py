"""Which of the new contributions repeat others or belong to a letter campaign, found when they are added."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from answerable.consultations.states import PostState
from answerable.engine.records import Contribution, DuplicateGroup, Placement, Settings
from answerable.synthesis.models import ContributionLabel, SynthesisRun


@dataclass(frozen=True, slots=True)
class Repeats:
    """The groups that were found, and the receipt codes of everything that was compared to find them."""

    groups: tuple[DuplicateGroup, ...]
    compared: frozenset[str]


def find_repeats(
    run: SynthesisRun, contributions: Sequence[Contribution], *, new: Collection[str], settings: Settings
) -> Repeats:
    """
    Return what a run over everything would find to repeat, for the questions where that may have changed.

    Those are the questions that new contributions answer, and those where a labelled one is no longer public. All that
    was said to them is compared, at a cost in proportion to it, so that a letter that came before the campaign had a
    name is labelled too.
    """
    # The engine brings large libraries: only the worker that runs it needs them.
    from answerable.engine.duplicates import duplicate_groups

    changed = set(new) | _beside_gone(run)
    questions = {one.question for one in contributions if one.id in changed}
    compared = sorted((one for one in contributions if one.question in questions), key=lambda one: one.id)
    return Repeats(duplicate_groups(compared, settings=settings), frozenset(one.id for one in compared))


def beside_what_they_repeat(
    placements: Sequence[Placement], *, repeats: Repeats, votes: Mapping[str, Placement], settings: Settings
) -> tuple[Placement, ...]:
    """
    Return placements in which what says the same as an earlier contribution lies where that one lies.

    Where a person put that one, no nearness was measured: theirs is then the least that repeats have. Letters of a
    campaign may differ in what they add, so that each keeps the place its own words found.
    """
    earlier: dict[str, str] = {}
    for group in repeats.groups:
        first = next((code for code in group.members if code in votes), None)
        if group.kind != "campaign" and first is not None:
            earlier |= dict.fromkeys(group.members, first)

    def beside(one: Placement) -> Placement:
        first = earlier.get(one.contribution)
        if first is None or votes[first].theme == one.theme:
            return one
        score = votes[first].score or settings.near_duplicate
        return Placement(one.contribution, votes[first].theme, score, "duplicate of", key=first, duplicate_of=first)

    return tuple(beside(one) for one in placements)


def _beside_gone(run: SynthesisRun) -> set[str]:
    """Return the receipt codes of what is labelled together with a contribution that is not public any more."""
    labels = ContributionLabel.objects.filter(consultation=run.consultation_id)
    keys = labels.exclude(contribution__state=PostState.PUBLIC).values("group_key")
    return set(labels.filter(group_key__in=keys).values_list("contribution__receipt_code", flat=True))
