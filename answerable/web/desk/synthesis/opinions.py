"""Where readers agree and part: the map of their stances, with the figures as tables beside it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from answerable.consultations.models import Contribution
from answerable.synthesis.queries.opinion_maps import EVERYWHERE, letters_before, opinion_map
from answerable.synthesis.rules import public_contributions
from answerable.web.desk.frame import Desk, consultation_desk
from answerable.web.desk.synthesis.board import require_board, shown_on_board
from answerable.web.desk.typed import whole_number

# Each group has a shape of its own, so that nobody depends on telling colours apart: corners on a circle of radius 1.
_SHAPES = {
    "B": ((-0.8, -0.8), (0.8, -0.8), (0.8, 0.8), (-0.8, 0.8)),
    "C": ((0, -1.1), (1, 0.8), (-1, 0.8)),
    "D": ((0, -1.15), (1.15, 0), (0, 1.15), (-1.15, 0)),
    "E": ((-1.1, -0.45), (1.1, -0.45), (0, 1.15)),
}
_CELL = 10
_CELLS = 40
_SMALLEST, _LARGEST = 1.8, 5.2


@dataclass(frozen=True, slots=True)
class Mark:
    """One cell of the map that holds people: the outline drawn for it, and the letter of their group."""

    outline: str
    letter: str


@dataclass(frozen=True, slots=True)
class Figure:
    """What one group, or everybody, says to one contribution."""

    contribution: Contribution | None
    code: str
    agree: int
    disagree: int
    passed: int
    values: Mapping[str, Any]

    @property
    def ratio(self) -> float:
        """How many times the others' share the group's is, to one digit."""
        return round(float(self.values["ratio"]), 1)


@dataclass(frozen=True, slots=True)
class GroupShown:
    """One group of readers: its letter, how many they are, and what tells it from the others."""

    letter: str
    outline: str
    people: int
    share: float
    figures: Sequence[Figure]


@require_safe
@consultation_desk
def opinions(desk: Desk) -> HttpResponse:
    """Show the map over all sessions, or that of one."""
    require_board(desk)
    numbers = list(desk.consultation.sessions.order_by("number").values_list("number", flat=True))
    asked = whole_number(desk.request.GET.get("session", ""), otherwise=EVERYWHERE)
    number = asked if asked in numbers else EVERYWHERE
    found = opinion_map(desk.consultation, number=number)
    context = {
        "numbers": numbers if len(numbers) > 1 else [],
        "number": number,
        "map": found,
        **(_shown(desk, found) if found else {}),
    }
    title = _("Opinion map")
    return shown_on_board(desk, "desk/opinions.html", here="opinions", title=title, context=context)


def _shown(desk: Desk, found: Mapping[str, Any]) -> dict[str, Any]:
    letters = letters_before(found)
    said = [row["statement"] for rows in [found["consensus"], *found["figures"].values()] for row in rows]
    rows = public_contributions(desk.consultation).filter(receipt_code__in=set(said))
    contributions = {row.receipt_code: row for row in rows.only("receipt_code", "text", "language", "session_id")}
    return {
        "verdict": verdict_of(found),
        "groups": [
            GroupShown(
                letter=letters[group["id"]],
                outline=outline(letters[group["id"]], x=8, y=8, radius=6),
                people=group["size"],
                share=group["size"] / found["placed"],
                figures=[_figure(row, contributions) for row in found["figures"].get(group["id"], [])],
            )
            for group in sorted(found["groups"], key=lambda group: letters[group["id"]])
        ],
        "since": since_of(found.get("since")),
        "marks": marks_of(found["cells"], letters=[*letters.values()]),
        "side": _CELLS * _CELL,
        "half": _CELLS * _CELL // 2,
        "consensus": [_figure(row, contributions) for row in found["consensus"]],
        "has_sectors": any(row["over_sectors"] is not None for row in found["consensus"]),
    }


def _figure(row: Mapping[str, Any], contributions: Mapping[str, Contribution]) -> Figure:
    code = row["statement"]
    return Figure(contributions.get(code), code, row["agree"], row["disagree"], row["passed"], row)


def marks_of(cells: Sequence[Sequence[int]], *, letters: Sequence[str]) -> list[Mark]:
    """Return what is drawn for cells ``[column, row, group, people]``; the area of a mark goes with its people."""
    most = max((cell[3] for cell in cells), default=1)
    marks = []
    for column, row, group, people in cells:
        letter = letters[group]
        radius = _SMALLEST + (_LARGEST - _SMALLEST) * (people / most) ** 0.5
        marks.append(Mark(outline(letter, x=(column + 0.5) * _CELL, y=(row + 0.5) * _CELL, radius=radius), letter))
    return marks


def outline(letter: str, *, x: float, y: float, radius: float) -> str:
    """Return the SVG path of the mark of a group around a place: A is round, the others have corners."""
    if letter not in _SHAPES:
        r = f"{radius:.1f}"
        return f"M{x - radius:.1f} {y:.1f}a{r} {r} 0 1 0 {2 * radius:.1f} 0a{r} {r} 0 1 0 {-2 * radius:.1f} 0"
    corners = (f"{x + radius * across:.1f} {y + radius * down:.1f}" for across, down in _SHAPES[letter])
    return f"M{'L'.join(corners)}Z"


def since_of(since: Mapping[str, Sequence[str]] | None) -> list[str]:
    """Return in sentences which groups are those of the map before, which are new and which are no more."""
    if since is None:
        return []
    sentences = []
    if since["kept"]:
        said = ngettext(
            "Group %(letters)s is the same as on the map of the run before.",
            "Groups %(letters)s are the same as on the map of the run before.",
            len(since["kept"]),
        )
        sentences.append(said % {"letters": ", ".join(since["kept"])})
    if since["new"]:
        said = ngettext("Group %(letters)s is new.", "Groups %(letters)s are new.", len(since["new"]))
        sentences.append(said % {"letters": ", ".join(since["new"])})
    if since["gone"]:
        said = ngettext(
            "Group %(letters)s of the map before is no more.",
            "Groups %(letters)s of the map before are no more.",
            len(since["gone"]),
        )
        sentences.append(said % {"letters": ", ".join(since["gone"])})
    return sentences


def verdict_of(found: Mapping[str, Any]) -> str:
    """Return in a sentence what the map says, and how far it can be relied on."""
    if found["verdict"] == "too few":
        return _("Too few people took enough stances for a map. Seven stances place a person on it.")
    if found["verdict"] == "no clear groups":
        return _("There are no clear groups: people differ, but not in bodies that hold together.")
    count = len(found["groups"])
    said = ngettext(
        "There is %(count)s group of people who answer alike.",
        "There are %(count)s groups of people who answer alike.",
        count,
    ) % {"count": count}
    if found["stability"] is None:
        return said
    return f"{said} {_steadiness(found['stability'])}"


def _steadiness(stability: float) -> str:
    if stability >= _STEADY:
        return _("They are much the same when only half of the contributions is looked at.")
    if stability >= _UNSTEADY:
        return _("Part of that picture stays when only half of the contributions is looked at.")
    return _("Looked at with half of the contributions, the picture is another one: do not build on it.")


_STEADY, _UNSTEADY = 0.7, 0.35
