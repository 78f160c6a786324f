"""The outcome report: its sections, a preview, what is missing, publication."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from answerable.documents.html import write_html_fragment
from answerable.foundation.verdicts import Denied
from answerable.reference.queries import language_choices
from answerable.synthesis import rules
from answerable.synthesis.actions.report import change_report_text, draft_report, publish_report
from answerable.synthesis.models import OutcomeReport
from answerable.synthesis.queries.gone_quotes import gone_quotes
from answerable.synthesis.queries.readiness import publishing_problems
from answerable.synthesis.queries.report_answers import coverage_in
from answerable.synthesis.queries.report_content import TEXT_FIELDS, report_content
from answerable.synthesis.queries.report_document import report_document
from answerable.synthesis.queries.reports import draft_of, report_versions
from answerable.web.crumbs import Crumb
from answerable.web.desk.acts import Problems, Tried, leads_to, tried
from answerable.web.desk.frame import Desk, consultation_desk
from answerable.web.desk.synthesis.board import require_board, shown_on_board
from answerable.web.desk.typed import texts_of
from answerable.web.fields import Field, Form, choices_of, form_of
from answerable.web.reader import language_of_page

_LABELS = {
    "key_messages": gettext_lazy("Key messages"),
    "convergences": gettext_lazy("Convergences"),
    "divergences": gettext_lazy("Divergences"),
    "minority_views": gettext_lazy("Minority views"),
    "method": gettext_lazy("Method"),
    "limits": gettext_lazy("Limits"),
}
# What is missing → the page where it is mended.
_PAGES = {
    "contributions": ("workbench", gettext_lazy("Give them their place")),
    "findings": ("findings", gettext_lazy("Go to the findings")),
    "citations": ("findings", gettext_lazy("Mend the quotes")),
    "numbers": ("findings", gettext_lazy("Mend the numbers")),
    "minority_views": ("report", gettext_lazy("Write the section")),
}


@dataclass(frozen=True, slots=True)
class MissingPart:
    """One thing that stands against publishing, and where it is mended."""

    sentence: str
    address: str
    link: str


@consultation_desk
def report(desk: Desk) -> HttpResponse:
    """Show the report that is being written with its versions; begin it, or save its sections."""
    require_board(desk)
    draft = _draft(desk)
    typed = desk.request.POST

    def begin() -> str:
        draft_report(desk.consultation, by=desk.person, at=desk.at)
        return _("The report is begun.")

    def save() -> str:
        if draft is None:
            return begin()
        change_report_text(draft, texts=texts_of(typed, *TEXT_FIELDS, "language"), by=desk.person, at=desk.at)
        return _("The report is saved.")

    came = tried(desk.request, {"begin": begin, "save": save})
    if came.is_done:
        return leads_to(desk.request, desk.address("report"), said=came.said)
    context = {
        "draft": draft,
        "form": _form(desk, draft, came) if draft else form_of([], problems=came.problems),
        "versions": report_versions(desk.consultation),
        "gone_quotes": gone_quotes([desk.consultation]).get(desk.consultation.pk, []),
    }
    return shown_on_board(
        desk, "desk/report.html", here="report", title=_("Outcome report"), context=context, came=came
    )


@require_safe
@consultation_desk
def preview(desk: Desk) -> HttpResponse:
    """Show the report as readers would see it now."""
    require_board(desk)
    draft = _begun(desk)
    content = report_content(draft, at=desk.at)
    written = write_html_fragment(report_document(content))
    context = {
        "draft": draft,
        "body": mark_safe(written),  # noqa: S308  # the writer escapes every text
        "ways": [Crumb(_("Outcome report"), desk.address("report"))],
    }
    counted = coverage_in(content["answers"])
    return shown_on_board(
        desk, "desk/report_preview.html", here="report", title=_("Preview"), context=context, by_session=counted
    )


@consultation_desk
def publish(desk: Desk) -> HttpResponse:
    """Show what stands against publishing, each with a link to where it is mended; publish when nothing does."""
    require_board(desk)
    draft = _draft(desk)
    if draft is None:
        return HttpResponseRedirect(desk.address("report"))

    def publish() -> str:
        publish_report(draft, by=desk.person, at=desk.at)
        return _("The outcome report is published. Every contributor is being told where their words went.")

    came = tried(desk.request, {"publish": publish})
    if came.is_done:
        return leads_to(desk.request, desk.address("report"), said=came.said)
    problems = came.problems or publishing_problems(draft)
    may = rules.may_publish_report(desk.person, desk.consultation, at=desk.at)
    context = {
        "draft": draft,
        "missing": missing_parts(desk, problems),
        "is_refused": bool(came.problems),
        "may_publish": bool(may),
        "why_not_publish": may.reason if isinstance(may, Denied) else "",
        "ways": [Crumb(_("Outcome report"), desk.address("report"))],
    }
    title = _("Publish the report")
    return shown_on_board(desk, "desk/publish.html", here="report", title=title, context=context, came=came)


def missing_parts(desk: Desk, problems: Problems) -> list[MissingPart]:
    """Return what stands against publishing, each with the page where it is mended."""
    found = []
    for kind, sentences in problems.items():
        page, link = _PAGES.get(kind, ("report", gettext_lazy("Go to the report")))
        anchor = "#f-minority_views" if kind == "minority_views" else ""
        found += [MissingPart(said, desk.address(page) + anchor, str(link)) for said in sentences]
    return found


def _draft(desk: Desk) -> OutcomeReport | None:
    draft = draft_of(desk.consultation)
    if draft is not None:
        draft.consultation = desk.consultation
    return draft


def _begun(desk: Desk) -> OutcomeReport:
    draft = _draft(desk)
    if draft is None:
        raise Http404
    return draft


def _form(desk: Desk, draft: OutcomeReport, came: Tried) -> Form:
    names = (*TEXT_FIELDS, "language")
    typed: Mapping[str, str] = texts_of(desk.request.POST, *names)
    values = typed if came.is_tried("save") else {name: getattr(draft, name) for name in names}
    offered: Sequence[tuple[str, str]] = language_choices(language_of_page())
    hints = {
        "minority_views": _("Needed, unless a finding is a minority view."),
        "key_messages": _("A list of three to seven sentences. Markdown."),
    }
    fields = [
        Field(
            name,
            str(_LABELS[name]),
            kind="textarea",
            value=values[name],
            language=values["language"],
            hint=hints.get(name, ""),
            rows=5,
        )
        for name in TEXT_FIELDS
    ]
    chosen = choices_of(offered, chosen=values["language"])
    fields.append(Field("language", _("Language of the report"), kind="select", choices=chosen, is_required=True))
    return form_of(fields, problems=came.problems)
