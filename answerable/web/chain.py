"""The chain that everything hangs on, as pages show it."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

STAGES = (
    ("heard", gettext_lazy("Heard")),
    ("answered", gettext_lazy("Answered")),
    ("promised", gettext_lazy("Promised")),
    ("kept", gettext_lazy("Kept")),
    ("confirmed", gettext_lazy("Confirmed")),
)


@dataclass(frozen=True, slots=True)
class Link:
    """One link of the chain with its figure; ``figure`` is None where nothing is counted."""

    ring: str
    word: str
    meaning: str
    figure: int | None = None
    address: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """Where on the chain a page stands: a ring, its word, and a sentence of what that means here."""

    ring: str
    word: str
    step: int
    sentence: str


def place(ring: str, sentence: str = "") -> Place:
    """Return a place on the chain; raises KeyError for a ring that does not exist."""
    step = {name: number for number, (name, _word) in enumerate(STAGES, start=1)}[ring]
    return Place(ring, str(STAGES[step - 1][1]), step, sentence)


def heard_and_answered(*, heard: int, answered: int, heard_meaning: str, answered_meaning: str) -> list[Link]:
    """Return the whole chain: the first two links with figures, the others with what they mean."""
    return [
        Link("heard", _("Heard"), heard_meaning, heard),
        Link("answered", _("Answered"), answered_meaning, answered),
        Link("promised", _("Promised"), _("an organisation undertakes to act, by a date")),
        Link("kept", _("Kept"), _("it reports that it did what it promised")),
        Link("confirmed", _("Confirmed"), _("the people it was meant for say so too")),
    ]


def chain_in_words() -> list[Link]:
    """Return the whole chain without figures, each link with what it means."""
    return [
        Link("heard", _("Heard"), _("You say something. It gets a receipt and stands in the public record.")),
        Link(
            "answered",
            _("Answered"),
            _("It is cited, merged with others that say the same, or set aside for a reason."),
        ),
        Link("promised", _("Promised"), _("An organisation undertakes to act, by a date.")),
        Link("kept", _("Kept"), _("It reports that it did what it promised.")),
        Link("confirmed", _("Confirmed"), _("The people it was meant for say so too.")),
    ]
