"""
How this room forgets a person.

Public words stay, without their author: others have answered and cited them, and authors can withdraw them first. Words
that are not public are erased, from the tables and, by erasing what opens their digests, from the record.
"""

from datetime import datetime

from django.db import transaction
from django.db.models import Q

from answerable.consultations.actions.search_index import forget_contributions
from answerable.consultations.actions.stances import withdraw_stance
from answerable.consultations.models import Appeal, Contribution, ContributionRevision, Draft, Reply, Stance
from answerable.consultations.states import PostState
from answerable.ledger.actions import erase_openings
from answerable.people.models import Person

_GROUND = "erasure asked for by the person"


def erase_contributions(person: Person, at: datetime) -> int:
    """Take a person's name off their contributions, and erase the words of those that are not public."""
    with transaction.atomic():
        rows = Contribution.objects.filter(author=person)
        hidden = dict(rows.exclude(state=PostState.PUBLIC).values_list("pk", "receipt_code"))
        ContributionRevision.objects.filter(contribution__in=hidden).update(text="", html="", text_digest="")
        Contribution.objects.filter(pk__in=hidden).update(text="", html="", text_digest="")
        forget_contributions(hidden)
        for code in hidden.values():
            _erase_digests("contribution", code, at=at)
        facilitated = Contribution.objects.filter(facilitator=person).update(facilitator=None)
        return rows.update(author=None, is_name_hidden=True) + facilitated


def erase_replies(person: Person, at: datetime) -> int:
    """Take a person's name off their replies, and erase the words of those that are not public."""
    with transaction.atomic():
        rows = Reply.objects.filter(author=person)
        hidden = dict(rows.exclude(state=PostState.PUBLIC).values_list("pk", "receipt_code"))
        Reply.objects.filter(pk__in=hidden).update(text="", html="", text_digest="")
        for code in hidden.values():
            _erase_digests("reply", code, at=at)
        return rows.update(author=None, is_name_hidden=True)


def erase_stances(person: Person, at: datetime) -> int:
    """Withdraw every stance of a person, so that the counts stay right."""
    rows = list(Stance.objects.filter(person=person).select_related("contribution"))
    for row in rows:
        withdraw_stance(row.contribution, person=person, at=at)
    return len(rows)


def erase_appeals(person: Person, at: datetime) -> int:
    """Erase the words of a person's objections; that there was one, and how it ended, stays."""
    with transaction.atomic():
        rows = Appeal.objects.filter(filed_by=person)
        acts = list(rows.values_list("act__public_id", flat=True))
        for act in acts:
            _erase_digests("moderation_act", act, at=at)
        decided = Appeal.objects.filter(Q(decided_by=person)).update(decided_by=None)
        return rows.update(text="", filed_by=None) + decided


def erase_drafts(person: Person, _at: datetime) -> int:
    """Delete what a person has begun to write."""
    deleted, _by_model = Draft.objects.filter(person=person).delete()
    return deleted


def _erase_digests(subject_type: str, subject_id: str, *, at: datetime) -> None:
    """Erase what opens the digests of words, so that the record no longer lets anybody test a guess at them."""
    erase_openings(
        subject_type=subject_type,
        subject_id=subject_id,
        fields=["text_digest"],
        ground=_GROUND,
        by_role="person",
        at=at,
    )
