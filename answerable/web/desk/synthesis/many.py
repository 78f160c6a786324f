"""Many contributions at once: moved, split off, merged into a finding, set aside."""

from collections.abc import Callable, Sequence

from django.db import transaction
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from answerable.consultations.models import Contribution
from answerable.foundation.verdicts import Unacceptable
from answerable.synthesis.actions.dispositions import merge_into_finding, set_aside, undo_disposition
from answerable.synthesis.actions.themes import move_contribution, split_theme
from answerable.synthesis.models import Disposition, Finding
from answerable.synthesis.queries.choices import contributions_with_codes, findings_to_choose
from answerable.synthesis.queries.queue import label_counts
from answerable.synthesis.queries.themes import ThemeNode, themes_tree
from answerable.synthesis.states import LabelKind
from answerable.web.desk.acts import Tried, leads_to, tried
from answerable.web.desk.frame import Desk, consultation_desk
from answerable.web.desk.synthesis.board import require_board, shown_on_board, weighed_row
from answerable.web.desk.synthesis.listing import Listed, listed_at, query_of
from answerable.web.desk.synthesis.placing import (
    finding_field,
    finding_typed,
    reason_fields,
    theme_fields,
    theme_typed,
)
from answerable.web.fields import Form, form_of

PAGE_LENGTH = 50
MOST_AT_ONCE = 1_000


@consultation_desk
def many(desk: Desk) -> HttpResponse:
    """Show contributions with a box each, and carry out one act over the ticked ones."""
    require_board(desk)
    sessions = list(desk.consultation.sessions.all())
    nodes = themes_tree(desk.consultation)
    findings = list(findings_to_choose(desk.consultation))
    listed = listed_at(desk, sessions, limit=PAGE_LENGTH)
    ticked = desk.request.POST.getlist("code")
    codes = ticked
    if desk.request.POST.get("all"):
        codes = _waiting(listed_at(desk, sessions, limit=MOST_AT_ONCE))
    came = tried(desk.request, _acts(desk, listed, ticked=codes, nodes=nodes, findings=findings))
    if came.is_done:
        return leads_to(desk.request, desk.address("many") + query_of(desk), said=came.said)
    context = {
        "sessions": sessions,
        "listed": listed,
        "rows": [weighed_row(row, is_waiting=listed.is_waiting) for row in listed.contributions],
        "ticked": ticked,
        "more": query_of(desk, cursor=listed.next_cursor) if listed.next_cursor else "",
        "nodes": nodes,
        "alike": _alike(desk),
        "form": _form(desk, listed, came, nodes=nodes, findings=findings),
        "most": MOST_AT_ONCE,
        "is_all": bool(desk.request.POST.get("all")),
    }
    title = _("Many at once")
    return shown_on_board(desk, "desk/many.html", here="many", title=title, context=context, came=came)


def _acts(
    desk: Desk, listed: Listed, *, ticked: Sequence[str], nodes: Sequence[ThemeNode], findings: Sequence[Finding]
) -> dict[str, Callable[[], str]]:
    typed = desk.request.POST

    def move() -> str:
        rows = _ticked(desk, ticked)
        theme = theme_typed(desk, typed.get("theme", ""), rows[0].session, nodes=nodes)
        with transaction.atomic():
            for row in rows:
                move_contribution(row, to_theme=theme, by=desk.person, at=desk.at)
        return _said(len(rows))

    def split() -> str:
        rows = _ticked(desk, ticked)
        if listed.theme is None:
            raise Unacceptable({"theme": [_("Open a theme first, then split it.")]})
        split_theme(listed.theme, contributions=rows, label=typed.get("label", ""), by=desk.person, at=desk.at)
        return _("The new theme holds what you chose.")

    def merge() -> str:
        finding = finding_typed(typed.get("finding", ""), findings)
        return _said(merge_into_finding(_ticked(desk, ticked), finding=finding, by=desk.person, at=desk.at))

    def aside() -> str:
        code, reason = typed.get("reason_code", ""), typed.get("reason", "")
        return _said(set_aside(_ticked(desk, ticked), reason_code=code, reason=reason, by=desk.person, at=desk.at))

    def undo() -> str:
        return _said(undo_disposition(_ticked(desk, ticked), by=desk.person, at=desk.at))

    return {"move": move, "split": split, "merge": merge, "aside": aside, "undo": undo}


def _waiting(listed: Listed) -> list[str]:
    """Return the codes of what waits for a place in a list; where nothing else is listed, of the whole list."""
    if listed.kind != "theme":
        return [row.receipt_code for row in listed.contributions]
    named = {row.pk: row.receipt_code for row in listed.contributions}
    decided = set(Disposition.objects.filter(contribution__in=named).values_list("contribution", flat=True))
    return [code for pk, code in named.items() if pk not in decided]


def _ticked(desk: Desk, codes: Sequence[str]) -> list[Contribution]:
    rows = contributions_with_codes(desk.consultation, list(codes)[:MOST_AT_ONCE])
    if not rows:
        raise Unacceptable({"": [_("Tick at least one contribution.")]})
    return rows


def _said(count: int) -> str:
    said = ngettext("%(count)s contribution has its new place.", "%(count)s contributions have their new place.", count)
    return said % {"count": count}


def _form(desk: Desk, listed: Listed, came: Tried, *, nodes: Sequence[ThemeNode], findings: Sequence[Finding]) -> Form:
    session_id = listed.session.pk if listed.session else None
    fields = [
        *theme_fields(desk, session_id, nodes=nodes, empty=_("Choose a theme")),
        finding_field(desk, findings, label=_("Finding")),
        *reason_fields(desk),
    ]
    problems = {{"title": "label", "contributions": ""}.get(name, name): said for name, said in came.problems.items()}
    return form_of(fields, problems=problems)


def _alike(desk: Desk) -> list[str]:
    """Return in sentences how much of what was said is alike, by the last run."""
    said = {
        LabelKind.EXACT: _("Same text: %(groups)s groups, %(repeats)s repeats."),
        LabelKind.NEAR: _("Nearly the same text: %(groups)s groups, %(repeats)s repeats."),
        LabelKind.CAMPAIGN: _("Letter campaigns: %(groups)s, with %(repeats)s further letters."),
    }
    counts = label_counts(desk.consultation)
    return [
        said[LabelKind(kind)] % {"groups": groups, "repeats": repeats}
        for kind, (groups, repeats) in sorted(counts.items())
    ]
