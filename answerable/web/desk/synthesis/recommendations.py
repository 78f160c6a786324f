"""What ought to be done: the list, and one recommendation."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.http import Http404, HttpResponse, QueryDict
from django.utils.translation import gettext as _

from answerable.reference.queries import language_choices
from answerable.synthesis.actions.recommendations import (
    RecommendationDraft,
    change_recommendation,
    delete_recommendation,
    reorder_recommendations,
    write_recommendation,
)
from answerable.synthesis.models import Finding, Recommendation
from answerable.synthesis.queries.choices import findings_to_choose
from answerable.synthesis.queries.findings import recommendations_of
from answerable.web.crumbs import Crumb
from answerable.web.desk.acts import Problems, leads_to, moved, tried
from answerable.web.desk.frame import Desk, consultation_desk
from answerable.web.desk.synthesis.board import require_board, shown_on_board
from answerable.web.fields import Field, Form, choices_of, form_of
from answerable.web.reader import language_of_page

_TEXTS = ("title", "text", "addressee", "language")
Values = Mapping[str, Any]


@consultation_desk
def recommendations(desk: Desk) -> HttpResponse:
    """Show the recommendations in order; write one, or move one."""
    require_board(desk)
    rows = recommendations_of(desk.consultation)
    findings = list(findings_to_choose(desk.consultation))
    typed = desk.request.POST

    def add() -> str:
        write_recommendation(desk.consultation, draft=_draft(typed, findings), by=desk.person, at=desk.at)
        return _("The recommendation is written.")

    def reorder(*, up: bool) -> str:
        ids = moved([row.public_id for row in rows], typed.get("recommendation", ""), up=up)
        reorder_recommendations(desk.consultation, public_ids=ids, by=desk.person, at=desk.at)
        return _("The recommendations are in their new order.")

    came = tried(desk.request, {"add": add, "up": lambda: reorder(up=True), "down": lambda: reorder(up=False)})
    if came.is_done:
        return leads_to(desk.request, desk.address("recommendations"), said=came.said)
    values = _typed(typed) if came.is_tried("add") else _values(None, language=desk.consultation.default_language)
    context = {
        "recommendations": rows,
        "form": _form(values, findings, came.problems_of("add")),
        "refusal": form_of([], problems=came.problems_of("up", "down")),
    }
    title = _("Recommendations")
    return shown_on_board(
        desk, "desk/recommendations.html", here="recommendations", title=title, context=context, came=came
    )


@consultation_desk
def recommendation(desk: Desk, recommendation_id: str) -> HttpResponse:
    """Show one recommendation; change or delete it."""
    require_board(desk)
    row = next((each for each in recommendations_of(desk.consultation) if each.public_id == recommendation_id), None)
    if row is None:
        raise Http404
    row.consultation = desk.consultation
    findings = list(findings_to_choose(desk.consultation))
    typed = desk.request.POST

    def save() -> str:
        change_recommendation(row, draft=_draft(typed, findings), by=desk.person, at=desk.at)
        return _("The recommendation is saved.")

    def delete() -> str:
        delete_recommendation(row, by=desk.person, at=desk.at)
        return _("The recommendation is deleted.")

    came = tried(desk.request, {"save": save, "delete": delete})
    if came.is_done:
        own = desk.address("recommendation", recommendation_id=recommendation_id)
        address = own if came.act == "save" else desk.address("recommendations")
        return leads_to(desk.request, address, said=came.said)
    values = _typed(typed) if came.is_tried("save") else _values(row, language=row.language)
    context = {
        "recommendation": row,
        "form": _form(values, findings, came.problems),
        "ways": [Crumb(_("Recommendations"), desk.address("recommendations"))],
    }
    return shown_on_board(
        desk, "desk/recommendation.html", here="recommendations", title=row.title, context=context, came=came
    )


def _typed(typed: QueryDict) -> Values:
    return {**{name: typed.get(name, "") for name in _TEXTS}, "findings": typed.getlist("findings")}


def _values(row: Recommendation | None, *, language: str) -> Values:
    if row is None:
        return {**dict.fromkeys(_TEXTS, ""), "language": language, "findings": []}
    kept = {name: getattr(row, name) for name in _TEXTS}
    return {**kept, "findings": [each.public_id for each in row.findings.all()]}


def _draft(typed: QueryDict, findings: Sequence[Finding]) -> RecommendationDraft:
    said = _typed(typed)
    language = said["language"] if said["language"] in dict(language_choices("en")) else "en"
    chosen = tuple(each for each in findings if each.public_id in said["findings"])
    return RecommendationDraft(said["title"], said["text"], said["addressee"], language, chosen)


def _form(values: Values, findings: Sequence[Finding], problems: Problems) -> Form:
    pairs = [(each.public_id, f"{each.session.number}. {each.title}") for each in findings]
    language = values["language"]
    fields = [
        Field("title", _("What ought to be done"), value=values["title"], language=language, is_required=True),
        Field("text", _("Text"), kind="textarea", value=values["text"], language=language, rows=5, is_required=True),
        Field("addressee", _("By whom"), value=values["addressee"], language=language),
        Field(
            "language",
            _("Language"),
            kind="select",
            is_required=True,
            choices=choices_of(language_choices(language_of_page()), chosen=language),
        ),
    ]
    if pairs:
        choices = choices_of(pairs, chosen=values["findings"])
        fields.append(Field("findings", _("Findings it rests on"), kind="checks", choices=choices))
    return form_of(fields, problems=problems)
