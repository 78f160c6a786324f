"""The page of a consultation: who asks what, until when, who took part, what came of it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar

from django.core.cache import cache
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from answerable.consultations.queries import ConsultationPage, balance_of
from answerable.consultations.states import Phase
from answerable.reference.models import LocalText
from answerable.reference.models.cldr import own_name
from answerable.synthesis.queries.coverage import Coverage, coverage
from answerable.web.chain import Place, place
from answerable.web.consultations.balance import sectors_of
from answerable.web.consultations.listing import place_of_phase
from answerable.web.consultations.reports import ReportLink, report_link
from answerable.web.consultations.shown import shown_consultation
from answerable.web.crumbs import Crumb, way_to
from answerable.web.reader import language_of_page, moment_of

Counted = TypeVar("Counted")
_KEPT_SECONDS = 30


@dataclass(frozen=True, slots=True)
class Milestone:
    """One dated step of a consultation: past, happening now, or to come."""

    title: str
    ring: str
    when: datetime | date | None
    is_past: bool
    is_now: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
class GoalTile:
    """A goal by number and short name."""

    number: int
    label: LocalText


@require_safe
def consultation(request: HttpRequest, slug: str) -> HttpResponse:
    """Show one consultation."""
    page = shown_consultation(request, slug)
    row = page.consultation
    report = report_link(row)
    mark = f"{row.public_id}:{page.contribution_count}:{report.version if report else 0}"
    context = {
        "area": "consultations",
        "crumbs": [
            *way_to(Crumb(_("Consultations"), reverse("consultations"))),
            Crumb(page.text.title if page.text else row.slug, "", page.text.language if page.text else ""),
        ],
        "page": page,
        "consultation": row,
        "place": _place(page, report),
        "is_open": page.phase == Phase.OPEN,
        "balance": sectors_of(_kept(f"balance:{mark}", lambda: balance_of(row))),
        "milestones": milestones_of(page, report, at=moment_of(request)),
        "languages": [(code, own_name(code) or code) for code in row.languages],
        "goals": goal_tiles(page),
        "has_other_zone": row.time_zone != timezone.get_current_timezone_name(),
        "report": report,
        "coverage": _coverage(page, report, mark=mark),
    }
    return render(request, "consultations/consultation.html", context)


@require_safe
def document(request: HttpRequest, slug: str, public_id: str) -> HttpResponseBase:
    """Send one of a consultation's documents, always as a download."""
    page = shown_consultation(request, slug)
    found = next((row for row in page.documents if row.public_id == public_id), None)
    if found is None:
        raise Http404
    name = str(found.file.name).rsplit("/", 1)[-1]
    return FileResponse(found.file.open("rb"), as_attachment=True, filename=name, content_type=found.media_type)


def goal_tiles(page: ConsultationPage) -> Sequence[GoalTile]:
    """Return the goals a consultation is about, with their names for the reader."""
    return [GoalTile(goal.number, goal.label(language_of_page())) for goal in page.goals]


def milestones_of(page: ConsultationPage, report: ReportLink | None, *, at: datetime) -> list[Milestone]:
    """Return the timeline of a consultation in its order, as far as it is dated."""
    row = page.consultation
    is_over = row.period.is_over(at)
    steps = [
        Milestone(_("Opens"), "heard", row.opens_at, is_past=not row.period.is_before(at)),
        Milestone(
            _("Closes"), "heard", row.closes_at, is_past=is_over, is_now=page.phase == Phase.OPEN, note=_now(page)
        ),
    ]
    if row.event_starts_on:
        name = row.event_name or _("The event it prepares")
        steps.append(Milestone(name, "answered", row.event_starts_on, is_past=row.event_starts_on < at.date()))
    published = report.published_at if report else None
    if published:
        steps.append(Milestone(_("Outcome report"), "answered", published, is_past=True))
    elif row.state != "draft":
        steps.append(Milestone(_("Outcome report"), "answered", None, is_past=False, note=_("not published yet")))
    return sorted(steps, key=_day)


def _place(page: ConsultationPage, report: ReportLink | None) -> Place:
    if report is None:
        return place_of_phase(page.phase)
    if page.phase == Phase.OPEN:
        return place("answered", _("A report is published, and contributions are still being heard."))
    return place_of_phase(Phase.CONCLUDED)


def _day(step: Milestone) -> date:
    """Return the day of a step for ordering; what is not dated yet comes last."""
    return step.when.date() if isinstance(step.when, datetime) else step.when or date.max


def _now(page: ConsultationPage) -> str:
    return _("open now") if page.phase == Phase.OPEN else ""


def _coverage(page: ConsultationPage, report: ReportLink | None, *, mark: str) -> Coverage | None:
    """Return what became of the contributions once their weighing is something a reader would ask about."""
    if report is None and page.phase not in {Phase.SYNTHESIS, Phase.CONCLUDED}:
        return None
    counted = _kept(f"coverage:{mark}", lambda: coverage(page.consultation))
    return counted if counted.total else None


def _kept(name: str, count: Callable[[], Counted]) -> Counted:
    """Return figures that may be half a minute old; ``name`` changes whenever a contribution or a report comes."""
    figures: Counted | None = cache.get(name)
    if figures is None:
        figures = count()
        cache.set(name, figures, _KEPT_SECONDS)
    return figures
