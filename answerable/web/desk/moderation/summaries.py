"""The weekly summary of a session, written with its citations checked."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.http import Http404, HttpResponse, JsonResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from answerable.consultations import rules
from answerable.consultations.actions import DigestDraft, publish_digest
from answerable.consultations.actions.digest import cited_codes
from answerable.consultations.queries import SessionPage, digests_of, session_page, sessions_of
from answerable.consultations.queries.cited import newest_public, public_with_codes
from answerable.foundation.rich_text import plain_text_of
from answerable.foundation.verdicts import Unacceptable, require
from answerable.reference.queries import language_choices
from answerable.web.chain import place
from answerable.web.crumbs import Crumb
from answerable.web.desk.acts import Tried, leads_to, tried
from answerable.web.desk.frame import Desk, consultation_desk, shown_at
from answerable.web.desk.typed import chosen_in, day_typed, texts_of
from answerable.web.fields import Field, Form, choices_of, form_of
from answerable.web.reader import language_of_page

_EXCERPT = 120


@dataclass(frozen=True, slots=True)
class CheckedCitation:
    """One code that a text cites, and the first words of what it cites; none when it cannot be cited."""

    code: str
    is_there: bool
    excerpt: str = ""
    language: str = ""


@require_safe
@consultation_desk
def summaries(desk: Desk) -> HttpResponse:
    """Show the sessions, to write a summary of one."""
    require(rules.may_moderate(desk.person, desk.consultation, at=desk.at))
    context = {
        "place": place("heard"),
        "sessions": sessions_of(desk.consultation, language=language_of_page()),
    }
    return shown_at(desk, "desk/summaries.html", here="summaries", title=_("Weekly summaries"), context=context)


@consultation_desk
def summary(desk: Desk, number: int) -> HttpResponse:
    """Write the summary of a session: check it, then publish it."""
    page = _page(desk, number)
    require(rules.may_write_digest(desk.person, page.session, at=desk.at))
    typed = desk.request.POST
    is_checking = typed.get("act") == "check"
    came = Tried() if is_checking else tried(desk.request, {"publish": lambda: _publish(desk, page)})
    if came.is_done:
        return leads_to(desk.request, desk.address("summary", number=number), said=came.said)
    text = typed.get("text", "")
    context: Mapping[str, Any] = {
        "place": place("heard"),
        "session": page.session,
        "form": _form(desk, came),
        "citations": citations_in(page, text) if text else [],
        "preview": text if is_checking else "",
        "offered": newest_public(page.session),
        "digests": digests_of(page.session),
        "check_address": desk.address("citations", number=number),
        "between": [Crumb(_("Weekly summaries"), desk.address("summaries"))],
    }
    title = _("Weekly summary of session %(number)s") % {"number": number}
    return shown_at(desk, "desk/summary.html", here="summaries", title=title, context=context, status=came.status)


@require_POST
@consultation_desk
def citations(desk: Desk, number: int) -> HttpResponse:
    """Tell a script which of the codes in a text can be cited."""
    page = _page(desk, number)
    require(rules.may_write_digest(desk.person, page.session, at=desk.at))
    checked = citations_in(page, desk.request.POST.get("text", ""))
    rows = [{"code": each.code, "is_there": each.is_there, "excerpt": each.excerpt} for each in checked]
    return JsonResponse({"citations": rows})


def citations_in(page: SessionPage, text: str) -> list[CheckedCitation]:
    """Return what a text cites, in order, each with whether it is a public contribution of the session; one query."""
    codes = cited_codes(text)
    there = public_with_codes(page.session, codes)
    return [
        CheckedCitation(code, is_there=True, excerpt=plain_text_of(row.text)[:_EXCERPT], language=row.language)
        if (row := there.get(code))
        else CheckedCitation(code, is_there=False)
        for code in codes
    ]


def _page(desk: Desk, number: int) -> SessionPage:
    page = session_page(desk.consultation.slug, number, language=language_of_page(), at=desk.at)
    if page is None:
        raise Http404
    return page


def _publish(desk: Desk, page: SessionPage) -> str:
    typed = desk.request.POST
    day = day_typed(typed.get("week_starts_on", ""), field="week_starts_on")
    if day is None:
        raise Unacceptable({"week_starts_on": [_("Choose a day of the week it sums up.")]})
    draft = DigestDraft(
        week_starts_on=day,
        title=typed.get("title", ""),
        text=typed.get("text", ""),
        language=typed.get("language", ""),
    )
    publish_digest(page.session, by=desk.person, draft=draft, at=desk.at)
    return _("The summary is published and pinned on top of the session.")


def _form(desk: Desk, came: Tried) -> Form:
    kept = texts_of(desk.request.POST, "week_starts_on", "title", "text", "language")
    today = timezone.localdate(desk.at)
    offered = dict(language_choices(language_of_page()))
    language = chosen_in(kept, "language", among=offered, otherwise=desk.consultation.default_language)
    fields = [
        Field(
            "week_starts_on",
            _("Week"),
            kind="date",
            value=kept["week_starts_on"] or (today - timedelta(days=today.weekday())).isoformat(),
            hint=_("Any day of it. The same week again replaces its summary."),
            is_required=True,
        ),
        Field(
            "language",
            _("Language"),
            kind="select",
            choices=choices_of(offered.items(), chosen=language),
            is_required=True,
        ),
        Field("title", _("Title"), value=kept["title"], is_required=True),
        Field(
            "text",
            _("Summary"),
            kind="textarea",
            value=kept["text"],
            rows=12,
            hint=_("Cite each contribution by its code in square brackets, for example [R-7K3M-2Q9D]."),
            is_required=True,
        ),
    ]
    return form_of(fields, problems=came.problems)
