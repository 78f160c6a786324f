"""What a run keeps of its making: codes, places and counts, and never a word of what people wrote."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from typing import Any

from answerable.engine.records import Member, Synthesis
from answerable.engine.records import Theme as Proposed
from answerable.engine.sdg.records import SdgTags
from answerable.synthesis.queries.run_input import FrozenInput, question_key

_MOST_GOALS, _MOST_WORDS = 3, 4


def whole_manifest(result: Synthesis, *, frozen: FrozenInput, gone: Iterable[str]) -> dict[str, Any]:
    """Return the manifest of a run over everything, without what is gone by now."""
    left_out = set(gone)
    return {
        "engine": asdict(result.manifest),
        "themes": [_proposal(theme, left_out) for theme in result.themes],
        "coverage": asdict(result.coverage),
        "goals": goals_in(result.sdg, frozen=frozen, gone=left_out),
        "links": [[link.theme, link.other, link.score] for link in result.links],
        "read": {code: row.revision_count for code, row in frozen.rows.items() if code not in left_out},
        "added": [],
    }


def goals_in(found: Iterable[SdgTags], *, frozen: FrozenInput, gone: Iterable[str]) -> dict[str, list[dict[str, Any]]]:
    """
    Return the likeliest goals of contributions by receipt code.

    The words that say so are kept as places in one revision of the text, so that they go when the text goes.
    """
    left_out = set(gone)
    return {
        one.contribution: [
            {
                "goal": tag.goal,
                "target": tag.target or "",
                "revision": frozen.rows[one.contribution].revision_count,
                "spans": [[each.start, each.end] for each in tag.evidence[:_MOST_WORDS]],
            }
            for tag in one.tags[:_MOST_GOALS]
        ]
        for one in found
        if one.contribution not in left_out
    }


def proposals_in(manifest: Mapping[str, Any]) -> list[Proposed]:
    """Return the themes that a run proposed, with their members and nothing they say."""
    return [_proposed(kept) for kept in manifest.get("themes", [])]


def keyed(theme: Proposed) -> Proposed:
    """Return a theme whose question is its key alone, so that a reworded question parts no theme from its past."""
    return Proposed(
        id=theme.id,
        parent=theme.parent,
        level=theme.level,
        question=question_key(theme.question),
        language=theme.language,
        label=theme.label,
        phrases=theme.phrases,
        members=theme.members,
    )


def _proposal(theme: Proposed, gone: set[str]) -> dict[str, Any]:
    return {name: getattr(theme, name) for name in ("id", "parent", "level", "language")} | {
        "question": question_key(theme.question),
        "members": [member.contribution for member in theme.members if member.contribution not in gone],
    }


def _proposed(kept: Mapping[str, Any]) -> Proposed:
    members = tuple(Member(code, 0.0) for code in kept["members"])
    named = {name: kept[name] for name in ("id", "parent", "level", "language", "question")}
    return Proposed(**named, label="", phrases=(), members=members)
