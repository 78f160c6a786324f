"""Who may weigh contributions, publish what came of them, and look over the rapporteur's shoulder."""

from datetime import datetime

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from answerable.consultations.models import Consultation, Contribution
from answerable.consultations.states import ConsultationState, PostState
from answerable.foundation.verdicts import Allowed, Denied, Verdict
from answerable.people.models import Consent, Person
from answerable.people.rules import has_role
from answerable.people.states import ConsentKind, RoleName
from answerable.synthesis.models import OutcomeReport
from answerable.synthesis.states import ReportState


def may_synthesise(person: Person | None, consultation: Consultation, *, at: datetime) -> Verdict:
    """Let rapporteurs run the engine, work on themes, findings and dispositions, once the consultation is published."""
    if not has_role(person, RoleName.RAPPORTEUR, at=at, consultation_id=consultation.public_id):
        return Denied("not_rapporteur", _("Only a rapporteur of this consultation weighs its contributions."))
    return _unless_draft(consultation)


def may_publish_report(person: Person | None, consultation: Consultation, *, at: datetime) -> Verdict:
    """Let rapporteurs and conveners publish the outcome report."""
    if not _holds_any(person, consultation, (RoleName.RAPPORTEUR, RoleName.CONVENER), at):
        return Denied("not_publisher", _("Only a rapporteur or a convener of this consultation publishes its report."))
    return _unless_draft(consultation)


def may_see_desk(person: Person | None, consultation: Consultation, *, at: datetime) -> Verdict:
    """Let rapporteurs and conveners see the themes, drafts and queue of a consultation."""
    if _holds_any(person, consultation, (RoleName.RAPPORTEUR, RoleName.CONVENER), at):
        return Allowed()
    return Denied("not_at_desk", _("Only a rapporteur or a convener of this consultation sees its desk."))


def may_see_report(person: Person | None, report: OutcomeReport, *, at: datetime) -> Verdict:
    """Let everyone read what was published, and the desk read drafts."""
    if report.state != ReportState.DRAFT:
        return Allowed()
    return may_see_desk(person, report.consultation, at=at)


def visible_reports(person: Person | None, consultation: Consultation, *, at: datetime) -> QuerySet[OutcomeReport]:
    """Return the report versions of a consultation that ``may_see_report`` would show to a person, newest first."""
    rows = OutcomeReport.objects.filter(consultation=consultation).defer("content")
    return rows if may_see_desk(person, consultation, at=at) else rows.exclude(state=ReportState.DRAFT)


def may_be_cited(contribution: Contribution) -> Verdict:
    """Let a finding quote what is public and whose author has not taken back the consent to be quoted."""
    if contribution.state == PostState.WITHDRAWN:
        return Denied("withdrawn", _("The author has withdrawn this contribution."))
    if contribution.state != PostState.PUBLIC:
        return Denied("not_public", _("Only a public contribution can be cited or weighed."))
    if contribution.author_id in people_who_took_back(ConsentKind.QUOTE, {contribution.author_id}):
        return Denied("no_consent", _("The author has taken back the consent to be quoted."))
    return Allowed()


def people_who_took_back(kind: ConsentKind, person_ids: set[int | None]) -> set[int | None]:
    """Return those of some persons who once gave a consent, withdrew it and did not give it again; one query."""
    rows = Consent.objects.filter(kind=kind, person_id__in=[pk for pk in person_ids if pk is not None]).values_list(
        "person_id", "withdrawn_at"
    )
    gave: set[int | None] = set()
    took_back: set[int | None] = set()
    for person_id, withdrawn_at in rows:
        (gave if withdrawn_at is None else took_back).add(person_id)
    return took_back - gave


def public_contributions(consultation: Consultation) -> QuerySet[Contribution]:
    """Return the contributions that a synthesis of a consultation weighs: the public ones, no more and no fewer."""
    return Contribution.objects.filter(Q(session__consultation=consultation) & Q(state=PostState.PUBLIC))


def _holds_any(person: Person | None, consultation: Consultation, roles: tuple[RoleName, ...], at: datetime) -> bool:
    return any(has_role(person, role, at=at, consultation_id=consultation.public_id) for role in roles)


def _unless_draft(consultation: Consultation) -> Verdict:
    if consultation.state == ConsultationState.DRAFT:
        return Denied("draft", _("This consultation is a draft: publish it first."))
    return Allowed()
