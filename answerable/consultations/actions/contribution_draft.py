"""What somebody wants to contribute, and the check that it can be taken as it is."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from answerable.consultations import rules
from answerable.consultations.actions.language_detection import detected_language, known_languages
from answerable.consultations.models import ConsultationSession, GuidingQuestion
from answerable.consultations.queries.contributions import questions_of
from answerable.consultations.states import Capacity, ContributionKind
from answerable.consultations.validators import (
    Problems,
    address_problems,
    choice_problems,
    raise_if_any,
    text_problems,
)
from answerable.foundation.hashing import text_digest
from answerable.foundation.rich_text import html_of, tidy_text
from answerable.foundation.verdicts import Denied
from answerable.people.models import Organisation, Person
from answerable.reference.queries import (
    country_choices,
    sector_choices,
    stakeholder_group_choices,
    target_choices,
)


@dataclass(frozen=True, slots=True)
class CaseDraft:
    """The structured part of a concrete example; everything may be empty. ``targets`` are codes such as ``17.16``."""

    place: str = ""
    actors: str = ""
    started_in: str = ""
    result: str = ""
    evidence_address: str = ""
    targets: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ContributionDraft:
    """
    What a contributor filled in, as values of choices: nothing of it is checked yet.

    ``questions`` are numbers of guiding questions; ``language`` empty has it detected; ``organisation`` is a public id;
    ``country`` is an ISO alpha-3 code.
    """

    kind: str
    text: str
    questions: tuple[int, ...]
    language: str = ""
    capacity: str = Capacity.PERSONAL
    organisation: str = ""
    sector: str = ""
    stakeholder_group: str = ""
    country: str = ""
    is_name_hidden: bool = False
    case: CaseDraft | None = None


@dataclass(frozen=True, slots=True)
class CheckedDraft:
    """A draft that can be taken: tidied, its references found."""

    draft: ContributionDraft
    text: str
    html: str
    text_digest: str
    language: str
    questions: tuple[GuidingQuestion, ...]
    organisation: Organisation | None

    @property
    def sector(self) -> str | None:
        """The key of the sector: the chosen one, else the organisation's."""
        return self.draft.sector or (self.organisation.sector_id if self.organisation else None) or None

    @property
    def country(self) -> str | None:
        """The code of the country: the chosen one, else the organisation's."""
        return self.draft.country or (self.organisation.country_id if self.organisation else None) or None


def checked_draft(
    draft: ContributionDraft, *, session: ConsultationSession, author: Person, at: datetime
) -> CheckedDraft:
    """Return a draft ready to be kept; raise Unacceptable with every field that is wrong."""
    text = tidy_text(draft.text)
    questions = tuple(each for each in questions_of(session) if each.number in draft.questions)
    organisation = _organisation(draft)
    problems = _choice_problems(draft) | _case_problems(draft.case)
    problems["text"] = text_problems(text)
    if not draft.questions or len(questions) != len(set(draft.questions)):
        problems["questions"] = [_("Choose at least one of the questions of this session.")]
    problems["organisation"] = _organisation_problems(draft, organisation, author=author, at=at)
    raise_if_any(problems)
    return CheckedDraft(
        draft=draft,
        text=text,
        html=html_of(text),
        text_digest=text_digest(text),
        language=draft.language or detected_language(text, expected=_expected_languages(session, author)),
        questions=questions,
        organisation=organisation,
    )


def _expected_languages(session: ConsultationSession, author: Person) -> list[str]:
    consultation = session.consultation
    own = [author.language.split("-", maxsplit=1)[0]] if author.language else []
    return [consultation.default_language, *own, *consultation.languages]


def _organisation(draft: ContributionDraft) -> Organisation | None:
    if draft.capacity != Capacity.ORGANISATION or not draft.organisation:
        return None
    return Organisation.objects.filter(public_id=draft.organisation).first()


def _organisation_problems(
    draft: ContributionDraft, organisation: Organisation | None, *, author: Person, at: datetime
) -> list[str]:
    if draft.capacity != Capacity.ORGANISATION:
        return []
    if organisation is None:
        return [_("Choose the organisation you speak for.")]
    verdict = rules.may_speak_for(author, organisation, at=at)
    return [verdict.reason] if isinstance(verdict, Denied) else []


def _choice_problems(draft: ContributionDraft) -> Problems:
    return {
        "kind": choice_problems(draft.kind, ContributionKind.values, is_required=True),
        "capacity": choice_problems(draft.capacity, Capacity.values, is_required=True),
        "language": choice_problems(draft.language, known_languages()),
        "sector": choice_problems(draft.sector, dict(sector_choices("en"))),
        "stakeholder_group": choice_problems(draft.stakeholder_group, dict(stakeholder_group_choices("en"))),
        "country": choice_problems(draft.country, dict(country_choices("en"))),
    }


def _case_problems(case: CaseDraft | None) -> Problems:
    if case is None:
        return {}
    too_long = _("This may have at most %(most)s characters.")
    problems = {
        field: [too_long % {"most": most}]
        for field, most in (("place", 200), ("actors", 300), ("started_in", 40), ("result", 5_000))
        if len(getattr(case, field)) > most
    }
    known = dict(target_choices("en"))
    problems["evidence_address"] = address_problems(case.evidence_address)
    problems["targets"] = [said for code in case.targets for said in choice_problems(code, known)]
    return problems
