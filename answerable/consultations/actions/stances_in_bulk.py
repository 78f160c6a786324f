"""Many stances at once, as they come from a file or another platform."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from answerable.consultations import log_types
from answerable.consultations.models import Contribution, Stance
from answerable.consultations.states import Position
from answerable.ledger.actions import EntryDraft, record_many
from answerable.people.models import Person

_BATCH = 1_000


@dataclass(frozen=True, slots=True)
class StanceDraft:
    """One person's position on one contribution, and when it was taken."""

    contribution: Contribution
    person: Person
    position: Position
    at: datetime


def keep_stances(drafts: Sequence[StanceDraft]) -> int:
    """
    Keep many stances with their entries and counts, in one transaction; returns how many were new.

    A person who already has a stance on a contribution keeps it, so that the same file twice adds nothing. Who may take
    part is for the caller to decide: the stances were taken elsewhere.
    """
    with transaction.atomic():
        contribution_ids = {draft.contribution.pk for draft in drafts}
        list(Contribution.objects.select_for_update().filter(pk__in=contribution_ids).order_by("pk").values_list("pk"))
        kept = set(Stance.objects.filter(contribution__in=contribution_ids).values_list("contribution_id", "person_id"))
        unique = {(d.contribution.pk, d.person.pk): d for d in drafts if (d.contribution.pk, d.person.pk) not in kept}
        new = sorted(unique.values(), key=lambda d: (d.at, d.contribution.pk, d.person.pk))
        rows = [Stance(contribution=d.contribution, person=d.person, position=d.position, taken_at=d.at) for d in new]
        Stance.objects.bulk_create(rows, batch_size=_BATCH)
        _count(new)
        record_many([_entry(draft) for draft in new])
    return len(new)


def _count(new: Sequence[StanceDraft]) -> None:
    added = Counter((draft.contribution.pk, draft.position) for draft in new)
    rows = list(Contribution.objects.filter(pk__in={pk for pk, _position in added}))
    for row in rows:
        row.agree_count += added[row.pk, Position.AGREE]
        row.disagree_count += added[row.pk, Position.DISAGREE]
        row.pass_count += added[row.pk, Position.PASS]
        row.division = min(row.agree_count, row.disagree_count)
    fields = ["agree_count", "disagree_count", "pass_count", "division"]
    Contribution.objects.bulk_update(rows, fields, batch_size=_BATCH)


def _entry(draft: StanceDraft) -> EntryDraft:
    return EntryDraft(
        kind=log_types.STANCE_TAKEN,
        subject_type="contribution",
        subject_id=draft.contribution.receipt_code,
        at=draft.at,
        actor_ref=draft.person.public_id,
        facts={"position": draft.position.value},
    )
