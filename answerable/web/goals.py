"""Pages of the Sustainable Development Goals: what was said towards each."""

from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from answerable.consultations.queries import contributions_towards_goal
from answerable.consultations.queries.everywhere import consultations_on_goal
from answerable.reference import queries as reference
from answerable.reference.models import LocalText
from answerable.web.chain import place
from answerable.web.consultations.entries import entry_of
from answerable.web.crumbs import Crumb, way_to
from answerable.web.reader import language_of_page, moment_of, reader_of


@dataclass(frozen=True, slots=True)
class TargetLine:
    """One target of a goal, in full."""

    code: str
    wording: LocalText


@dataclass(frozen=True, slots=True)
class GoalLine:
    """One goal by number, short name and one sentence."""

    number: int
    label: LocalText
    description: LocalText


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """List the seventeen goals."""
    language = language_of_page()
    lines = [GoalLine(row.number, row.label(language), row.description(language)) for row in reference.goals()]
    context = {"area": "goals", "crumbs": way_to(Crumb(_("Goals"))), "goals": lines}
    return render(request, "goals/list.html", context)


@require_safe
def goal(request: HttpRequest, number: int) -> HttpResponse:
    """Show one goal with its targets, the consultations about it and the contributions towards it."""
    row = reference.goal(number)
    if row is None:
        raise Http404
    language, reader = language_of_page(), reader_of(request)
    label = row.label(language)
    listed = contributions_towards_goal(number, cursor=request.GET.get("cursor", ""))
    context = {
        "area": "goals",
        "crumbs": way_to(Crumb(_("Goals"), reverse("goals")), Crumb(label.text, "", label.language)),
        "goal": GoalLine(number, label, row.description(language)),
        "uri": row.uri,
        "targets": [TargetLine(target.code, target.wording(language)) for target in reference.targets_of(row)],
        "consultations": consultations_on_goal(number, language=language, at=moment_of(request)),
        "listed": listed,
        "entries": [entry_of(each, reader=reader, is_open=False) for each in listed.items],
        "place": place("heard", _("What was said towards this goal.")),
    }
    return render(request, "goals/goal.html", context)
