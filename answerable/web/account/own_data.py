"""Everything that is kept of one person, as JSON."""

from datetime import datetime
from typing import Any

from answerable.consultations.models import Appeal, Contribution, Draft, Reply, Stance
from answerable.notices.models import Notice
from answerable.people.models import Consent, Delegation, Person, RoleGrant

_PROFILE = ("public_id", "email", "name", "pseudonym", "language", "time_zone", "joined_at")


def everything_about(person: Person) -> dict[str, Any]:
    """Return profile, ties, consents, texts with revisions, positions, drafts, objections and notices of a person."""
    return {
        "profile": {name: _plain(getattr(person, name)) for name in _PROFILE}
        | {"country": person.country_id, "sector": person.sector_id, "stakeholder_group": person.stakeholder_group_id},
        "delegations": _rows(Delegation, person, "organisation__name", "from_on", "to_on", "is_lead"),
        "roles": _rows(RoleGrant, person, "role", "scope_id", "granted_at", "ended_at"),
        "consents": _rows(Consent, person, "kind", "wording_version", "given_at", "withdrawn_at"),
        "contributions": [_contribution(row) for row in _contributions(person)],
        "replies": _rows(
            Reply, person, "receipt_code", "contribution__receipt_code", "text", "state", "submitted_at", by="author"
        ),
        "positions": _rows(Stance, person, "contribution__receipt_code", "position", "taken_at"),
        "drafts": _rows(Draft, person, "session__consultation__slug", "session__number", "fields", "saved_at"),
        "objections": _rows(Appeal, person, "text", "filed_at", "outcome", "answer", by="filed_by"),
        "notices": _rows(Notice, person, "kind", "facts", "address", "sent_at", "read_at"),
    }


def _contributions(person: Person) -> list[Contribution]:
    rows = Contribution.objects.filter(author=person).select_related("session__consultation", "organisation")
    return list(rows.prefetch_related("revisions", "questions").order_by("submitted_at", "pk"))


def _contribution(row: Contribution) -> dict[str, Any]:
    return {
        "receipt_code": row.receipt_code,
        "consultation": row.session.consultation.slug,
        "session": row.session.number,
        "questions": [question.number for question in row.questions.all()],
        "kind": row.kind,
        "state": row.state,
        "is_name_hidden": row.is_name_hidden,
        "organisation": row.organisation.name if row.organisation else None,
        "submitted_at": _plain(row.submitted_at),
        "revisions": [
            {"number": each.number, "text": each.text, "language": each.language, "made_at": _plain(each.made_at)}
            for each in row.revisions.all()
        ],
    }


def _rows(model: Any, person: Person, *names: str, by: str = "person") -> list[dict[str, Any]]:  # a model class
    rows = model.objects.filter(**{by: person}).order_by("pk").values(*names)
    return [{name.replace("__", "_"): _plain(value) for name, value in row.items()} for row in rows]


def _plain(value: Any) -> Any:  # any column value
    return value.isoformat() if isinstance(value, datetime) else value
