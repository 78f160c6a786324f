"""The page of a session: what is asked, and everything that was said to it."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from answerable.consultations import queries, rules
from answerable.consultations.queries import SORTS, ContributionFilters, SessionPage
from answerable.consultations.states import Phase
from answerable.web.chain import place
from answerable.web.consultations.contribution_form import short_form
from answerable.web.consultations.entries import entries_of, entry_of
from answerable.web.consultations.filters import filters_from
from answerable.web.consultations.shown import shown_session
from answerable.web.crumbs import Crumb, crumb_of_consultation, way_to
from answerable.web.reader import language_of_page, moment_of, reader_of

PAGE_LENGTH = 10
_KEPT_SECONDS = 30
_SORT_LABELS = {
    "newest": gettext_lazy("Newest first"),
    "oldest": gettext_lazy("Oldest first"),
    "divided": gettext_lazy("Most divided"),
    "discussed": gettext_lazy("Most replies"),
}


@dataclass(frozen=True, slots=True)
class SortLink:
    """One order of the list; the present one is marked."""

    value: str
    label: str
    is_current: bool


@dataclass(frozen=True, slots=True)
class Sibling:
    """A session of the same consultation, by number and title; the present one is marked."""

    number: int
    title: str
    language: str
    is_current: bool


@dataclass(frozen=True, slots=True)
class Asked:
    """A guiding question of a session, and in which language it stands there."""

    number: int
    text: str = ""
    language: str = ""


@require_safe
def session(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Show one session with some of its contributions."""
    page = shown_session(request, slug, number)
    reader, at = reader_of(request), moment_of(request)
    filters = filters_from(request.GET)
    sort = request.GET.get("sort", "")
    match_count = _match_count(page, filters)
    listed = queries.shown_page_of(
        page.session,
        person=reader,
        filters=filters,
        sort=sort,
        cursor=request.GET.get("cursor", ""),
        limit=PAGE_LENGTH,
        languages=_languages(page),
        count=match_count,
    )
    hidden = queries.own_hidden_of(page.session, reader)
    queries.read_question_numbers([*(item.contribution for item in listed.items), *hidden])
    may = rules.may_contribute(reader, page.session, at=at)
    is_open = page.phase == Phase.OPEN
    context = {
        **frame_of(page),
        "place": place("heard", _("Contributions are being heard.") if is_open else ""),
        "phase": str(page.phase.label) if page.phase else "",
        "closes_at": page.session.period.closes_at if is_open else None,
        "may_contribute": bool(may) or (is_open and reader is None),
        "why_not": getattr(may, "reason", "") if reader or not is_open else "",
        "form": short_form(request, page) if bool(may) or (is_open and reader is None) else None,
        "asked": _asked(page),
        "facets": queries.facets_of(page.session),
        "filters": filters,
        "sort": sort if sort in SORTS else "newest",
        "is_filtered": filters != ContributionFilters(),
        "match_count": match_count,
        "sorts": [
            SortLink(value, str(label), value == (sort if sort in SORTS else "newest"))
            for value, label in _SORT_LABELS.items()
        ],
        "listed": listed,
        "entries": entries_of(listed.items, reader=reader, is_open=is_open),
        "own_hidden": [entry_of(row, reader=reader, is_open=False) for row in hidden],
    }
    return render(request, "consultations/session.html", context)


def _match_count(page: SessionPage, filters: ContributionFilters) -> int | None:
    """Return how many contributions fit the filters; None, and no query, when there are none."""
    if filters == ContributionFilters():
        return None
    return queries.match_count(page.session, filters=filters, languages=_languages(page))


def _languages(page: SessionPage) -> list[str]:
    """Return the languages whose endings are tried for searched words."""
    return [language_of_page(), page.consultation.default_language]


def _asked(page: SessionPage) -> tuple[Asked, ...]:
    """Return the guiding questions of a session."""
    return tuple(
        Asked(each.question.number, each.text.text, each.text.language) if each.text else Asked(each.question.number)
        for each in page.questions
    )


@require_safe
def summaries(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Show all weekly summaries of a session, the newest first."""
    page = shown_session(request, slug, number)
    context = {**frame_of(page), "digests": queries.digests_of(page.session), "place": place("heard")}
    context["crumbs"] = [*session_way(page), Crumb(_("Weekly summaries"))]
    return render(request, "consultations/summaries.html", context)


def frame_of(page: SessionPage) -> dict[str, object]:
    """Return what every page within a session shows around its own part."""
    return {
        "area": "consultations",
        "crumbs": [*session_way(page)[:-1], Crumb(_("Session %(number)s") % {"number": page.session.number})],
        "page": page,
        "consultation": page.consultation,
        "session": page.session,
        "siblings": _siblings(page),
    }


def session_way(page: SessionPage) -> list[Crumb]:
    """Return the way to a session, the session included."""
    address = reverse("session", kwargs={"slug": page.consultation.slug, "number": page.session.number})
    return way_to(
        crumb_of_consultation(page.consultation, page.consultation_text),
        Crumb(_("Session %(number)s") % {"number": page.session.number}, address),
    )


def _siblings(page: SessionPage) -> tuple[Sibling, ...]:
    """Return the sessions of the same consultation by their titles."""
    return tuple(
        Sibling(number, text.title, text.language, number == page.session.number)
        for number, text in page.titles.items()
        if text is not None
    )
