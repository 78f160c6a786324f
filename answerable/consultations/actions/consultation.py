"""Setting up a consultation: made, changed, published, concluded."""

from collections.abc import Mapping
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from answerable.consultations import log_types, rules
from answerable.consultations.actions.entries import actor_ref, record_change
from answerable.consultations.models import Consultation, ConsultationText, ConveningOrganisation
from answerable.consultations.states import CONSULTATION_MOVES, ConsultationState, Phase, TextStatus
from answerable.consultations.validators import dates_problems, period_problems, raise_if_any, title_problems
from answerable.foundation.hashing import text_digest
from answerable.foundation.rich_text import tidy_text
from answerable.foundation.verdicts import Unacceptable, require
from answerable.ledger.actions import record
from answerable.people.models import Organisation, Person
from answerable.reference.models import Goal

CHANGEABLE = frozenset({
    "slug",
    "default_language",
    "languages",
    "opens_at",
    "closes_at",
    "time_zone",
    "participation_policy",
    "moderation_policy",
    "event_name",
    "event_place",
    "event_starts_on",
    "event_ends_on",
    "event_address",
})  # fmt: skip
_TIES = frozenset({"goals", "conveners"})


def create_consultation(title: str, *, by: Person, at: datetime, language: str = "en", slug: str = "") -> Consultation:
    """
    Begin a draft of a consultation under a slug, made from its title when none is given.

    Raises NotAllowed, Unacceptable.
    """
    require(rules.may_edit_consultation(by, None, at=at))
    title = " ".join(tidy_text(title).split())
    slug = slugify(slug or title)[:80]
    problems = {"title": title_problems(title)}
    if slug and Consultation.objects.filter(slug=slug).exists():
        problems["slug"] = [_("Another consultation has this address already.")]
    raise_if_any(problems)
    with transaction.atomic():
        consultation = Consultation(
            slug=slug, default_language=language, languages=[language], created_by=by, created_at=at
        )
        consultation.slug = slug or consultation.public_id
        consultation.save()
        ConsultationText.objects.create(consultation=consultation, language=language, title=title)
        record(
            log_types.CONSULTATION_CREATED,
            subject_type="consultation",
            subject_id=consultation.public_id,
            actor_ref=actor_ref(by),
            facts={"title": title, "slug": consultation.slug, "language": language},
            at=at,
        )
    return consultation


def change_consultation(
    consultation: Consultation, *, by: Person, changes: Mapping[str, object], at: datetime
) -> Consultation:
    """
    Change fields of a consultation; ``goals`` takes numbers, ``conveners`` public ids of organisations, in order.

    Fields that stay the same are neither written nor recorded. Raises NotAllowed, Unacceptable, and ValueError for a
    field that cannot be changed this way.
    """
    require(rules.may_edit_consultation(by, consultation, at=at))
    if unknown := set(changes) - CHANGEABLE - _TIES:
        raise ValueError(f"These fields cannot be changed: {', '.join(sorted(unknown))}.")
    with transaction.atomic():
        kept = Consultation.objects.select_for_update().get(pk=consultation.pk)
        if "closes_at" in changes:
            # Whoever is posting holds their session; once all are held here, nobody reads the old closing time.
            list(kept.sessions.select_for_update().order_by("pk").values_list("pk"))
        changed = {
            field: value for field, value in changes.items() if field in CHANGEABLE and getattr(kept, field) != value
        }
        for field, value in changed.items():
            setattr(kept, field, value)
        raise_if_any(_problems(kept))
        kept.save(update_fields=list(changed))
        facts = {field: str(value)[:2_000] for field, value in changed.items()} | _change_ties(kept, changes)
        if facts:
            record_change(kept, by=by, facts=facts, at=at)
    for field in changed:
        setattr(consultation, field, getattr(kept, field))
    return consultation


def set_consultation_text(
    consultation: Consultation,
    language: str,
    *,
    by: Person,
    fields: Mapping[str, str],
    at: datetime,
    status: TextStatus = TextStatus.ORIGINAL,
) -> ConsultationText:
    """
    Set what a consultation says of itself in one language: ``title``, ``summary``, ``purpose``.

    Raises NotAllowed, Unacceptable.
    """
    require(rules.may_edit_consultation(by, consultation, at=at))
    said = {name: tidy_text(fields.get(name, "")) for name in ("title", "summary", "purpose")}
    raise_if_any({"title": title_problems(said["title"])})
    reviewer = by if status == TextStatus.REVIEWED else None
    with transaction.atomic():
        text, _made = ConsultationText.objects.update_or_create(
            consultation=consultation, language=language, defaults={**said, "status": status, "reviewer": reviewer}
        )
        facts = {"part": "text", "language": language, "text_digest": text_digest("\n\n".join(said.values()))}
        record_change(consultation, by=by, facts=facts, at=at)
    return text


def publish_consultation(consultation: Consultation, *, by: Person, at: datetime) -> None:
    """Show a draft to the public. Raises NotAllowed, and Unacceptable with everything that is still missing."""
    require(rules.may_edit_consultation(by, consultation, at=at))
    raise_if_any({"": missing_for_publication(consultation, at=at)})
    _move(consultation, ConsultationState.PUBLISHED, by=by, at=at)


def conclude_consultation(consultation: Consultation, *, by: Person, at: datetime) -> None:
    """Declare a consultation whose closing time has passed to be concluded. Raises NotAllowed, Unacceptable."""
    require(rules.may_edit_consultation(by, consultation, at=at))
    if consultation.phase_at(at) != Phase.SYNTHESIS:
        raise Unacceptable({"": [_("A consultation can be concluded once its closing time has passed.")]})
    _move(consultation, ConsultationState.CONCLUDED, by=by, at=at)


def missing_for_publication(consultation: Consultation, *, at: datetime) -> list[str]:
    """Say in sentences what a draft still lacks before it can be published; empty when nothing."""
    language = consultation.default_language
    texts = consultation.texts.filter(language=language)
    said = [
        (texts.exclude(title="").exists(), _("It has no title in its main language.")),
        (texts.exclude(purpose="").exists(), _("It does not say its purpose in its main language.")),
        (consultation.opens_at is not None, _("It has no opening time.")),
        (consultation.closes_at is not None, _("It has no closing time.")),
        (not consultation.period.is_over(at), _("Its closing time lies in the past.")),
        (consultation.convening.exists(), _("No organisation is named as its convener.")),
        (consultation.sessions.exists(), _("It has no session.")),
    ]
    return [sentence for is_there, sentence in said if not is_there] + _missing_in_sessions(consultation)


def _missing_in_sessions(consultation: Consultation) -> list[str]:
    missing = []
    language = consultation.default_language
    for session in consultation.sessions.prefetch_related("texts", "questions__texts"):
        number = {"number": session.number}
        if not any(text.language == language and text.title for text in session.texts.all()):
            missing.append(_("Session %(number)s has no title in the main language.") % number)
        questions = list(session.questions.all())
        if not questions:
            missing.append(_("Session %(number)s asks no question.") % number)
        missing += [
            _("Question %(question)s of session %(number)s is not written in the main language.")
            % {**number, "question": question.number}
            for question in questions
            if not any(text.language == language and text.text for text in question.texts.all())
        ]
        if period_problems(session.period.opens_at, session.period.closes_at):
            missing.append(_("Session %(number)s closes before it opens.") % number)
    return missing


def _move(consultation: Consultation, state: ConsultationState, *, by: Person, at: datetime) -> None:
    """Carry out one move between states once, with its time and its entry."""
    is_publishing = state == ConsultationState.PUBLISHED
    field, kind = (
        ("published_at", log_types.CONSULTATION_PUBLISHED)
        if is_publishing
        else ("concluded_at", log_types.CONSULTATION_CONCLUDED)
    )
    origins = [origin for origin, targets in CONSULTATION_MOVES.items() if state in targets]
    with transaction.atomic():
        moved = Consultation.objects.filter(pk=consultation.pk, state__in=origins).update(**{"state": state, field: at})
        if not moved:
            raise Unacceptable({"": [_("This was done already.")]})
        record(
            kind,
            subject_type="consultation",
            subject_id=consultation.public_id,
            actor_ref=actor_ref(by),
            facts={"opens_at": consultation.opens_at, "closes_at": consultation.closes_at},
            at=at,
        )
    consultation.state = state
    setattr(consultation, field, at)


def _change_ties(consultation: Consultation, changes: Mapping[str, object]) -> dict[str, str]:
    """Set goals and conveners when they are among the changes; return them as facts."""
    facts = {}
    if "goals" in changes:
        numbers = sorted({int(number) for number in _listed(changes["goals"]) if number.isdecimal()})
        if Goal.objects.filter(pk__in=numbers).count() < len(set(_listed(changes["goals"]))):
            raise Unacceptable({"goals": [_("The Goals have the numbers 1 to 17.")]})
        consultation.goals.set(numbers)
        facts["goals"] = ", ".join(map(str, numbers))
    if "conveners" in changes:
        wanted = _listed(changes["conveners"])
        found = {row.public_id: row for row in Organisation.objects.filter(public_id__in=wanted)}
        if len(found) < len(set(wanted)):
            raise Unacceptable({"conveners": [_("One of these organisations is not known here.")]})
        ConveningOrganisation.objects.filter(consultation=consultation).delete()
        ConveningOrganisation.objects.bulk_create(
            ConveningOrganisation(consultation=consultation, organisation=found[public_id], order=order)
            for order, public_id in enumerate(dict.fromkeys(wanted))
        )
        facts["conveners"] = ", ".join(dict.fromkeys(wanted))
    return facts


def _listed(value: object) -> list[str]:
    return [str(item) for item in value] if isinstance(value, list | tuple) else []


def _problems(consultation: Consultation) -> dict[str, list[str]]:
    """Return what is wrong with the fields as they would be."""
    problems = {
        "closes_at": period_problems(consultation.opens_at, consultation.closes_at),
        "event_ends_on": dates_problems(consultation.event_starts_on, consultation.event_ends_on),
    }
    if consultation.default_language not in consultation.languages:
        problems["languages"] = [_("The main language must be one of the languages.")]
    try:
        consultation.full_clean(exclude={"created_by"}, validate_constraints=False)
    except ValidationError as found:
        problems |= {field: [str(said) for said in messages] for field, messages in found.message_dict.items()}
    if "slug" in problems:
        problems["slug"] = [_("Choose an address of letters, digits and hyphens that no other consultation has.")]
    return problems
