"""The desk's first page: what waits for the person who opens it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from answerable.consultations.models import Consultation
from answerable.consultations.queries import ConsultationSummary, QueueFigures, summaries_of
from answerable.consultations.queries.waiting import unfinished_imports, waiting_for_moderators
from answerable.consultations.rules import visible_consultations
from answerable.consultations.states import ConsultationState, Phase
from answerable.foundation.verdicts import Denied, require
from answerable.people.models import Person
from answerable.people.rules import has_role, is_staff_of_something, may_grant_role, staff_roles_of
from answerable.people.states import RoleName
from answerable.synthesis.queries.gone_quotes import gone_quotes
from answerable.synthesis.queries.waiting import WeighingFigures, waiting_for_rapporteurs
from answerable.web.crumbs import Crumb, way_to
from answerable.web.desk.frame import desk_page
from answerable.web.reader import language_of_page, moment_of


@dataclass(frozen=True, slots=True)
class Task:
    """One thing that waits: a whole sentence and where to do it."""

    sentence: str
    address: str


@dataclass(frozen=True, slots=True)
class Held:
    """A consultation over which the person holds roles, and what waits for them there."""

    summary: ConsultationSummary
    roles: str
    tasks: Sequence[Task]

    @property
    def is_draft(self) -> bool:
        """Whether only its staff sees it."""
        return self.summary.consultation.state == ConsultationState.DRAFT


@require_safe
@desk_page
def overview(request: HttpRequest, person: Person) -> HttpResponse:
    """Show what waits, consultation by consultation, and the lists that belong to none."""
    at = moment_of(request)
    if not is_staff_of_something(person, at=at):
        require(Denied("no_role", _("The desk is open to those who hold a role in a consultation or on this site.")))
    context = {
        "area": "desk",
        "title": _("Desk"),
        "crumbs": way_to(Crumb(_("Desk"))),
        "held": held_by(person, at=at),
        "may_begin": has_role(person, RoleName.CONVENER, at=at),
        "may_grant": bool(may_grant_role(person, at=at)),
    }
    return render(request, "desk/overview.html", context)


def held_by(person: Person, *, at: datetime) -> list[Held]:
    """Return the consultations over which a person holds a role, the newest first; ten queries for any number."""
    rows = [
        row
        for row in visible_consultations(person, at=at).order_by("-created_at", "-pk")
        if staff_roles_of(person, at=at, consultation_id=row.public_id)
    ]
    moderating, weighing, files = waiting_for_moderators(rows), waiting_for_rapporteurs(rows), unfinished_imports(rows)
    gone = gone_quotes(rows)
    held = []
    for summary in summaries_of(rows, language=language_of_page(), at=at):
        row = summary.consultation
        roles = staff_roles_of(person, at=at, consultation_id=row.public_id)
        tasks = [
            *_of_conveners(summary, roles),
            *_of_moderators(row, roles, moderating[row.pk]),
            *_of_bringers(row, roles, files.get(row.pk, 0)),
            *_of_rapporteurs(row, roles, weighing[row.pk], gone_count=len(gone.get(row.pk, []))),
        ]
        held.append(Held(summary, ", ".join(str(role.label) for role in RoleName if role in roles), tasks))
    return held


def _of_conveners(summary: ConsultationSummary, roles: set[RoleName]) -> list[Task]:
    if not roles & {RoleName.CONVENER, RoleName.ADMINISTRATOR}:
        return []
    address = _address("consultation", summary.consultation)
    if summary.phase is None:
        return [Task(_("Finish the draft and publish it."), address)]
    if summary.phase == Phase.SYNTHESIS:
        return [Task(_("Its closing time has passed: declare it concluded when the outcome is out."), address)]
    return []


def _of_moderators(row: Consultation, roles: set[RoleName], figures: QueueFigures) -> list[Task]:
    tasks = []
    if roles & {RoleName.MODERATOR, RoleName.ADMINISTRATOR}:
        said = ngettext(
            "%(count)s contribution waits for a moderator.",
            "%(count)s contributions wait for a moderator.",
            figures.contributions,
        )
        tasks.append((figures.contributions, said, _address("moderation", row)))
        said = ngettext(
            "%(count)s reply waits for a moderator.", "%(count)s replies wait for a moderator.", figures.replies
        )
        tasks.append((figures.replies, said, f"{_address('moderation', row)}?of=replies"))
    if roles & {RoleName.MODERATOR, RoleName.CONVENER, RoleName.ADMINISTRATOR}:
        said = ngettext(
            "%(count)s objection waits for a decision.", "%(count)s objections wait for a decision.", figures.appeals
        )
        tasks.append((figures.appeals, said, _address("appeals", row)))
    return [Task(said % {"count": count}, address) for count, said, address in tasks if count]


def _of_bringers(row: Consultation, roles: set[RoleName], count: int) -> list[Task]:
    bringers = {RoleName.CONVENER, RoleName.MODERATOR, RoleName.FACILITATOR, RoleName.ADMINISTRATOR}
    if not count or not roles & bringers:
        return []
    said = ngettext("%(count)s file is not loaded yet.", "%(count)s files are not loaded yet.", count)
    return [Task(said % {"count": count}, _address("imports", row))]


def _of_rapporteurs(
    row: Consultation, roles: set[RoleName], figures: WeighingFigures, *, gone_count: int
) -> list[Task]:
    if not roles & {RoleName.RAPPORTEUR, RoleName.ADMINISTRATOR}:
        return []
    undecided = ngettext(
        "%(count)s contribution has no place in the outcome yet.",
        "%(count)s contributions have no place in the outcome yet.",
        figures.undecided,
    )
    gone = ngettext(
        "%(count)s quote in the published report is no longer public: publish a new version.",
        "%(count)s quotes in the published report are no longer public: publish a new version.",
        gone_count,
    )
    tasks = [
        (figures.undecided, undecided, _address("workbench", row)),
        (gone_count, gone, _address("report", row)),
    ]
    return [Task(said % {"count": count}, address) for count, said, address in tasks if count]


def _address(name: str, row: Consultation) -> str:
    return reverse(f"desk:{name}", kwargs={"slug": row.slug})
