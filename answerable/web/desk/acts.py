"""What a press of a button does at the desk: an act of a stage, then a page that says what came of it."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from answerable.foundation.verdicts import Unacceptable

Problems = Mapping[str, Sequence[str]]
Act = Callable[[], str]


@dataclass(frozen=True, slots=True)
class Tried:
    """What came of a request: nothing was pressed, an act was done and says so, or it has problems by field."""

    act: str = ""
    said: str = ""
    problems: Problems = field(default_factory=dict)

    @property
    def is_done(self) -> bool:
        """Whether an act was carried out."""
        return bool(self.said)

    @property
    def status(self) -> int:
        """The HTTP status of the page that shows this."""
        return 422 if self.problems else 200

    def problems_of(self, *acts: str) -> Problems:
        """Return the problems if one of these acts was tried."""
        return self.problems if self.act in acts else {}

    def is_tried(self, act: str) -> bool:
        """Say whether an act was tried in vain, so that its form keeps what was typed."""
        return self.act == act and not self.said


def tried(request: HttpRequest, acts: Mapping[str, Act]) -> Tried:
    """Carry out the act whose button was pressed; it returns a sentence that says what was done. Raises BadRequest."""
    if request.method != "POST":
        return Tried()
    name = request.POST.get("act", "")
    if name not in acts:
        raise BadRequest
    try:
        return Tried(name, acts[name]())
    except Unacceptable as refusal:
        return Tried(name, "", refusal.problems)


def leads_to(request: HttpRequest, address: str, *, said: str) -> HttpResponse:
    """Say what was done on the page that comes next."""
    messages.success(request, said)
    return HttpResponseRedirect(address)


def refused(act: Callable[[], object]) -> Problems:
    """Carry out an act and return what is wrong with it by field; nothing when it was done."""
    try:
        act()
    except Unacceptable as refusal:
        return refusal.problems
    return {}


def raise_together(*found: Problems) -> None:
    """Raise Unacceptable with the problems of several parts of a form, if there are any."""
    together: dict[str, list[str]] = {}
    for problems in found:
        for name, said in problems.items():
            together.setdefault(name, []).extend(said)
    if together:
        raise Unacceptable(together)


def moved(names: Iterable[str], name: str, *, up: bool) -> list[str]:
    """Return names with one moved by a place, or as they are when it stands at the end already or is not there."""
    order = list(names)
    if name in order:
        here = order.index(name)
        there = here - 1 if up else here + 1
        if 0 <= there < len(order):
            order[here], order[there] = order[there], order[here]
    return order
