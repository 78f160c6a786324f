"""The tabs of a consultation's desk: only what the person may open, in the order of the work."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from answerable.consultations.models import Consultation
from answerable.consultations.states import ConsultationState
from answerable.people.models import Person
from answerable.people.rules import roles_of
from answerable.people.states import RoleName

_SETTERS = frozenset({RoleName.CONVENER})
_BRINGERS = frozenset({RoleName.CONVENER, RoleName.MODERATOR, RoleName.FACILITATOR})
_MODERATORS = frozenset({RoleName.MODERATOR})
_JUDGES = frozenset({RoleName.MODERATOR, RoleName.CONVENER})
_WEIGHERS = frozenset({RoleName.RAPPORTEUR, RoleName.CONVENER})

# Tab → its word, who sees it, and whether only a published consultation has it.
_TABS = (
    ("consultation", _("Overview and facts"), frozenset(RoleName), False),
    ("texts", _("Texts"), _SETTERS, False),
    ("sessions", _("Sessions"), _SETTERS, False),
    ("documents", _("Documents"), _SETTERS, False),
    ("roles", _("Roles"), _SETTERS, False),
    ("moderation", _("Moderation"), _MODERATORS, True),
    ("appeals", _("Objections"), _JUDGES, True),
    ("summaries", _("Weekly summaries"), _MODERATORS, True),
    ("imports", _("Bring in a file"), _BRINGERS, True),
    ("workbench", _("Synthesis"), _WEIGHERS, True),
)
_OF_SYNTHESIS = (
    ("workbench", _("One by one")),
    ("many", _("Many at once")),
    ("themes", _("Themes")),
    ("findings", _("Findings")),
    ("recommendations", _("Recommendations")),
    ("opinions", _("Opinion map")),
    ("balance", _("Balance")),
    ("runs", _("Runs")),
    ("report", _("Report")),
)


@dataclass(frozen=True, slots=True)
class Tab:
    """One tab; the one that is open is marked."""

    label: str
    address: str
    is_here: bool


def tabs_of(person: Person, consultation: Consultation, *, at: datetime, here: str) -> list[Tab]:
    """Return the tabs that a person may open; asks nothing beyond the roles read once a request."""
    held = roles_of(person, at=at, consultation_id=consultation.public_id)
    is_draft = consultation.state == ConsultationState.DRAFT
    top = "workbench" if here in dict(_OF_SYNTHESIS) else here
    allowed = [
        (name, str(label))
        for name, label, roles, needs_publication in _TABS
        if held & (roles | {RoleName.ADMINISTRATOR}) and not (needs_publication and is_draft)
    ]
    return _tabs(allowed, consultation, here=top)


def synthesis_tabs(consultation: Consultation, *, here: str) -> list[Tab]:
    """Return the tabs within the rapporteur's desk."""
    return _tabs(((name, str(label)) for name, label in _OF_SYNTHESIS), consultation, here=here)


def _tabs(pairs: Iterable[tuple[str, str]], consultation: Consultation, *, here: str) -> list[Tab]:
    kwargs = {"slug": consultation.slug}
    return [Tab(label, reverse(f"desk:{name}", kwargs=kwargs), name == here) for name, label in pairs]
