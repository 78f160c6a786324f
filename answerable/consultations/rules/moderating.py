"""Who moderates, who objects and who decides over an objection."""

from datetime import datetime

from django.utils.translation import gettext as _

from answerable.consultations.models import (
    Appeal,
    Consultation,
    ConsultationSession,
    Contribution,
    ModerationAct,
    Reply,
)
from answerable.consultations.states import AppealOutcome, ConsultationState, ModerationMove
from answerable.foundation.verdicts import Allowed, Denied, Verdict
from answerable.people.models import Person
from answerable.people.rules import has_role
from answerable.people.states import RoleName

_OBJECTIONABLE = {ModerationMove.HOLD, ModerationMove.REMOVE}


def may_moderate(person: Person | None, consultation: Consultation, *, at: datetime) -> Verdict:
    """Let the moderators of a consultation moderate it."""
    if has_role(person, RoleName.MODERATOR, at=at, consultation_id=consultation.public_id):
        return Allowed()
    return Denied("not_moderator", _("Only a moderator of this consultation does this."))


def may_moderate_post(person: Person | None, post: Contribution | Reply, *, at: datetime) -> Verdict:
    """Let moderators decide over a text that they did not write themselves."""
    if person is not None and person.pk and post.author_id == person.pk:
        return Denied("own_text", _("Another moderator decides over your own text."))
    return may_moderate(person, consultation_of(post), at=at)


def may_appeal(person: Person | None, act: ModerationAct) -> Verdict:
    """Let the author object once to their text being held or removed."""
    post = act.contribution or act.reply
    if person is None or not person.pk or post is None or post.author_id != person.pk:
        return Denied("not_author", _("Only its author objects to a decision about a text."))
    if act.move not in _OBJECTIONABLE:
        return Denied("nothing_to_object", _("There is nothing to object to in this decision."))
    if hasattr(act, "appeal"):
        return Denied("already_filed", _("An objection to this decision was already filed."))
    return Allowed()


def may_decide_appeal(person: Person | None, appeal: Appeal, *, at: datetime) -> Verdict:
    """Let a moderator or convener decide who neither took the decision nor wrote the text."""
    if appeal.outcome != AppealOutcome.OPEN:
        return Denied("already_decided", _("This objection is already decided."))
    if person is None or person.pk in {appeal.act.moderator_id, appeal.filed_by_id}:
        return Denied("same_person", _("Somebody other than the moderator and the author decides over an objection."))
    scope = appeal.act.consultation.public_id
    if any(has_role(person, role, at=at, consultation_id=scope) for role in (RoleName.MODERATOR, RoleName.CONVENER)):
        return Allowed()
    return Denied("not_moderator", _("Only a moderator or the convener decides over an objection."))


def may_write_digest(person: Person | None, session: ConsultationSession, *, at: datetime) -> Verdict:
    """Let moderators sum up a session of a published consultation."""
    if session.consultation.state == ConsultationState.DRAFT:
        return Denied("not_published", _("This consultation is not published yet."))
    return may_moderate(person, session.consultation, at=at)


def consultation_of(post: Contribution | Reply) -> Consultation:
    """Return the consultation that a contribution or a reply belongs to."""
    contribution = post.contribution if isinstance(post, Reply) else post
    return contribution.session.consultation
