"""Contributions: received, revised, withdrawn."""

from collections import Counter
from collections.abc import Mapping
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from answerable.consultations import log_types, rules
from answerable.consultations.actions.contribution_draft import (
    CaseDraft,
    CheckedDraft,
    ContributionDraft,
    checked_draft,
)
from answerable.consultations.actions.entries import actor_ref
from answerable.consultations.actions.facets import FacetKey, add_to_facets, facets_had_by
from answerable.consultations.actions.posts import change_state, count_post, locked_contribution, locked_session
from answerable.consultations.actions.search_index import forget_contributions, index_contributions
from answerable.consultations.models import (
    Consultation,
    ConsultationSession,
    Contribution,
    ContributionRevision,
    ExampleCase,
)
from answerable.consultations.queries.contributions import sent_under_key
from answerable.consultations.queries.drafts import saved_draft
from answerable.consultations.states import Capacity, Channel, ContributionKind, ModerationPolicy, PostState
from answerable.foundation.hashing import text_digest
from answerable.foundation.rich_text import tidy_text
from answerable.foundation.verdicts import Unacceptable, require
from answerable.ledger.actions import record
from answerable.ledger.commitments import FactValue
from answerable.people.models import Person
from answerable.reference.models import Target

_REVISED = (
    "kind",
    "language",
    "is_language_stated",
    "capacity",
    "organisation",
    "sector_id",
    "stakeholder_group_id",
    "country_id",
    "is_name_hidden",
    "text",
    "html",
    "text_digest",
)


def submit_contribution(
    *,
    session: ConsultationSession,
    author: Person,
    draft: ContributionDraft,
    idempotency_key: str,
    at: datetime,
    channel: Channel = Channel.WEB,
) -> Contribution:
    """
    Take in one person's contribution to a session; their saved draft to it is done with.

    Sending twice is safe: a repeated key returns what is already kept, also after the session closed; an empty key
    protects nothing. Raises NotAllowed when the session is not open or the author may not take part, and Unacceptable
    with every field that is wrong, or when the key came with other words before.
    """
    if (earlier := _earlier(session, author, draft, key=idempotency_key)) is not None:
        return earlier
    require(rules.may_contribute(author, session, at=at))
    checked = checked_draft(draft, session=session, author=author, at=at)
    try:
        with transaction.atomic():
            session = locked_session(session.pk)
            require(rules.may_contribute(author, session, at=at))
            return _receive(checked, session=session, author=author, key=idempotency_key, at=at, channel=channel)
    except IntegrityError:
        # The same post came twice at once: the other one has just been kept under this key.
        if (earlier := _earlier(session, author, draft, key=idempotency_key)) is None:
            raise
        return earlier


def revise_contribution(
    contribution: Contribution, *, by: Person, draft: ContributionDraft, at: datetime
) -> Contribution:
    """
    Keep a new revision of a contribution; what was said before stays readable in its revisions.

    Nothing happens when nothing is different. Where moderators read first, a public contribution waits for them again.
    Raises NotAllowed, Unacceptable.
    """
    require(rules.may_edit_contribution(by, contribution, at=at))
    checked = checked_draft(draft, session=contribution.session, author=by, at=at)
    with transaction.atomic():
        kept = locked_contribution(contribution)
        kept.session = locked_session(kept.session_id)
        require(rules.may_edit_contribution(by, kept, at=at))
        before, old_facets = [getattr(kept, field) for field in _REVISED], facets_had_by([kept])
        old_questions = set(kept.questions.values_list("pk", flat=True))
        _fill(kept, checked)
        is_other_case = _keep_case(kept, draft.case)
        is_other_set = old_questions != {question.pk for question in checked.questions}
        if is_other_case or is_other_set or before != [getattr(kept, field) for field in _REVISED]:
            kept.revision_count += 1
            kept.save()
            kept.questions.set(checked.questions)
            _keep_revision(kept, at=at)
            _follow(kept, old_facets, at=at)
            index_contributions([kept])
            _record(log_types.CONTRIBUTION_REVISED, kept, by=by, at=at)
    contribution.refresh_from_db()
    return contribution


def withdraw_contribution(contribution: Contribution, *, by: Person, at: datetime) -> None:
    """
    Withdraw a contribution: nobody but its author and the moderators reads it any more, and search forgets it.

    The receipt and the record stay, without the words. Raises NotAllowed.
    """
    require(rules.may_withdraw(by, contribution))
    with transaction.atomic():
        kept = locked_contribution(contribution)
        change_state(kept, PostState.WITHDRAWN, at=at)
        forget_contributions([kept.pk])
        _record(log_types.CONTRIBUTION_WITHDRAWN, kept, by=by, at=at)
    contribution.refresh_from_db()


def contribution_facts(contribution: Contribution, *, consultation: Consultation, number: int) -> dict[str, FactValue]:
    """Return what the record keeps of a contribution as it stands; ``number`` is its session's."""
    organisation = contribution.organisation
    return {
        "consultation": consultation.public_id,
        "session": number,
        "revision": contribution.revision_count,
        "kind": contribution.kind,
        "language": contribution.language,
        "organisation": organisation.public_id if organisation else None,
        "channel": contribution.channel,
        "state": contribution.state,
        "text_digest": contribution.text_digest,
    }


def first_state_of(consultation: Consultation) -> PostState:
    """Return the state in which a new text stands under a consultation's moderation policy."""
    return _first_state(consultation)


def _first_state(consultation: Consultation) -> PostState:
    is_read_first = consultation.moderation_policy == ModerationPolicy.PRE
    return PostState.WAITING if is_read_first else PostState.PUBLIC


def _earlier(
    session: ConsultationSession, author: Person, draft: ContributionDraft, *, key: str
) -> Contribution | None:
    """Return what was kept under a key; raise Unacceptable when the key came with other words or to another session."""
    if not key or not author.pk:
        return None
    kept = sent_under_key(author, key)
    if kept is None:
        return None
    first = kept.revisions.get(number=1)
    if kept.session_id != session.pk or first.text_digest != text_digest(tidy_text(draft.text)):
        raise Unacceptable(
            {"key": [_("Another text was already sent from this form. Press once more to send this one as well.")]}
        )
    return kept


def _receive(
    checked: CheckedDraft, *, session: ConsultationSession, author: Person, key: str, at: datetime, channel: Channel
) -> Contribution:
    """Keep a new contribution with its first revision, its place in the search, its count and its entry."""
    state = _first_state(session.consultation)
    contribution = Contribution(
        session=session,
        author=author,
        channel=channel,
        idempotency_key=key,
        state=state,
        submitted_at=at,
        published_at=at if state == PostState.PUBLIC else None,
    )
    _fill(contribution, checked)
    contribution.save(force_insert=True)
    contribution.questions.add(*checked.questions)
    if checked.draft.case is not None:
        _keep_case(contribution, checked.draft.case)
    _keep_revision(contribution, at=at)
    if (draft := saved_draft(author, session)) is not None:
        draft.delete()
    index_contributions([contribution])
    count_post(contribution, by=int(state == PostState.PUBLIC))
    _record(log_types.CONTRIBUTION_RECEIVED, contribution, by=author, at=at)
    return contribution


def _fill(contribution: Contribution, checked: CheckedDraft) -> None:
    """Write a checked draft into the fields of a contribution, without saving."""
    draft = checked.draft
    contribution.kind = ContributionKind(draft.kind)
    contribution.language = checked.language
    contribution.is_language_stated = bool(draft.language)
    contribution.capacity = Capacity(draft.capacity)
    contribution.organisation = checked.organisation
    contribution.sector_id = checked.sector
    contribution.stakeholder_group_id = draft.stakeholder_group or None
    contribution.country_id = checked.country
    contribution.is_name_hidden = draft.is_name_hidden
    contribution.text = checked.text
    contribution.html = checked.html
    contribution.text_digest = checked.text_digest


def _keep_case(contribution: Contribution, case: CaseDraft | None) -> bool:
    """Keep the structured part of an example, or drop it when it is gone or empty; say whether anything changed."""
    kept = ExampleCase.objects.filter(contribution=contribution).first()
    fields = {} if case is None else {
        name: tidy_text(getattr(case, name)) for name in ("place", "actors", "started_in", "result", "evidence_address")
    }  # fmt: skip
    targets = set(case.targets) if case else set()
    if contribution.kind != ContributionKind.EXAMPLE or not (any(fields.values()) or targets):
        return bool(ExampleCase.objects.filter(contribution=contribution).delete()[0])
    if kept and _is_same_case(kept, fields, targets):
        return False
    row, _made = ExampleCase.objects.update_or_create(contribution=contribution, defaults=fields)
    row.targets.set(Target.objects.filter(pk__in=targets))
    return True


def _is_same_case(kept: ExampleCase, fields: Mapping[str, str], targets: set[str]) -> bool:
    is_same_text = all(getattr(kept, name) == said for name, said in fields.items())
    return is_same_text and set(kept.targets.values_list("pk", flat=True)) == targets


def _keep_revision(contribution: Contribution, *, at: datetime) -> None:
    ContributionRevision.objects.create(
        contribution=contribution,
        number=contribution.revision_count,
        text=contribution.text,
        html=contribution.html,
        text_digest=contribution.text_digest,
        kind=contribution.kind,
        language=contribution.language,
        made_at=at,
    )


def _follow(contribution: Contribution, old_facets: Counter[FacetKey], *, at: datetime) -> None:
    """Move a revised public contribution to its new numbers, and to the moderators where they read first."""
    if contribution.state != PostState.PUBLIC:
        return
    changes = facets_had_by([contribution])
    changes.subtract(old_facets)
    add_to_facets(changes)
    if _first_state(contribution.session.consultation) == PostState.WAITING:
        change_state(contribution, PostState.WAITING, at=at)


def _record(kind: str, contribution: Contribution, *, by: Person, at: datetime) -> None:
    session = contribution.session
    record(
        kind,
        subject_type="contribution",
        subject_id=contribution.receipt_code,
        actor_ref=actor_ref(by),
        facts=contribution_facts(contribution, consultation=session.consultation, number=session.number),
        at=at,
    )
