"""The page of a session: what is asked, and everything that was said to it."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from answerable.consultations import queries, rules
from answerable.consultations.models import SessionText
from answerable.consultations.queries import SORTS, ContributionFilters, SessionPage, text_in
from answerable.consultations.states import ContributionKind, Phase
from answerable.reference.models.cldr import own_name
from answerable.reference.queries import country_choices, sector_choices
from answerable.web.chain import place
from answerable.web.consultations.contribution_form import blank_form
from answerable.web.consultations.entries import entries_of, entry_of, letter_of
from answerable.web.consultations.shown import shown_session
from answerable.web.crumbs import Crumb, crumb_of_consultation, way_to
from answerable.web.fields import Field, Form, choices_of, form_of
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


@require_safe
def session(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Show one session with some of its contributions."""
    page = shown_session(request, slug, number)
    reader, at = reader_of(request), moment_of(request)
    filters = filters_from(request.GET)
    sort = request.GET.get("sort", "")
    listed = queries.contribution_page_of(
        page.session,
        person=reader,
        filters=filters,
        sort=sort,
        cursor=request.GET.get("cursor", ""),
        limit=PAGE_LENGTH,
        languages=[language_of_page(), page.consultation.default_language],
    )
    may = rules.may_contribute(reader, page.session, at=at)
    is_open = page.phase == Phase.OPEN
    context = {
        **frame_of(page),
        "place": place("heard", _("Contributions are being heard.") if is_open else ""),
        "is_open": is_open,
        "may_contribute": bool(may) or (is_open and reader is None),
        "why_not": getattr(may, "reason", "") if reader or not is_open else "",
        "form": blank_form(request, page) if bool(may) or (is_open and reader is None) else None,
        "filter_form": _filter_form(page, filters),
        "is_filtered": filters != ContributionFilters(),
        "sorts": [
            SortLink(value, str(label), value == (sort if sort in SORTS else "newest"))
            for value, label in _SORT_LABELS.items()
        ],
        "listed": listed,
        "entries": entries_of(listed.items, reader=reader, is_open=is_open),
        "own_hidden": [
            entry_of(row, reader=reader, is_open=False) for row in queries.own_hidden_of(page.session, reader)
        ],
    }
    return render(request, "consultations/session.html", context)


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


def _siblings(page: SessionPage) -> list[Sibling]:
    """Return the sessions of the same consultation with titles that may be half a minute old; one query."""
    key = f"siblings:{page.consultation.public_id}:{language_of_page()}"
    titles: dict[int, SessionText | None] | None = cache.get(key)
    if titles is None:
        titles = _titles(page)
        cache.set(key, titles, _KEPT_SECONDS)
    return [
        Sibling(number, text.title, text.language, number == page.session.number)
        for number, text in titles.items()
        if text is not None
    ]


def _titles(page: SessionPage) -> dict[int, SessionText | None]:
    texts: dict[int, list[SessionText]] = defaultdict(list)
    for text in SessionText.objects.filter(session__consultation=page.consultation).select_related("session"):
        texts[text.session.number].append(text)
    return {
        number: text_in(language_of_page(), rows, default=page.consultation.default_language)
        for number, rows in sorted(texts.items())
    }


def filters_from(given: Mapping[str, str]) -> ContributionFilters:
    """Return what a reader narrows the list to, as the address says it; an unreadable question narrows nothing."""
    question = given.get("question", "")
    return ContributionFilters(
        kind=given.get("kind", ""),
        question=int(question) if question.isascii() and question.isdigit() else 0,
        sector=given.get("sector", ""),
        country=given.get("country", ""),
        language=given.get("language", ""),
        organisation=given.get("organisation", ""),
        search=given.get("words", ""),
    )


def _filter_form(page: SessionPage, filters: ContributionFilters) -> Form:
    """Return the filters with how many contributions each choice would show."""
    counts = queries.facet_counts(page.session)
    language = language_of_page()
    questions = {str(each.question.number): f"({letter_of(each.question.number)})" for each in page.questions}
    sectors, countries = dict(sector_choices(language)), dict(country_choices(language))
    offered: list[tuple[str, str, str, Mapping[str, str], str]] = [
        ("kind", _("Kind"), _("Any kind"), {str(k): str(v) for k, v in ContributionKind.choices}, filters.kind),
        ("question", _("Question"), _("Any question"), questions, str(filters.question or "")),
        ("sector", _("Sector"), _("All sectors"), sectors, filters.sector),
        ("country", _("Country"), _("All countries"), countries, filters.country),
        (
            "language",
            _("Language"),
            _("All languages"),
            {code: own_name(code) or code for code in counts["language"]},
            filters.language,
        ),
    ]
    selects = [
        Field(
            name,
            label,
            kind="select",
            choices=choices_of(
                [(v, f"{labels[v]} ({n})") for v, n in counts[name].items() if v in labels], chosen=value, empty=empty
            ),
            is_required=True,
        )
        for name, label, empty, labels, value in offered
    ]
    return form_of([Field("words", _("Words"), kind="search", value=filters.search, is_required=True), *selects])
