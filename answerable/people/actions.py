"""Things that happen to persons, organisations and roles."""

import secrets
from collections.abc import Mapping
from datetime import date, datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from answerable.foundation.hashing import text_digest
from answerable.foundation.verdicts import Denied, NotAllowed, Unacceptable, require
from answerable.ledger.actions import erase_actor, record
from answerable.people import log_types, rules
from answerable.people.erasure import registered_erasers
from answerable.people.models import Consent, Delegation, Organisation, Person, RoleGrant, SignInLink
from answerable.people.states import ConsentKind, RoleName
from answerable.people.validators import organisation_problems

LINK_LIFETIME = timedelta(hours=24)
_TIES = frozenset({"country", "sector", "stakeholder_group"})
_ORGANISATION_TIES = frozenset({"entity_type", "sector", "country"})
ORGANISATION_FIELDS = (
    frozenset({"name", "name_language", "website", "effective_control", "org_identifier"}) | _ORGANISATION_TIES
)
PROFILE_FIELDS = frozenset({"name", "pseudonym", "language", "time_zone"}) | _TIES


def welcome_person(email: str, *, name: str = "", language: str = "", at: datetime) -> Person:
    """Return the person with that address, made when there is none yet."""
    person, _made = Person.objects.get_or_create(
        email=email.strip().lower(), defaults={"name": name, "language": language, "joined_at": at, "password": "!"}
    )
    return person


def grant_role(
    person: Person, role: RoleName, *, by: Person | None, at: datetime, consultation_id: str = ""
) -> RoleGrant:
    """
    Give a person a role over a consultation, or over the site when no consultation is named.

    Granting again what is held changes nothing. ``by=None`` is the operator at the command line. Raises NotAllowed.
    """
    if by is not None:
        require(rules.may_grant_role(by, at=at, consultation_id=consultation_id))
    scope_type, scope_id = rules.scope_of(consultation_id)
    with transaction.atomic():
        grant, is_new = RoleGrant.objects.get_or_create(
            person=person,
            role=role,
            scope_type=scope_type,
            scope_id=scope_id,
            ended_at=None,
            defaults={"granted_by": by, "granted_at": at},
        )
        if is_new:
            facts = {"role": str(role), "scope": scope_id or "site", "person": person.public_id}
            record(
                log_types.ROLE_GRANTED,
                subject_type="person",
                subject_id=person.public_id,
                facts=facts,
                actor_ref=_ref(by),
                at=at,
            )
    return grant


def end_role(grant: RoleGrant, *, by: Person | None, at: datetime) -> None:
    """End a role grant; ending it again changes nothing. Raises NotAllowed, also for the last administrator."""
    if by is not None:
        require(rules.may_grant_role(by, at=at, consultation_id=grant.scope_id))
    with transaction.atomic():
        if _is_last_administrator(grant, at):
            raise NotAllowed(Denied("last_administrator", _("A site keeps at least one administrator.")))
        if RoleGrant.objects.filter(pk=grant.pk, ended_at=None).update(ended_at=at):
            facts = {"role": grant.role, "scope": grant.scope_id or "site", "person": grant.person.public_id}
            record(
                log_types.ROLE_ENDED,
                subject_type="person",
                subject_id=grant.person.public_id,
                facts=facts,
                actor_ref=_ref(by),
                at=at,
            )


def _is_last_administrator(grant: RoleGrant, at: datetime) -> bool:
    if grant.role != RoleName.ADMINISTRATOR or grant.scope_id:
        return False
    others = RoleGrant.objects.in_force(at).filter(role=RoleName.ADMINISTRATOR, scope_id="").exclude(pk=grant.pk)
    return not others.exists()


def add_organisation(name: str, *, by: Person | None, at: datetime, **fields: object) -> Organisation:
    """
    Keep a new organisation under a slug of its name.

    ``by=None`` is the operator at the command line. Raises NotAllowed, and Unacceptable with each field that is wrong.
    """
    if by is not None:
        require(rules.may_keep_organisations(by, at=at))
    name = " ".join(name.split())
    _require_no_problems(organisation_problems({**fields, "name": name}))
    with transaction.atomic():
        organisation = Organisation.objects.create(name=name, slug=_free_slug(name), added_at=at, **fields)
        _record_organisation(
            log_types.ORGANISATION_ADDED, organisation, facts={"name": name, "slug": organisation.slug}, by=by, at=at
        )
    return organisation


def change_organisation(organisation: Organisation, *, by: Person, changes: Mapping[str, str], at: datetime) -> None:
    """
    Keep what became different of an organisation; ``entity_type``, ``sector`` and ``country`` take keys or nothing.

    Its address stays, so that links keep working. What stays the same is neither written nor recorded. Raises
    NotAllowed, Unacceptable with each field that is wrong, and ValueError for a field that cannot be changed this way.
    """
    require(rules.may_keep_organisations(by, at=at))
    if unknown := set(changes) - ORGANISATION_FIELDS:
        raise ValueError(f"These fields cannot be changed: {', '.join(sorted(unknown))}.")
    said = {name: " ".join(value.split()) for name, value in changes.items()}
    _require_no_problems(organisation_problems(said))
    columns = {f"{name}_id" if name in _ORGANISATION_TIES else name: value for name, value in said.items()}
    wanted = {name: value or None if name.endswith("_id") else value for name, value in columns.items()}
    with transaction.atomic():
        kept = Organisation.objects.select_for_update().get(pk=organisation.pk)
        changed = {name: value for name, value in wanted.items() if getattr(kept, name) != value}
        if changed:
            for name, value in changed.items():
                setattr(kept, name, value)
            kept.save(update_fields=list(changed))
            facts = {name.removesuffix("_id"): value or "" for name, value in changed.items()}
            _record_organisation(log_types.ORGANISATION_CHANGED, kept, facts=facts, by=by, at=at)
    organisation.refresh_from_db()


def verify_organisation(organisation: Organisation, *, is_verified: bool, by: Person, at: datetime) -> None:
    """Vouch from today that an organisation is what it says, or take that back; twice is once. Raises NotAllowed."""
    require(rules.may_verify_organisation(by, at=at))
    with transaction.atomic():
        kept = Organisation.objects.select_for_update().get(pk=organisation.pk)
        if (kept.verified_on is not None) != is_verified:
            kept.verified_on = at.date() if is_verified else None
            kept.save(update_fields=["verified_on"])
            facts = {"verified_on": str(kept.verified_on or "")}
            _record_organisation(log_types.ORGANISATION_VERIFIED, kept, facts=facts, by=by, at=at)
    organisation.refresh_from_db()


def _require_no_problems(problems: dict[str, list[str]]) -> None:
    if problems:
        raise Unacceptable(problems)


def _record_organisation(
    kind: str, organisation: Organisation, *, facts: Mapping[str, str], by: Person | None, at: datetime
) -> None:
    record(
        kind,
        subject_type="organisation",
        subject_id=organisation.public_id,
        facts=dict(facts),
        actor_ref=_ref(by),
        at=at,
    )


def _free_slug(name: str) -> str:
    base = slugify(name)[:60] or "organisation"
    taken = set(Organisation.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    return next(slug for n in range(1, len(taken) + 2) if (slug := base if n == 1 else f"{base}-{n}") not in taken)


def name_delegate(
    organisation: Organisation,
    person: Person,
    *,
    by: Person | None,
    at: datetime,
    to_on: date | None = None,
    is_lead: bool = False,
) -> Delegation:
    """Let a person speak for an organisation from today until a date, which a second naming changes; or NotAllowed."""
    if by is not None:
        require(rules.may_name_delegate(by, organisation, at=at))
    with transaction.atomic():
        delegation, is_new = Delegation.objects.update_or_create(
            organisation=organisation,
            person=person,
            from_on=at.date(),
            defaults={"to_on": to_on, "is_lead": is_lead, "named_by": by},
        )
        if is_new:
            facts = {"organisation": organisation.public_id, "person": person.public_id, "to_on": str(to_on or "")}
            record(
                log_types.DELEGATE_NAMED,
                subject_type="organisation",
                subject_id=organisation.public_id,
                facts=facts,
                actor_ref=_ref(by),
                at=at,
            )
    return delegation


def end_delegation(delegation: Delegation, *, by: Person | None, at: datetime) -> None:
    """Let a person speak for an organisation no longer than today. Raises NotAllowed."""
    if by is not None:
        require(rules.may_name_delegate(by, delegation.organisation, at=at))
    with transaction.atomic():
        delegation.to_on = max(at.date(), delegation.from_on)
        delegation.save(update_fields=["to_on"])
        facts = {"organisation": delegation.organisation.public_id, "person": delegation.person.public_id}
        record(
            log_types.DELEGATE_ENDED,
            subject_type="organisation",
            subject_id=delegation.organisation.public_id,
            facts=facts,
            actor_ref=_ref(by),
            at=at,
        )


def make_sign_in_link(person: Person, *, at: datetime, lifetime: timedelta = LINK_LIFETIME) -> str:
    """Return the path of a link that signs a person in once; only its digest is kept."""
    secret = secrets.token_urlsafe(24)
    SignInLink.objects.create(person=person, secret_digest=text_digest(secret), made_at=at, expires_at=at + lifetime)
    return f"/account/enter/{secret}/"


def use_sign_in_link(secret: str, *, at: datetime) -> Person | None:
    """Return the person a link signs in and use the link up; None when it is unknown, used or too old."""
    link = SignInLink.objects.select_related("person").filter(secret_digest=text_digest(secret)).first()
    if link is None or link.expires_at <= at or not link.person.is_active:
        return None
    used_now = SignInLink.objects.filter(pk=link.pk, used_at=None).update(used_at=at)
    return link.person if used_now else None


def give_consent(person: Person, kind: ConsentKind, *, at: datetime) -> None:
    """Keep that a person agrees; agreeing again changes nothing."""
    Consent.objects.get_or_create(person=person, kind=kind, withdrawn_at=None, defaults={"given_at": at})


def withdraw_consent(person: Person, kind: ConsentKind, *, at: datetime) -> None:
    """Keep that a person no longer agrees."""
    Consent.objects.filter(person=person, kind=kind, withdrawn_at=None).update(withdrawn_at=at)


def change_profile(person: Person, *, changes: Mapping[str, str]) -> None:
    """
    Keep what a person says of themselves: names, language, time zone, country, sector, stakeholder group.

    An empty text takes back what was said. Raises Unacceptable with each field that is wrong, and ValueError for a
    field that persons do not set themselves.
    """
    if unknown := set(changes) - PROFILE_FIELDS:
        raise ValueError(f"A person does not set these: {', '.join(sorted(unknown))}.")
    for field, said in changes.items():
        tidy = " ".join(said.split())
        if field in _TIES:
            setattr(person, f"{field}_id", tidy or None)
        else:
            setattr(person, field, tidy)
    try:
        person.clean_fields(exclude={column.name for column in Person._meta.fields} - set(changes))
    except ValidationError as wrong:
        raise Unacceptable({field: list(map(str, said)) for field, said in wrong.message_dict.items()}) from wrong
    person.save(update_fields=list(changes))


def erase_person(person: Person, *, at: datetime) -> dict[str, int]:
    """Forget a person everywhere; returns how many rows each room changed. Erasing twice changes nothing more."""
    with transaction.atomic():
        changed = {label: erase(person, at) for label, erase in sorted(registered_erasers().items())}
        erase_actor(actor_ref=person.public_id, ground="erasure asked for", by_role="person", at=at)
    return changed


def _ref(person: Person | None) -> str:
    return person.public_id if person else "operator"
