"""Whose words are shown to whom: the same rule for one text and for a list."""

from datetime import datetime

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from answerable.consultations.models import Consultation, Contribution, Reply
from answerable.consultations.rules.moderating import consultation_of, may_moderate
from answerable.consultations.rules.organising import may_see_consultation
from answerable.consultations.states import ConsultationState, PostState
from answerable.foundation.verdicts import Allowed, Denied, Verdict
from answerable.people.models import Person, RoleGrant
from answerable.people.rules import has_role
from answerable.people.states import RoleName


def may_read(person: Person | None, post: Contribution | Reply, *, at: datetime) -> Verdict:
    """Let everybody read a public text, its author and moderators any other; the reason says what became of it."""
    consultation = consultation_of(post)
    if not (verdict := may_see_consultation(person, consultation, at=at)):
        return verdict
    is_own = person is not None and person.pk is not None and post.author_id == person.pk
    if post.state == PostState.PUBLIC or is_own or may_moderate(person, consultation, at=at):
        return Allowed()
    return Denied(post.state, _reason(PostState(post.state)))


def _reason(state: PostState) -> str:
    return {
        PostState.WAITING: _("This text is waiting for a moderator."),
        PostState.HELD: _("This text is held back by a moderator."),
        PostState.REMOVED: _("This text was removed by a moderator."),
        PostState.WITHDRAWN: _("This text was withdrawn by its author."),
    }.get(state, "")


def visible_contributions(person: Person | None, *, at: datetime) -> QuerySet[Contribution]:
    """Return the contributions a person reads: public ones, their own, and all where they moderate."""
    is_shown = Q(state=PostState.PUBLIC) & ~Q(session__consultation__state=ConsultationState.DRAFT)
    return Contribution.objects.filter(is_shown | _further(person, "session__consultation", at=at))


def visible_replies(person: Person | None, *, at: datetime) -> QuerySet[Reply]:
    """Return the replies a person reads: public ones under public texts, their own, and all where they moderate."""
    is_shown = Q(state=PostState.PUBLIC, contribution__state=PostState.PUBLIC) & ~Q(
        contribution__session__consultation__state=ConsultationState.DRAFT
    )
    return Reply.objects.filter(is_shown | _further(person, "contribution__session__consultation", at=at))


def _further(person: Person | None, path: str, *, at: datetime) -> Q:
    """Return what a person reads beside the public texts; ``path`` leads from the text to its consultation."""
    if person is None or not person.pk:
        return Q(pk__in=[])
    if has_role(person, RoleName.MODERATOR, at=at):
        return ~Q(pk__in=[])
    grants = RoleGrant.objects.in_force(at).filter(person=person, role__in=[RoleName.MODERATOR, RoleName.ADMINISTRATOR])
    moderated = Consultation.objects.filter(public_id__in=grants.values("scope_id"))
    return Q(author=person) | Q(**{f"{path}__in": moderated})
