"""What the words in a cell mean: keys and labels in all our languages, numbers, dates."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from django.utils.translation import override

from answerable.consultations.actions.language_detection import known_languages
from answerable.consultations.models import ConsultationSession, GuidingQuestion
from answerable.consultations.states import ContributionKind
from answerable.engine.reading import language_code
from answerable.engine.writing_systems import fold
from answerable.people.models import Organisation
from answerable.reference.models import LANGUAGES_OF_LABELS, Country
from answerable.reference.queries import (
    country_choices,
    sector_choices,
    stakeholder_group_choices,
)

_NUMBERS = re.compile(r"(?:q(?:uestion)?\.?\s*)?(\d{1,4})", re.IGNORECASE)
_BETWEEN = re.compile(r"\s*[;,/+|]\s*")


@dataclass(frozen=True, slots=True)
class SessionMeanings:
    """One session and how its questions are named: by number, and by their words in any language."""

    session: ConsultationSession
    by_number: Mapping[int, GuidingQuestion]
    by_words: Mapping[str, GuidingQuestion]

    def questions(self, cell: str) -> list[GuidingQuestion] | None:
        """Return the questions a cell names; None when it names one that is not there."""
        if not cell:
            return list(self.by_number.values()) if len(self.by_number) == 1 else None
        if fold(cell) in self.by_words:
            return [self.by_words[fold(cell)]]
        parts = [_NUMBERS.fullmatch(part) for part in _BETWEEN.split(cell)]
        numbers = [int(part[1]) if part else 0 for part in parts]
        if any(number not in self.by_number for number in numbers):
            return None
        return [self.by_number[number] for number in dict.fromkeys(numbers)]


class Meanings:
    """How the cells of one file are understood; made once a file."""

    def __init__(self, sessions: list[ConsultationSession]) -> None:
        """Read the words of the sessions and the names of the organisations."""
        self.sessions: dict[str, SessionMeanings] = {}
        for session in sessions:
            meanings = _session_meanings(session)
            self.sessions[str(session.number)] = meanings
            for text in session.texts.all():
                self.sessions.setdefault(fold(text.title), meanings)
        self.only_session = self.sessions[str(sessions[0].number)] if len(sessions) == 1 else None
        self.organisations = {fold(row.name): row for row in Organisation.objects.only("name", "public_id")}
        self.countries = _labels("country") | {
            fold(iso2): iso3 for iso2, iso3 in Country.objects.values_list("iso2", "iso3")
        }

    def session(self, cell: str) -> SessionMeanings | None:
        """Return the session a cell names by number or title; the only one when the cell is empty."""
        return self.sessions.get(fold(cell)) if cell else self.only_session

    def organisation(self, name: str) -> Organisation | None:
        """Return the organisation of that name, whatever its case, or None."""
        return self.organisations.get(fold(name)) if name else None

    def key(self, field: str, cell: str) -> str | None:
        """Return the key a cell stands for in a field with choices; None when it is not one of them."""
        if field == "country":
            return self.countries.get(fold(cell))
        if field == "language":
            code = language_code(cell)
            return code if code in known_languages() else None
        return _labels(field).get(fold(cell))


def day(cell: str) -> date | None:
    """Return the day a cell names in ISO form, with or without a time; None for anything else."""
    try:
        return date.fromisoformat(cell[:10])
    except ValueError:
        return None


def examples(field: str) -> str:
    """Return what could stand in a field with choices, for the sentence that says what would be right."""
    return {
        "kind": ", ".join(ContributionKind.values),
        "language": "en, fr, th",
        "country": "THA, NPL, FJI",
        "sector": ", ".join(key for key, _label in sector_choices("en")),
        "stakeholder_group": ", ".join(key for key, _label in stakeholder_group_choices("en")),
    }[field]


def _session_meanings(session: ConsultationSession) -> SessionMeanings:
    questions = list(session.questions.all())
    return SessionMeanings(
        session=session,
        by_number={question.number: question for question in questions},
        by_words={fold(text.text.strip()): question for question in questions for text in question.texts.all()},
    )


@lru_cache(maxsize=8)
def _labels(field: str) -> dict[str, str]:
    """Return keys by folded key and label in each of our languages."""
    if field == "kind":
        return _kind_labels()
    offered = {
        "sector": sector_choices,
        "stakeholder_group": stakeholder_group_choices,
        "country": country_choices,
    }[field]
    return {
        fold(word): key for language in LANGUAGES_OF_LABELS for key, label in offered(language) for word in (key, label)
    }


def _kind_labels() -> dict[str, str]:
    labels = {value: value for value in ContributionKind.values}
    for language in ("ar", "zh-hans", "en", "fr", "ru", "es"):
        with override(language):
            labels |= {fold(str(kind.label)): kind.value for kind in ContributionKind}
    return labels
