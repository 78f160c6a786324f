"""What a reader narrows the list of a session to, as its rows and as the search are asked for it."""

from collections.abc import Sequence
from dataclasses import dataclass

from answerable.consultations.queries.search import counts_best, marked, search_expression

SEARCH = "search"
_LARGEST_QUESTION = 32_767


@dataclass(frozen=True, slots=True)
class ContributionFilters:
    """What a reader narrows a list to, empty for nothing; ``organisation`` is a slug, ``question`` a number."""

    kind: str = ""
    question: int = 0
    sector: str = ""
    country: str = ""
    language: str = ""
    organisation: str = ""
    search: str = ""

    def given(self, *, languages: Sequence[str]) -> dict[str, str | int]:
        """Return the values to narrow to by their paths; ``languages`` are tried for word endings when searching."""
        exact: dict[str, str | int] = {
            "kind": self.kind,
            "questions__number": min(self.question, _LARGEST_QUESTION),
            "sector": self.sector,
            "country": self.country,
            "language": self.language,
            "organisation__slug": self.organisation,
            SEARCH: search_expression(self.search, languages=languages),
        }
        return {path: value for path, value in exact.items() if value}

    def facets(self) -> list[tuple[str, str]]:
        """Return what is given, except for words and organisation, as facets and their values."""
        question = str(min(self.question, _LARGEST_QUESTION)) if self.question else ""
        said = [("kind", self.kind), ("question", question), ("sector", self.sector)]
        said += [("country", self.country), ("language", self.language)]
        return [(facet, value) for facet, value in said if value]

    def are_searched(self) -> bool:
        """Say whether the search finds what is given faster than the database finds it in the rows."""
        return not self.organisation and counts_best(self.search)

    def searched(self, session: int, *, languages: Sequence[str]) -> str:
        """Return what the search is asked for what is given except for the organisation, in a session."""
        words = search_expression(self.search, languages=languages)
        return marked(words, session=session, facets=self.facets())
