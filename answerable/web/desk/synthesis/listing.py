"""Which contributions the rapporteur looks at: those without a place, of a theme, alone, set aside, or alike."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import Http404
from django.utils.translation import gettext as _

from answerable.consultations.models import ConsultationSession, Contribution
from answerable.synthesis.models import Theme
from answerable.synthesis.queries.choices import weighed_contribution
from answerable.synthesis.queries.newcomers import added_contributions
from answerable.synthesis.queries.queue import set_aside_contributions, similar_to, undecided_queue
from answerable.synthesis.queries.themes import ThemeNode, contributions_of_theme, theme_page, without_theme
from answerable.synthesis.states import ThemeState
from answerable.web.desk.frame import Desk
from answerable.web.desk.typed import whole_number

_SHOWN = ("session", "author", "organisation", "sector", "country", "disposition__finding")


@dataclass(frozen=True, slots=True)
class Listed:
    """Some contributions, what they have in common, and where the list goes on."""

    kind: str
    heading: str
    contributions: Sequence[Contribution]
    next_cursor: str = ""
    theme: Theme | None = None
    session: ConsultationSession | None = None
    note: str = ""

    @property
    def is_waiting(self) -> bool:
        """Whether none of them has a place."""
        return self.kind == "undecided"


def listed_at(
    desk: Desk, sessions: Sequence[ConsultationSession], *, limit: int, nodes: Sequence[ThemeNode] = ()
) -> Listed:
    """
    Return the contributions that the address names; raises Http404 for a theme or contribution that is not there.

    ``nodes`` are the themes in use where the page has asked for them already.
    """
    asked = desk.request.GET
    cursor = asked.get("cursor", "")
    number = whole_number(asked.get("session", ""))
    session = next((row for row in sessions if row.number == number), None)
    if theme_id := asked.get("theme", ""):
        known = next((theme for theme, _label in themes_in(nodes) if theme.public_id == theme_id), None)
        return _of_theme(desk, known or theme_page(theme_id), cursor=cursor, limit=limit)
    kind = asked.get("list", "")
    if kind == "alone":
        rows = without_theme(desk.consultation).select_related(*_SHOWN)
        found = list((rows.filter(session=session) if session else rows)[:limit])
        return Listed(kind, _("Alone, under no theme"), found, session=session)
    if kind == "new":
        added = added_contributions(desk.consultation).select_related(*_SHOWN)
        found = list((added.filter(session=session) if session else added)[:limit])
        return Listed(kind, _("New since everything was grouped"), found, session=session)
    if kind == "aside":
        held = set_aside_contributions(desk.consultation).select_related(*(f"contribution__{name}" for name in _SHOWN))
        chosen = held.filter(contribution__session=session) if session else held
        return Listed(kind, _("Set aside"), [each.contribution for each in chosen[:limit]], session=session)
    if kind == "alike":
        return _alike(desk, asked.get("like", ""), limit=limit)
    page = undecided_queue(desk.consultation, session=session, cursor=cursor, limit=limit)
    return Listed("undecided", _("To sort"), page.items, page.next_cursor, session=session)


def query_of(desk: Desk, **changes: str) -> str:
    """Return the address's query with some values changed; an empty value takes one away."""
    asked = {name: said for name, said in desk.request.GET.items() if isinstance(said, str)}
    return "?" + urlencode({name: said for name, said in {**asked, **changes}.items() if said})


def themes_in(nodes: Sequence[ThemeNode]) -> list[tuple[Theme, str]]:
    """Return the themes of a tree with their labels, parts after their parent and marked as such."""
    pairs = []
    for node in nodes:
        pairs.append((node.theme, node.theme.label))
        pairs += [(part.theme, f"– {part.theme.label}") for part in node.parts]
    return pairs


def _of_theme(desk: Desk, theme: Theme | None, *, cursor: str, limit: int) -> Listed:
    note = ""
    if theme is None or theme.consultation_id != desk.consultation.pk:
        raise Http404
    if theme.state == ThemeState.MERGED and theme.merged_into is not None:
        note = _("“%(old)s” was merged into this theme.") % {"old": theme.label}
        theme = theme.merged_into
    page = contributions_of_theme(theme, cursor=cursor, limit=limit)
    # A contribution may be coded to a theme and to its part; it is shown once.
    found = {}
    for coding in page.items:
        vars(coding.contribution)["is_attached"] = vars(coding)["is_attached"]
        found[coding.contribution_id] = coding.contribution
    return Listed("theme", theme.label, list(found.values()), page.next_cursor, theme, theme.session, note)


def _alike(desk: Desk, code: str, *, limit: int) -> Listed:
    one = weighed_contribution(desk.consultation, code)
    if one is None:
        raise Http404
    others = similar_to(one).filter(session__consultation=desk.consultation).select_related(*_SHOWN)
    heading = _("Like %(code)s") % {"code": code}
    return Listed("alike", heading, [one, *others[: limit - 1]], session=one.session)
