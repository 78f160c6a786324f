"""Giving a contribution its theme and its place: merged into a finding, set aside with a reason, or open again."""

from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from answerable.consultations.models import ConsultationSession, Contribution
from answerable.foundation.verdicts import Unacceptable
from answerable.synthesis.actions.dispositions import merge_into_finding, set_aside, undo_disposition
from answerable.synthesis.actions.themes import add_theme, move_contribution
from answerable.synthesis.models import Finding, Theme
from answerable.synthesis.queries.themes import ThemeNode
from answerable.synthesis.states import DispositionKind, SetAsideReason
from answerable.web.desk.acts import Problems
from answerable.web.desk.frame import Desk
from answerable.web.desk.synthesis.listing import themes_in
from answerable.web.fields import Field, Form, choices_of, form_of

NEW_THEME = "new"
_KEEP = "keep"


def placed(desk: Desk, row: Contribution, *, nodes: Sequence[ThemeNode], findings: Sequence[Finding]) -> str:
    """Carry out what the form says about one contribution: all of it or nothing. Raises NotAllowed, Unacceptable."""
    typed = desk.request.POST
    theme_id, treatment = typed.get("theme", ""), typed.get("treatment", _KEEP)
    if not theme_id and treatment == _KEEP:
        raise Unacceptable({"treatment": [_("Choose a theme or a treatment.")]})
    with transaction.atomic():
        if theme_id:
            theme = theme_typed(desk, theme_id, row.session, nodes=nodes)
            move_contribution(row, to_theme=theme, by=desk.person, at=desk.at)
        if treatment == "merge":
            finding = finding_typed(typed.get("finding", ""), findings)
            merge_into_finding([row], finding=finding, by=desk.person, at=desk.at)
        elif treatment == "aside":
            reason_code, reason = typed.get("reason_code", ""), typed.get("reason", "")
            set_aside([row], reason_code=reason_code, reason=reason, by=desk.person, at=desk.at)
        elif treatment == "undo":
            undo_disposition([row], by=desk.person, at=desk.at)
    return _("Saved: %(code)s.") % {"code": row.receipt_code}


def theme_typed(desk: Desk, theme_id: str, session: ConsultationSession, *, nodes: Sequence[ThemeNode]) -> Theme:
    """Return the theme that was chosen, or a new one of the typed name. Raises NotAllowed, Unacceptable."""
    if theme_id == NEW_THEME:
        session.consultation = desk.consultation
        try:
            return add_theme(session, label=desk.request.POST.get("label", ""), by=desk.person, at=desk.at)
        except Unacceptable as refusal:
            raise Unacceptable({"label": [said for each in refusal.problems.values() for said in each]}) from refusal
    for theme, _label in themes_in(nodes):
        if theme.public_id == theme_id:
            return theme
    raise Unacceptable({"theme": [_("This theme is no longer in use; choose another.")]})


def finding_typed(finding_id: str, findings: Sequence[Finding]) -> Finding:
    """Return the finding that was chosen. Raises Unacceptable."""
    for finding in findings:
        if finding.public_id == finding_id:
            return finding
    raise Unacceptable({"finding": [_("Choose a finding.")]})


def theme_fields(desk: Desk, session_id: int | None, *, nodes: Sequence[ThemeNode], empty: str) -> list[Field]:
    """Return the choice of a theme of a session, or of any, and the name of a new one."""
    typed = desk.request.POST
    pairs = [(theme.public_id, label) for theme, label in themes_in(nodes) if session_id in {None, theme.session_id}]
    choices = choices_of([*pairs, (NEW_THEME, _("A new theme …"))], chosen=typed.get("theme", ""), empty=empty)
    return [
        Field("theme", _("Theme"), kind="select", choices=choices),
        Field("label", _("Name of the new theme"), value=typed.get("label", "")),
    ]


def reason_fields(desk: Desk) -> list[Field]:
    """Return the fields for setting aside: the published reason, and its text."""
    typed = desk.request.POST
    reasons = [(str(key), str(label)) for key, label in SetAsideReason.choices]
    chosen = choices_of(reasons, chosen=typed.get("reason_code", ""), empty=_("Choose a reason"))
    return [
        Field("reason_code", _("Reason for setting aside"), kind="select", choices=chosen),
        Field(
            "reason",
            _("In words, for its author"),
            kind="textarea",
            value=typed.get("reason", ""),
            hint=_("Needed for “another reason”."),
            rows=2,
        ),
    ]


def finding_field(desk: Desk, findings: Sequence[Finding], *, label: str, chosen: str = "") -> Field:
    """Return the choice of a finding."""
    pairs = [(row.public_id, f"{row.session.number}. {row.title}") for row in findings]
    choices = choices_of(pairs, chosen=desk.request.POST.get("finding", chosen), empty=_("Choose a finding"))
    return Field("finding", label, kind="select", choices=choices)


def place_form(
    desk: Desk,
    row: Contribution,
    *,
    treatment: str,
    nodes: Sequence[ThemeNode],
    findings: Sequence[Finding],
    problems: Problems,
) -> Form:
    """Return the form that gives a contribution its theme and its place; ``treatment`` is the present one."""
    is_cited = treatment == DispositionKind.CITED
    treatments = [(_KEEP, _("Leave as it is"))]
    if not is_cited:
        treatments += [("merge", _("Merge into a finding")), ("aside", _("Set aside, with a reason"))]
    if treatment and not is_cited:
        treatments.append(("undo", _("Open again")))
    own = [each for each in findings if each.session_id == row.session_id]
    chosen = choices_of(treatments, chosen=desk.request.POST.get("treatment", _KEEP))
    fields = [
        *theme_fields(desk, row.session_id, nodes=nodes, empty=_("Leave as it is")),
        Field("treatment", _("Treatment"), kind="radios", choices=chosen, is_required=True),
        finding_field(desk, own, label=_("Finding to merge into")),
        *reason_fields(desk),
    ]
    return form_of(fields, problems=_at_fields(problems))


def _at_fields(problems: Problems) -> Problems:
    """Return problems of contributions at the treatment, where they can be mended."""
    return {{"contributions": "treatment"}.get(name, name): said for name, said in problems.items()}
