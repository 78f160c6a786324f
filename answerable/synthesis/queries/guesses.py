"""What the newest run guesses: which goals a contribution speaks of, and which themes are the same across languages."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from answerable.consultations.models import Contribution
from answerable.synthesis.models import Theme
from answerable.synthesis.queries.newcomers import finished_runs
from answerable.synthesis.states import ThemeState


@dataclass(frozen=True, slots=True)
class GoalGuess:
    """A goal, and where the words tell it a target, that a text seems to speak of, with the words that say so."""

    goal: int
    target: str
    words: Sequence[str]


def goals_guessed(contribution: Contribution) -> list[GoalGuess]:
    """
    Return the goals that the newest finished run guessed for a contribution, the likeliest first; one query.

    The words are read from the text as it stands; a text that was changed since then shows none.
    """
    kept = _newest(contribution.session.consultation_id, f"manifest__goals__{contribution.receipt_code}")
    return [_guess(each, contribution) for each in kept or []]


def _guess(kept: Mapping[str, Any], contribution: Contribution) -> GoalGuess:
    is_same = kept.get("revision") == contribution.revision_count
    words = [contribution.text[start:end] for start, end in kept.get("spans", ()) if is_same]
    return GoalGuess(kept["goal"], kept["target"], [word for word in words if word])


def themes_linked_to(theme: Theme) -> list[Theme]:
    """Return the themes in use that the newest finished run guessed to be the same in another language; two queries."""
    links = _newest(theme.consultation_id, "manifest__links") or []
    keys = [
        other if one == theme.engine_key else one for one, other, _score in links if theme.engine_key in (one, other)
    ]
    if not keys:
        return []
    rows = Theme.objects.filter(consultation=theme.consultation_id, engine_key__in=keys, state=ThemeState.ACTIVE)
    return list(rows.order_by("language", "pk"))


def _newest(consultation_id: int, path: str) -> Any:  # any JSON, or nothing
    return finished_runs(consultation_id).values_list(path, flat=True).first()
