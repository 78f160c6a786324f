"""A consultation's first page at the desk: where it stands, its facts, publishing and concluding it."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _

from answerable.consultations import rules
from answerable.consultations.actions import (
    change_consultation,
    conclude_consultation,
    missing_for_publication,
    publish_consultation,
)
from answerable.consultations.queries import queue_figures
from answerable.consultations.states import ConsultationState, Phase
from answerable.foundation.verdicts import Denied
from answerable.people.rules import has_role
from answerable.people.states import RoleName
from answerable.synthesis.queries.gone_quotes import gone_quotes
from answerable.synthesis.rules import may_see_desk
from answerable.web.consultations.listing import place_of_phase
from answerable.web.desk.acts import leads_to, tried
from answerable.web.desk.frame import Desk, consultation_desk, shown_at
from answerable.web.desk.setting_up.facts import changes_typed, facts_form, facts_of, facts_typed
from answerable.web.fields import form_of


@consultation_desk
def consultation(desk: Desk) -> HttpResponse:
    """Show where a consultation stands and, to its conveners, its facts; change, publish or conclude it."""
    row = desk.consultation

    def save() -> str:
        changes = changes_typed(desk.request.POST)
        change_consultation(row, by=desk.person, changes=changes, at=desk.at)
        return _("The facts are saved.")

    def publish() -> str:
        publish_consultation(row, by=desk.person, at=desk.at)
        return _("The consultation is published.")

    def conclude() -> str:
        conclude_consultation(row, by=desk.person, at=desk.at)
        return _("The consultation is concluded.")

    came = tried(desk.request, {"save": save, "publish": publish, "conclude": conclude})
    if came.is_done:
        return leads_to(desk.request, desk.address("consultation"), said=came.said)
    may = rules.may_edit_consultation(desk.person, row, at=desk.at)
    values = facts_typed(desk.request.POST) if came.is_tried("save") else facts_of(row)
    context = {
        "place": place_of_phase(row.phase_at(desk.at)),
        "phase_label": _phase_label(desk),
        "may_edit": bool(may),
        "why_not": may.reason if isinstance(may, Denied) and _is_convener(desk) else "",
        "form": facts_form(values, came.problems_of("save")) if may else form_of([]),
        "refusal": form_of([], problems=came.problems_of("publish", "conclude")),
        **_standing(desk, is_editor=bool(may)),
        **_gone(desk),
    }
    return shown_at(
        desk, "desk/consultation.html", here="consultation", title=desk.title, context=context, status=came.status
    )


def _standing(desk: Desk, *, is_editor: bool) -> Mapping[str, Any]:
    """Return what a draft still lacks, or what waits in a published consultation."""
    row = desk.consultation
    is_draft = row.state == ConsultationState.DRAFT
    return {
        "is_draft": is_draft,
        "missing": missing_for_publication(row, at=desk.at) if is_draft and is_editor else [],
        "figures": None if is_draft else queue_figures(row),
        "may_conclude": is_editor and row.phase_at(desk.at) == Phase.SYNTHESIS,
    }


def _gone(desk: Desk) -> Mapping[str, Any]:
    """Return what the published report quotes and is not public any more, for those who see the rapporteur's desk."""
    row = desk.consultation
    if row.state == ConsultationState.DRAFT or not may_see_desk(desk.person, row, at=desk.at):
        return {}
    return {"gone_quotes": gone_quotes([row]).get(row.pk, []), "report_address": desk.address("report")}


def _phase_label(desk: Desk) -> str:
    phase = desk.consultation.phase_at(desk.at)
    return str(phase.label) if phase else str(ConsultationState.DRAFT.label)


def _is_convener(desk: Desk) -> bool:
    return has_role(desk.person, RoleName.CONVENER, at=desk.at, consultation_id=desk.consultation.public_id)
