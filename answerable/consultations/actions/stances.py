"""Stances on contributions, and the counts that follow from them."""

from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.db.models.functions import Least
from django.utils.translation import gettext as _

from answerable.consultations import log_types, rules
from answerable.consultations.actions.entries import actor_ref
from answerable.consultations.actions.posts import locked_contribution
from answerable.consultations.models import ConsultationSession, Contribution, Stance
from answerable.consultations.states import Position
from answerable.foundation.verdicts import Unacceptable, require
from answerable.ledger.actions import record
from answerable.people.models import Person

_COUNTERS = {
    Position.AGREE: "agree_count",
    Position.DISAGREE: "disagree_count",
    Position.PASS: "pass_count",
}


def take_stance(contribution: Contribution, *, person: Person, position: str, at: datetime) -> Stance:
    """
    Keep that a person agrees, disagrees or passes; another position replaces the earlier one.

    The same position again changes nothing. Raises NotAllowed, Unacceptable.
    """
    require(rules.may_take_stance(person, contribution, at=at))
    if position not in Position.values:
        raise Unacceptable({"position": [_("Choose agree, disagree or pass.")]})
    with transaction.atomic():
        require(rules.may_take_stance(person, _locked_with_session(contribution), at=at))
        stance = Stance.objects.filter(contribution=contribution, person=person).first()
        if stance is not None and stance.position == position:
            return stance
        before = Position(stance.position) if stance else None
        stance = stance or Stance(contribution=contribution, person=person)
        stance.position, stance.taken_at = Position(position), at
        stance.save()
        count_stance(contribution, before=before, after=Position(position))
        _record(log_types.STANCE_TAKEN, contribution, person=person, position=position, at=at)
    return stance


def withdraw_stance(contribution: Contribution, *, person: Person, at: datetime) -> None:
    """Forget a person's stance, at any time; nothing happens when there is none."""
    with transaction.atomic():
        locked_contribution(contribution)
        stance = Stance.objects.filter(contribution=contribution, person=person).first()
        if stance is None:
            return
        before = Position(stance.position)
        stance.delete()
        count_stance(contribution, before=before, after=None)
        _record(log_types.STANCE_WITHDRAWN, contribution, person=person, position=None, at=at)


def count_stance(contribution: Contribution, *, before: Position | None, after: Position | None) -> None:
    """Move one stance between the counters of a contribution, and keep how divided its readers are in step."""
    steps = {
        position: (position == after) - (position == before)
        for position in (Position.AGREE, Position.DISAGREE, Position.PASS)
    }
    counts = {_COUNTERS[position]: F(_COUNTERS[position]) + step for position, step in steps.items()}
    division = Least(counts["agree_count"], counts["disagree_count"])
    Contribution.objects.filter(pk=contribution.pk).update(**counts, division=division)
    contribution.refresh_from_db(fields=["agree_count", "disagree_count", "pass_count", "division"])


def _locked_with_session(contribution: Contribution) -> Contribution:
    kept = locked_contribution(contribution)
    kept.session = ConsultationSession.objects.select_related("consultation").get(pk=kept.session_id)
    return kept


def _record(kind: str, contribution: Contribution, *, person: Person, position: str | None, at: datetime) -> None:
    record(
        kind,
        subject_type="contribution",
        subject_id=contribution.receipt_code,
        actor_ref=actor_ref(person),
        facts={"position": position},
        at=at,
    )
