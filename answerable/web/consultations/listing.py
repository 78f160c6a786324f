"""The list of consultations."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from answerable.consultations.queries import ConsultationSummary, consultations_by_phase
from answerable.consultations.states import Phase
from answerable.web.chain import Place, place
from answerable.web.crumbs import Crumb, way_to
from answerable.web.reader import language_of_page, moment_of

_HEADINGS = {
    Phase.OPEN: gettext_lazy("Open for contributions"),
    Phase.ANNOUNCED: gettext_lazy("Opening soon"),
    Phase.SYNTHESIS: gettext_lazy("Being synthesised"),
    Phase.CONCLUDED: gettext_lazy("Concluded"),
}


@dataclass(frozen=True, slots=True)
class PhaseGroup:
    """The consultations that stand at one phase."""

    phase: Phase
    heading: str
    summaries: Sequence[ConsultationSummary]
    place: Place


@require_safe
def consultations(request: HttpRequest) -> HttpResponse:
    """Show the published consultations, the open ones first."""
    by_phase = consultations_by_phase(moment_of(request), language=language_of_page())
    context = {
        "area": "consultations",
        "crumbs": way_to(Crumb(_("Consultations"))),
        "groups": groups_of(by_phase),
    }
    return render(request, "consultations/list.html", context)


def groups_of(by_phase: Mapping[Phase, Sequence[ConsultationSummary]]) -> list[PhaseGroup]:
    """Return the phases that have consultations, in the order in which readers want them."""
    return [
        PhaseGroup(phase, str(heading), by_phase[phase], place_of_phase(phase))
        for phase, heading in _HEADINGS.items()
        if by_phase[phase]
    ]


def place_of_phase(phase: Phase | None) -> Place:
    """Return where on the chain a consultation of a phase stands."""
    sentences = {
        Phase.ANNOUNCED: _("Contributions will be heard from the opening on."),
        Phase.OPEN: _("Contributions are being heard."),
        Phase.SYNTHESIS: _("What was heard is being weighed."),
        Phase.CONCLUDED: _("What was heard has been weighed."),
    }
    if phase is None:
        return place("heard", _("This is a draft that only its staff sees."))
    return place("answered" if phase == Phase.CONCLUDED else "heard", sentences[phase])
