"""What people do to themes: each of these acts stands over every later run."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from answerable.consultations.models import Consultation, ConsultationSession, Contribution, GuidingQuestion
from answerable.foundation.verdicts import Unacceptable, require
from answerable.ledger.actions import record
from answerable.people.models import Person
from answerable.synthesis import log_types, rules
from answerable.synthesis.actions.recording import actor_ref, record_theme
from answerable.synthesis.models import Coding, Theme
from answerable.synthesis.states import Provenance, ThemeChange, ThemeState
from answerable.synthesis.validators import tidy_title


def rename_theme(theme: Theme, *, label: str, by: Person, at: datetime) -> Theme:
    """Give a theme a person's name, which no run changes any more. Raises NotAllowed and Unacceptable."""
    require(rules.may_synthesise(by, theme.consultation, at=at))
    label = tidy_title(label)
    with transaction.atomic():
        theme = _in_use(theme)
        if (theme.label, theme.label_provenance) != (label, Provenance.PERSON):
            theme.label, theme.label_provenance, theme.is_kept = label, Provenance.PERSON, True
            theme.save(update_fields=["label", "label_provenance", "is_kept"])
            record_theme(theme, change=ThemeChange.RENAMED, by=by, at=at)
    return theme


def merge_themes(into: Theme, *, others: Iterable[Theme], by: Person, at: datetime) -> Theme:
    """
    Put everything of other themes of the same session into one theme.

    The other rows stay as merged, so that what a later run would put there goes along. Raises NotAllowed and
    Unacceptable.
    """
    require(rules.may_synthesise(by, into.consultation, at=at))
    with transaction.atomic():
        into = _in_use(into)
        for other in others:
            _merge_one(_in_use(other), into=into, by=by, at=at)
            record_theme(other, change=ThemeChange.MERGED, by=by, at=at, other=into)
        into.is_kept = True
        into.save(update_fields=["is_kept", "parent"])
    return into


def split_theme(theme: Theme, *, contributions: Iterable[Contribution], label: str, by: Person, at: datetime) -> Theme:
    """Make a new theme beside one out of some of its contributions. Raises NotAllowed and Unacceptable."""
    require(rules.may_synthesise(by, theme.consultation, at=at))
    label = tidy_title(label)
    with transaction.atomic():
        theme = _in_use(theme)
        codings = Coding.objects.filter(theme=theme, contribution__in={row.pk for row in contributions})
        chosen = list(codings.select_related("contribution"))
        if not chosen:
            raise Unacceptable({"contributions": [_("Choose at least one contribution of this theme.")]})
        new = _new_theme(theme.session, label=label, parent=theme.parent, question=theme.question)
        codings.update(
            theme=new, provenance=Provenance.PERSON, decided_by=by, decided_at=at, is_key=False, key_contribution=None
        )
        record_theme(new, change=ThemeChange.SPLIT, by=by, at=at, other=theme)
        for coding in chosen:
            _record_coding(coding.contribution, theme=new, by=by, at=at)
    return new


def move_contribution(contribution: Contribution, *, to_theme: Theme, by: Person, at: datetime) -> Coding:
    """
    Say that a contribution speaks to one theme and to no other; no run says otherwise from then on.

    Raises NotAllowed, and Unacceptable when the theme belongs to another session.
    """
    require(rules.may_synthesise(by, to_theme.consultation, at=at))
    with transaction.atomic():
        theme = _in_use(to_theme)
        if contribution.session_id != theme.session_id:
            raise Unacceptable({"theme": [_("Choose a theme of the session the contribution was given to.")]})
        Coding.objects.filter(contribution=contribution, theme__state=ThemeState.ACTIVE).exclude(theme=theme).delete()
        coding = _code_by_person(contribution, theme=theme, by=by, at=at)
        theme.is_kept = True
        theme.save(update_fields=["is_kept"])
        _record_coding(contribution, theme=theme, by=by, at=at)
    return coding


def add_theme(
    session: ConsultationSession,
    *,
    label: str,
    by: Person,
    at: datetime,
    parent: Theme | None = None,
    question: GuidingQuestion | None = None,
) -> Theme:
    """Make an empty theme, on its own or under another of the same session. Raises NotAllowed and Unacceptable."""
    require(rules.may_synthesise(by, session.consultation, at=at))
    label = tidy_title(label)
    with transaction.atomic():
        if parent is not None and (parent.session_id != session.pk or parent.parent_id is not None):
            raise Unacceptable({"parent": [_("A theme lies under a first-level theme of the same session.")]})
        theme = _new_theme(
            session, label=label, parent=parent, question=question or (parent.question if parent else None)
        )
        record_theme(theme, change=ThemeChange.ADDED, by=by, at=at)
    return theme


def drop_theme(theme: Theme, *, by: Person, at: datetime) -> None:
    """Take an empty theme out of use. Raises NotAllowed, and Unacceptable while anything rests on it."""
    require(rules.may_synthesise(by, theme.consultation, at=at))
    with transaction.atomic():
        theme = _in_use(theme)
        has_parts = theme.children.filter(state=ThemeState.ACTIVE).exists()
        if has_parts or theme.codings.exists() or theme.findings.exists():
            raise Unacceptable({"theme": [_("Only an empty theme can be dropped: move what it holds first.")]})
        theme.state = ThemeState.DROPPED
        theme.save(update_fields=["state"])
        record_theme(theme, change=ThemeChange.DROPPED, by=by, at=at)


def _merge_one(other: Theme, *, into: Theme, by: Person, at: datetime) -> None:
    if other.pk == into.pk or other.session_id != into.session_id:
        raise Unacceptable({"others": [_("Choose other themes of the same session.")]})
    if into.parent_id == other.pk:
        into.parent = None
    other.children.exclude(pk=into.pk).update(parent=into.parent or into)
    for finding in other.findings.all():
        finding.themes.add(into)
    _move_codings(other, into=into, by=by, at=at)
    Theme.objects.filter(merged_into=other).update(merged_into=into)
    other.state, other.merged_into, other.is_kept, other.parent = ThemeState.MERGED, into, True, None
    other.save(update_fields=["state", "merged_into", "is_kept", "parent"])


def _move_codings(other: Theme, *, into: Theme, by: Person, at: datetime) -> None:
    there = Coding.objects.filter(theme=into).values("contribution")
    decided = {"provenance": Provenance.PERSON, "decided_by": by, "decided_at": at}
    Coding.objects.filter(theme=into, contribution__in=other.codings.values("contribution")).update(**decided)
    other.codings.filter(contribution__in=there).delete()
    other.codings.update(theme=into, is_key=False, **decided)


def _new_theme(
    session: ConsultationSession, *, label: str, parent: Theme | None, question: GuidingQuestion | None
) -> Theme:
    last = Theme.objects.filter(session=session).aggregate(last=Max("order"))["last"]
    return Theme.objects.create(
        consultation_id=session.consultation_id,
        session=session,
        question=question,
        parent=parent,
        label=label,
        label_provenance=Provenance.PERSON,
        provenance=Provenance.PERSON,
        is_kept=True,
        order=0 if last is None else last + 1,
    )


def _code_by_person(contribution: Contribution, *, theme: Theme, by: Person, at: datetime) -> Coding:
    coding, _is_new = Coding.objects.update_or_create(
        theme=theme,
        contribution=contribution,
        defaults={
            "revision_number": contribution.revision_count,
            "start": 0,
            "end": len(contribution.text),
            "provenance": Provenance.PERSON,
            "decided_by": by,
            "decided_at": at,
        },
    )
    return coding


def _in_use(theme: Theme) -> Theme:
    # The consultation's row is the lock that a run's writing takes too, so that neither overwrites the other.
    Consultation.objects.select_for_update(no_key=True).get(pk=theme.consultation_id)
    current = Theme.objects.select_related("session", "parent", "question").get(pk=theme.pk)
    if current.state != ThemeState.ACTIVE:
        raise Unacceptable({"theme": [_("This theme is no longer in use; load the page again.")]})
    return current


def _record_coding(contribution: Contribution, *, theme: Theme, by: Person, at: datetime) -> None:
    record(
        log_types.CONTRIBUTION_CODED,
        subject_type="contribution",
        subject_id=contribution.receipt_code,
        actor_ref=actor_ref(by),
        facts={"theme": theme.public_id},
        at=at,
    )
