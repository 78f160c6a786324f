"""Say in sentences why a contribution is where it is."""

from collections.abc import Iterator, Mapping

from answerable.cli.synthesis_figures import counted, language_name
from answerable.documents.characters import clean_text, one_line
from answerable.engine.explaining import Explanation
from answerable.engine.records import Contribution

_LONGEST_TEXT = 160
_STANDING_ALONE = {
    "nothing to compare": "It has no words that could be compared.",
    "no neighbour": "No other contribution to the same question in the same language shares enough words with it.",
    "too far from its neighbours": "It shares words with others, but too few to be in a theme with them.",
}


def explanation_text(explanation: Explanation, *, contributions: Mapping[str, Contribution]) -> str:
    """Return an explanation as lines of plain text, safe to show in a terminal."""
    return "\n".join(clean_text(line) for line in _lines(explanation, contributions)) + "\n"


def _lines(found: Explanation, contributions: Mapping[str, Contribution]) -> Iterator[str]:
    """Yield the lines of an explanation."""
    yield f"Contribution {found.contribution}: “{_short(contributions[found.contribution].text)}”"
    if found.question:
        yield f"Question: {one_line(found.question)}"
    how = "given with it" if found.language.is_given else f"detected, score {found.language.score:.2f} of 1"
    yield f"Language: {language_name(found.language.language)} ({how})"
    yield from _repeat_lines(found)
    yield from _theme_lines(found)
    yield from _neighbour_lines(found, contributions)
    for tag in found.tags:
        words = ", ".join(dict.fromkeys(one.phrase for one in tag.evidence))
        target = f", target {tag.target}" if tag.target else ""
        yield f"Seems to speak of Goal {tag.goal}{target} (a guess, score {tag.score:.2f}), for the words: {words}"


def _repeat_lines(found: Explanation) -> Iterator[str]:
    """Yield what the contribution repeats, or what repeats it."""
    for group in found.repeats:
        others = len(group.members) - 1
        if group.kind == "campaign":
            yield f"Letter of a campaign: {counted(others, 'other')} share most of this text: {_short(group.template)}"
        elif found.duplicate_of:
            yield f"Repeats: {'the same text as' if group.kind == 'exact' else 'nearly'} contribution {group.original}"
        else:
            yield f"Repeated by: {counted(others, 'other contribution')}, which are counted apart"


def _theme_lines(found: Explanation) -> Iterator[str]:
    """Yield where the contribution is, how well it fits, and what it shares."""
    if not found.themes:
        if found.status == "stands alone":
            yield f"Stands alone: {_STANDING_ALONE[found.reason]}"
        return
    for step in found.themes:
        name = "Theme" if step.level == 1 else "Subtheme"
        yield f"{name}: {one_line(step.label)} ({step.id}, {counted(step.size, 'contribution')})"
    yield f"Fit with the theme: {found.score:.3f} (below {found.floor:.2f} it would stand alone)"
    if found.key == found.contribution:
        yield "Key: it is itself a key contribution"
    elif found.key:
        yield f"Key: nearest to key contribution {found.key}, similarity {found.key_score:.3f}"
    for one in found.shared:
        yield (
            f"Shared words: “{one_line(one.phrase)}” (characters {one.start + 1} to {one.end}), in {one.inside:,} of "
            f"{one.theme_size:,} others of the theme and {one.outside:,} of {one.others:,} beyond it"
        )


def _neighbour_lines(found: Explanation, contributions: Mapping[str, Contribution]) -> Iterator[str]:
    """Yield the most similar contributions."""
    for one in found.neighbours:
        where = "the same theme" if found.themes and one.theme == found.themes[-1].id else "another theme"
        where = where if one.theme else "no theme"
        text = _short(contributions[one.contribution].text)
        yield f"Near: {one.contribution}, similarity {one.similarity:.3f}, {where}: “{text}”"


def _short(text: str) -> str:
    """Return the beginning of a text on one line."""
    line = one_line(text[: 4 * _LONGEST_TEXT])
    return line if len(line) <= _LONGEST_TEXT else f"{line[: _LONGEST_TEXT - 1]}…"
