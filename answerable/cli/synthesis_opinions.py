"""Write the groups of opinion as a section of the report: who answers alike, what tells them apart, what all share."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from answerable.cli.synthesis_figures import counted
from answerable.documents import structure as doc
from answerable.engine.records import Contribution

_MOST_OF_A_GROUP, _MOST_CONSENSUS = 6, 8
_LONGEST_TEXT = 200
_LEAST_CONSENSUS = 0.5
_STEADY, _UNSTEADY = 0.7, 0.35

Opinion = Mapping[str, Any]


def opinion_blocks(opinion: Opinion, *, contributions: Mapping[str, Contribution]) -> Iterator[doc.Block]:
    """Yield what the stances come to; `opinion` is what `opinion_document` gives."""
    yield doc.Heading(1, "Where people agree and part")
    people = opinion["people"]
    least = opinion["settings"]["least_stances"]
    yield doc.paragraph(
        f"{counted(people['received'], 'person', 'people')} took {counted(people['stances'], 'stance')} on "
        f"contributions. {people['placed']:,} of them took the {least} or more that place a person on the map. "
        f"{verdict_sentence(opinion)}"
    )
    if opinion["verdict"] == "too few":
        return
    if opinion["verdict"] == "groups":
        yield _sizes(opinion)
        for group in opinion["groups"]:
            yield from _group_blocks(group, opinion, contributions)
    yield from _consensus_blocks(opinion, contributions)
    yield doc.paragraph(
        "Those who took stances are not a sample of a population. Nobody was asked about everything, and a group is a "
        "body of similar answers, not of people who know each other. The map is figures/opinions.svg, all figures are "
        "in opinion.json."
    )


def verdict_sentence(opinion: Opinion) -> str:
    """Return in words whether there are groups, and how far that can be relied on."""
    if opinion["verdict"] == "too few":
        return "That is too few people for groups of opinion."
    if opinion["verdict"] == "no clear groups":
        return "There are no clear groups: people differ, but not in bodies that hold together."
    found = f"There are {len(opinion['groups'])} groups of people who answer alike."
    value = opinion["stability"]["value"]
    return found if value is None else f"{found} {_steadiness(value)}"


def _steadiness(stability: float) -> str:
    """Return how much of the groups stays when half of the statements is looked at (adjusted Rand index)."""
    if stability >= _STEADY:
        return f"They are much the same when only half of the contributions is looked at (stability {stability:.2f})."
    if stability >= _UNSTEADY:
        return (
            f"Part of that picture stays when only half of the contributions is looked at (stability {stability:.2f})."
        )
    return (
        f"Looked at with half of the contributions, the picture is another one (stability {stability:.2f}): "
        "do not build on it."
    )


def _sizes(opinion: Opinion) -> doc.Bars:
    """Return how large the groups are."""
    placed = max(1, opinion["people"]["placed"])
    rows = ((f"Group {one['id']}", one["size"] / placed, f"{one['size']:,}") for one in opinion["groups"])
    return doc.Bars("People in each group", tuple(rows))


def _group_blocks(group: Opinion, opinion: Opinion, contributions: Mapping[str, Contribution]) -> Iterator[doc.Block]:
    """Yield what tells a group from all others on the map."""
    yield doc.Heading(2, f"Group {group['id']}")
    telling = [one for one in opinion["figures"] if one["group"] == group["id"] and one["is_representative"]]
    telling.sort(key=lambda one: (one["p"], -one["representativeness"], one["statement"]))
    if not telling:
        yield doc.paragraph("Nothing it says differs clearly from what the others say.")
        return
    rows = []
    for one in telling[:_MOST_OF_A_GROUP]:
        beside = [other for other in opinion["figures"] if other["statement"] == one["statement"]]
        others = [other for other in beside if other["group"] != group["id"]]
        side = one["direction"]
        said = _shown(one["statement"], contributions)
        rows.append((said, f"{side}s", _share([one], side), _share(others, side)))
    caption = f"What tells group {group['id']} from the others, the clearest first"
    yield doc.Table(caption, ("Contribution", "Group", "Share", "Others"), tuple(rows), frozenset({2, 3}))
    if len(telling) > _MOST_OF_A_GROUP:
        yield doc.paragraph(f"{len(telling) - _MOST_OF_A_GROUP:,} more are in opinion.json.")


def _consensus_blocks(opinion: Opinion, contributions: Mapping[str, Contribution]) -> Iterator[doc.Block]:
    """Yield what more than half of every group agrees to, the most agreed first."""
    groups = [one["id"] for one in opinion["groups"]]
    figures = {(one["group"], one["statement"]): one for one in opinion["figures"]}
    shared = []
    for one in opinion["consensus"]:
        own = [figures[group, one["statement"]] for group in groups if (group, one["statement"]) in figures]
        if own and all(_part(figure, "agree") > _LEAST_CONSENSUS for figure in own):
            shared.append((one, own))
    several = len(groups) > 1
    yield doc.Heading(2, "What every group agrees to" if several else "What most agree to")
    if not shared:
        yield doc.paragraph("There is nothing that more than half of every group agrees to.")
        return
    headings = ("Contribution", *(f"Group {group}" for group in groups)) if several else ("Contribution", "Agree")
    rows = [
        (_shown(one["statement"], contributions), *(_share([figure], "agree") for figure in own))
        for one, own in shared[:_MOST_CONSENSUS]
        if len(own) == len(groups)
    ]
    columns = frozenset(range(1, len(headings)))
    yield doc.Table("Share of those who answered that agrees", headings, tuple(rows), columns)


def _part(figure: Opinion, side: str) -> float:
    """Return the share of those who answered that takes a side, 0 where nobody answered."""
    answered = figure["agree"] + figure["disagree"] + figure["passed"]
    return float(figure[side] / answered) if answered else 0.0


def _share(figures: Sequence[Opinion], side: str) -> str:
    """Return the share over several groups together, with how many answered."""
    answered = sum(one["agree"] + one["disagree"] + one["passed"] for one in figures)
    took = sum(one[side] for one in figures)
    return f"{took / answered:.0%} of {answered:,}" if answered else "nobody"


def _shown(statement: str, contributions: Mapping[str, Contribution]) -> str:
    """Return the words of a contribution with its id, cut where they are long."""
    known = contributions.get(statement)
    text = " ".join(known.text.split()) if known else ""
    cut = text if len(text) <= _LONGEST_TEXT else f"{text[:_LONGEST_TEXT].rstrip()} […]"
    return f"{cut} ({statement})" if cut else statement
