"""What a reader narrows the list of a session to."""

from collections.abc import Iterable, Mapping

from django.utils.translation import gettext as _

from answerable.consultations.queries import ContributionFilters
from answerable.consultations.queries.facets import Counts
from answerable.consultations.states import ContributionKind
from answerable.reference.models.cldr import own_name
from answerable.reference.queries import country_choices, sector_choices
from answerable.web.consultations.entries import letter_of
from answerable.web.fields import Field, Form, choices_of, form_of
from answerable.web.reader import language_of_page


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


def offered_only(filters: ContributionFilters, counts: Counts) -> ContributionFilters:
    """Return the filters without values that the list has none of: no choice stands for them."""
    return ContributionFilters(
        kind=filters.kind if filters.kind in counts["kind"] else "",
        question=filters.question if str(filters.question) in counts["question"] else 0,
        sector=filters.sector if filters.sector in counts["sector"] else "",
        country=filters.country if filters.country in counts["country"] else "",
        language=filters.language if filters.language in counts["language"] else "",
        search=filters.search,
    )


def filter_form(counts: Mapping[str, Mapping[str, str]], numbers: Iterable[int], filters: ContributionFilters) -> Form:
    """Return the filters with what stands for how many contributions each choice would show: facet → value → number."""
    language = language_of_page()
    questions = {str(number): f"({letter_of(number)})" for number in numbers}
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
