"""What every page of the desk stands in: who sits there, over which consultation, the way there, the tabs."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from answerable.consultations.models import Consultation, ConsultationText
from answerable.consultations.queries.headings import consultation_heading
from answerable.foundation.verdicts import Denied, NotAllowed
from answerable.people.models import Person
from answerable.people.rules import staff_roles_of
from answerable.web.crumbs import Crumb, way_to
from answerable.web.desk.navigation import tabs_of
from answerable.web.errors import refusals_shown
from answerable.web.reader import language_of_page, moment_of, show_in_zone_of, signed_in

P = ParamSpec("P")


@dataclass(frozen=True, slots=True)
class Desk:
    """One request at the desk of one consultation: who sits there, and when."""

    request: HttpRequest
    person: Person
    consultation: Consultation
    text: ConsultationText | None
    at: datetime

    @property
    def title(self) -> str:
        """The consultation's title, or its slug while it has none."""
        return self.text.title if self.text else self.consultation.slug

    def address(self, name: str, **more: str | int) -> str:
        """Return the address of one of the desk's pages about this consultation."""
        return reverse(f"desk:{name}", kwargs={"slug": self.consultation.slug, **more})


def desk_page(
    view: Callable[Concatenate[HttpRequest, Person, P], HttpResponse],
) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """Give a view the signed-in person, and show refusals as a page."""
    return refusals_shown(signed_in(view))


def consultation_desk(
    view: Callable[Concatenate[Desk, P], HttpResponse],
) -> Callable[Concatenate[HttpRequest, str, P], HttpResponse]:
    """Open the desk of the consultation that an address names, to people who hold any role over it."""

    @wraps(view)
    def opened(request: HttpRequest, person: Person, slug: str, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        return view(desk_of(request, person, slug), *args, **kwargs)

    return desk_page(opened)  # type: ignore[arg-type]  # only the names of its parameters are unknown here


def desk_of(request: HttpRequest, person: Person, slug: str) -> Desk:
    """Return the desk of a consultation; raises Http404 for an unknown one, NotAllowed without any role over it."""
    consultation, text = consultation_heading(slug, language=language_of_page())
    if consultation is None:
        raise Http404
    at = moment_of(request)
    if not staff_roles_of(person, at=at, consultation_id=consultation.public_id):
        raise NotAllowed(Denied("no_role", _("The desk of a consultation is open to those who hold a role in it.")))
    show_in_zone_of(request, consultation.time_zone)
    return Desk(request, person, consultation, text, at)


def shown_at(
    desk: Desk, template: str, *, here: str, title: str, context: Mapping[str, Any], status: int = 200
) -> HttpResponse:
    """Show a page of a consultation's desk; ``here`` names its tab, ``title`` is its heading and the last crumb."""
    between: list[Crumb] = list(context.get("between", ()))
    own = Crumb(desk.title, desk.address("consultation"), desk.text.language if desk.text else "")
    steps = [*between, Crumb(title)] if here != "consultation" else []
    frame = {
        "area": "desk",
        "desk": desk,
        "consultation": desk.consultation,
        "title": title,
        "tabs": tabs_of(desk.person, desk.consultation, at=desk.at, here=here),
        "crumbs": way_to(_start(), *([own, *steps] if steps else [Crumb(own.text, "", own.language)])),
    }
    return render(desk.request, template, {**frame, **context}, status=status)


def shown_on_site_desk(
    request: HttpRequest,
    template: str,
    *,
    title: str,
    context: Mapping[str, Any],
    status: int = 200,
    between: tuple[Crumb, ...] = (),
) -> HttpResponse:
    """Show a page of the desk that belongs to no consultation."""
    frame = {"area": "desk", "title": title, "crumbs": way_to(_start(), *between, Crumb(title))}
    return render(request, template, {**frame, **context}, status=status)


def _start() -> Crumb:
    return Crumb(_("Desk"), reverse("desk:overview"))
