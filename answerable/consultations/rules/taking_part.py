"""Who contributes, replies and takes a stance, and until when."""

from datetime import datetime

from django.utils.translation import gettext as _

from answerable.consultations.models import Consultation, ConsultationSession, Contribution, Reply
from answerable.consultations.states import ConsultationState, ParticipationPolicy, PostState
from answerable.foundation.verdicts import Allowed, Denied, Verdict
from answerable.people.models import Delegation, Organisation, Person
from answerable.people.queries import is_delegate
from answerable.people.rules import roles_of

_CHANGEABLE = {PostState.WAITING, PostState.PUBLIC, PostState.HELD}


def may_contribute(person: Person | None, session: ConsultationSession, *, at: datetime) -> Verdict:
    """Let a participant contribute while the session is open; the closing second itself is too late."""
    return _is_open(session, at=at) and _may_take_part(person, session.consultation, at=at)


def may_speak_for(person: Person, organisation: Organisation, *, at: datetime) -> Verdict:
    """Let a person speak for an organisation that named them its delegate for today."""
    if is_delegate(person, organisation, at.date()):
        return Allowed()
    return Denied("not_delegate", _("You can speak for an organisation only while you are one of its delegates."))


def may_edit_contribution(person: Person | None, contribution: Contribution, *, at: datetime) -> Verdict:
    """Let the author change a contribution until its session closes, unless it was removed or withdrawn."""
    if not _is_author(person, contribution):
        return Denied("not_author", _("Only its author changes a contribution."))
    if contribution.state not in _CHANGEABLE:
        return Denied("not_changeable", _("A contribution that was removed or withdrawn can no longer be changed."))
    return _is_open(contribution.session, at=at)


def may_withdraw(person: Person | None, post: Contribution | Reply) -> Verdict:
    """Let the author withdraw a contribution or a reply at any time, also after the session closed."""
    if not _is_author(person, post):
        return Denied("not_author", _("Only its author withdraws a text."))
    if post.state == PostState.WITHDRAWN:
        return Denied("already_withdrawn", _("This text is already withdrawn."))
    return Allowed()


def may_reply(person: Person | None, contribution: Contribution, *, at: datetime) -> Verdict:
    """Let a participant reply to a public contribution while its session is open."""
    return _is_answerable(contribution) and may_contribute(person, contribution.session, at=at)


def may_take_stance(person: Person | None, contribution: Contribution, *, at: datetime) -> Verdict:
    """Let a participant other than the author say agree, disagree or pass while the session is open."""
    if _is_author(person, contribution):
        return Denied("own_contribution", _("You cannot take a stance on your own contribution."))
    return may_reply(person, contribution, at=at)


def _is_author(person: Person | None, post: Contribution | Reply) -> bool:
    return person is not None and person.pk is not None and post.author_id == person.pk


def _is_answerable(contribution: Contribution) -> Verdict:
    if contribution.state == PostState.PUBLIC:
        return Allowed()
    return Denied("not_public", _("This contribution is not public."))


def _is_open(session: ConsultationSession, *, at: datetime) -> Verdict:
    if session.consultation.state == ConsultationState.DRAFT:
        return Denied("not_published", _("This consultation is not published yet."))
    if session.consultation.state == ConsultationState.CONCLUDED:
        return Denied("concluded", _("This consultation is concluded."))
    if session.period.opens_at is None or session.period.is_before(at):
        return Denied("not_open", _("This session is not open yet."))
    if session.period.is_over(at):
        return Denied("closed", _("This session is closed."))
    return Allowed()


def _may_take_part(person: Person | None, consultation: Consultation, *, at: datetime) -> Verdict:
    if person is None or not person.pk or not person.is_active:
        return Denied("not_signed_in", _("Sign in to take part."))
    if consultation.participation_policy == ParticipationPolicy.VERIFIED and not _speaks_for_verified(person, at=at):
        return Denied("not_verified", _("Only delegates of verified organisations take part in this consultation."))
    is_invited = bool(roles_of(person, at=at, consultation_id=consultation.public_id))
    if consultation.participation_policy == ParticipationPolicy.INVITED and not is_invited:
        return Denied("not_invited", _("Only invited people take part in this consultation."))
    return Allowed()


def _speaks_for_verified(person: Person, *, at: datetime) -> bool:
    held = Delegation.objects.in_force(at.date()).filter(person=person)
    return held.filter(organisation__verified_on__lte=at.date()).exists()
