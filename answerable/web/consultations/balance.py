"""Who has taken part, as a strip with its table."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from answerable.reference.queries import sector_choices
from answerable.web.reader import language_of_page

_COLOURS = 6
LEAST_FOR_SHARES = 10


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a strip: where it starts and how wide it is, in percent, and its row in the table."""

    label: str
    count: int
    share: float | None
    start: str
    width: str
    colour: int


def sectors_of(counts: Mapping[str, Mapping[str, int]]) -> list[Part]:
    """Return the sectors that spoke, the most frequent first; those who named none are the last part."""
    return parts_of(counts["sector"], labels=dict(sector_choices(language_of_page())))


def parts_of(counts: Mapping[str, int], *, labels: Mapping[str, str]) -> list[Part]:
    """Return counted values as parts of a strip; shares are None below ten contributions, where they would mislead."""
    total = sum(counts.values())
    ordered: Sequence[tuple[str, int]] = sorted(counts.items(), key=lambda pair: (not pair[0], -pair[1], pair[0]))
    parts: list[Part] = []
    before = 0
    for place, (value, count) in enumerate(ordered):
        parts.append(
            Part(
                label=labels.get(value, value) or _("Not stated"),
                count=count,
                share=count / total if total >= LEAST_FOR_SHARES else None,
                start=f"{100 * before / total:.2f}%",
                width=f"{100 * count / total:.2f}%",
                colour=place % _COLOURS + 1,
            )
        )
        before += count
    return parts
