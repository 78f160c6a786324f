"""Objections of authors, decided by somebody other than the moderator."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpResponse
from django.utils.translation import gettext as _

from answerable.consultations import rules
from answerable.consultations.actions import decide_appeal
from answerable.consultations.models import Appeal, Contribution, Reply
from answerable.consultations.queries import open_appeals
from answerable.consultations.states import AppealOutcome
from answerable.foundation.verdicts import Denied, Unacceptable, Verdict, require
from answerable.people.rules import has_role
from answerable.people.states import RoleName
from answerable.web.chain import place
from answerable.web.desk.acts import Problems, leads_to, tried
from answerable.web.desk.frame import Desk, consultation_desk, shown_at
from answerable.web.desk.typed import RowField
from answerable.web.fields import Field, Form, choices_of, form_of


@dataclass(frozen=True, slots=True)
class OpenAppeal:
    """One objection with the form that decides over it; ``why_not`` says why this person may not."""

    appeal: Appeal
    post: Contribution | Reply | None
    form: Form
    why_not: str


@consultation_desk
def appeals(desk: Desk) -> HttpResponse:
    """Show the open objections and decide over one."""
    require(_may_see(desk))
    waiting = open_appeals(desk.consultation)
    named = desk.request.POST.get("objection", "")
    came = tried(desk.request, {"decide": lambda: _decide(desk, waiting, named)})
    if came.is_done:
        return leads_to(desk.request, desk.address("appeals"), said=came.said)
    entries = [_entry(desk, appeal, came.problems if appeal.act.public_id == named else {}) for appeal in waiting]
    stray = came.problems if named not in {appeal.act.public_id for appeal in waiting} else {}
    forms = [form_of([], problems=stray), *(entry.form for entry in entries)]
    context = {
        "place": place("heard", _("Whoever decides over an objection is not the person who took the decision.")),
        "entries": entries,
        "summary": Form({}, tuple(problem for form in forms for problem in form.problems)),
    }
    return shown_at(
        desk, "desk/appeals.html", here="appeals", title=_("Objections"), context=context, status=came.status
    )


def _may_see(desk: Desk) -> Verdict:
    scope = desk.consultation.public_id
    if has_role(desk.person, RoleName.CONVENER, at=desk.at, consultation_id=scope):
        return rules.may_see_consultation(desk.person, desk.consultation, at=desk.at)
    return rules.may_moderate(desk.person, desk.consultation, at=desk.at)


def _decide(desk: Desk, waiting: Sequence[Appeal], act_id: str) -> str:
    appeal = next((each for each in waiting if each.act.public_id == act_id), None)
    if appeal is None:
        raise Unacceptable({"": [_("This objection was decided in the meantime.")]})
    typed = desk.request.POST
    outcome, answer = typed.get(f"outcome-{act_id}", ""), typed.get(f"answer-{act_id}", "")
    decide_appeal(appeal, by=desk.person, outcome=outcome, answer=answer, at=desk.at)
    return _("The objection is decided and its author is told.")


def _entry(desk: Desk, appeal: Appeal, problems: Problems) -> OpenAppeal:
    act_id = appeal.act.public_id
    typed = desk.request.POST
    outcomes = [(str(outcome), str(outcome.label)) for outcome in (AppealOutcome.UPHELD, AppealOutcome.OVERTURNED)]
    fields: list[Field] = [
        RowField(
            f"outcome-{act_id}",
            _("Decision"),
            kind="radios",
            choices=choices_of(outcomes, chosen=typed.get(f"outcome-{act_id}", "")),
            is_required=True,
            row=act_id,
        ),
        RowField(
            f"answer-{act_id}",
            _("Answer to the author"),
            kind="textarea",
            value=typed.get(f"answer-{act_id}", ""),
            is_required=True,
            row=act_id,
        ),
    ]
    may = rules.may_decide_appeal(desk.person, appeal, at=desk.at)
    return OpenAppeal(
        appeal=appeal,
        post=appeal.act.contribution or appeal.act.reply,
        form=form_of(fields, problems={f"{name}-{act_id}" if name else "": said for name, said in problems.items()}),
        why_not=may.reason if isinstance(may, Denied) else "",
    )
