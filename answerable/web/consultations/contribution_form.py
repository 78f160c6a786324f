"""The form in which people contribute: what was typed, from where, and how it is shown again."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from django.http import HttpRequest, QueryDict
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from answerable.consultations.actions import CaseDraft, ContributionDraft
from answerable.consultations.models import Contribution
from answerable.consultations.queries import SessionPage
from answerable.consultations.queries.drafts import saved_draft
from answerable.consultations.states import Capacity, ContributionKind
from answerable.foundation.ids import new_public_id
from answerable.people.models import Person
from answerable.people.queries import organisations_of_delegate
from answerable.reference.queries import country_choices, language_choices, sector_choices, stakeholder_group_choices
from answerable.web.consultations.entries import letter_of
from answerable.web.fields import Choice, Field, Form, choices_of, form_of
from answerable.web.reader import language_of_page, moment_of, reader_of

Typed = dict[str, list[str]]
CASE_NAMES = ("place", "actors", "started_in", "result", "evidence_address", "targets")
ABOUT_NAMES = ("sector", "stakeholder_group", "country")
NAMES = ("key", "kind", "text", "questions", "language", "behalf", *ABOUT_NAMES, "is_name_hidden", *CASE_NAMES)
_KIND_LABELS = {
    ContributionKind.VIEW: gettext_lazy("A view"),
    ContributionKind.EXAMPLE: gettext_lazy("A concrete example"),
    ContributionKind.CHALLENGE: gettext_lazy("A challenge"),
    ContributionKind.RECOMMENDATION: gettext_lazy("A recommendation"),
}
_SESSION_KEY = "drafts"
_MOST_KEPT = 100_000


@dataclass(frozen=True, slots=True)
class ContributionForm:
    """The form and what stands around its fields."""

    form: Form
    key: str
    about: tuple[Field, ...]
    case: tuple[Field, ...]
    has_case: bool


@dataclass(frozen=True, slots=True)
class ShortForm:
    """The form on the page of a session; ``about`` is what it says of its reader without asking."""

    key: str
    kind: Field
    questions: Field
    text: Field
    is_name_hidden: Field
    about: Mapping[str, str]


def typed_in(post: QueryDict) -> Typed:
    """Return what was sent in the fields of the form, nothing else."""
    return {name: [value for value in post.getlist(name) if value] for name in NAMES if name in post}


def typed_of(contribution: Contribution) -> Typed:
    """Return a kept contribution as its author would have typed it."""
    case = getattr(contribution, "case", None)
    is_spoken_for = contribution.capacity == Capacity.ORGANISATION and contribution.organisation is not None
    single = {
        "kind": contribution.kind,
        "text": contribution.text,
        "language": contribution.language if contribution.is_language_stated else "",
        "behalf": contribution.organisation.public_id if is_spoken_for and contribution.organisation else "",
        "sector": contribution.sector_id or "",
        "stakeholder_group": contribution.stakeholder_group_id or "",
        "country": contribution.country_id or "",
        "is_name_hidden": "1" if contribution.is_name_hidden else "",
    }
    if case is not None:
        single |= {name: getattr(case, name) for name in CASE_NAMES if name != "targets"}
        single["targets"] = ", ".join(target.code for target in case.targets.all())
    return {name: [value] for name, value in single.items()} | {
        "questions": [str(question.number) for question in contribution.questions.all()]
    }


def draft_of(typed: Typed) -> ContributionDraft:
    """Return what was typed as a draft that the actions check."""
    kind, behalf = _one(typed, "kind"), _one(typed, "behalf")
    case = CaseDraft(
        **{name: _one(typed, name) for name in CASE_NAMES if name != "targets"},
        targets=tuple(_one(typed, "targets").replace(",", " ").split()),
    )
    return ContributionDraft(
        kind=kind,
        text=_one(typed, "text"),
        questions=tuple(int(n) for n in typed.get("questions", []) if n.isascii() and n.isdigit()),
        language=_one(typed, "language"),
        capacity=Capacity.ORGANISATION if behalf else Capacity.PERSONAL,
        organisation=behalf,
        sector=_one(typed, "sector"),
        stakeholder_group=_one(typed, "stakeholder_group"),
        country=_one(typed, "country"),
        is_name_hidden=bool(_one(typed, "is_name_hidden")),
        case=case if kind == ContributionKind.EXAMPLE else None,
    )


def begun(request: HttpRequest, page: SessionPage) -> Typed:
    """Return what the reader has begun to write to a session, else what their profile says of them."""
    reader = reader_of(request)
    kept = kept_in_browser_session(request, page)
    if kept is None and reader is not None:
        draft = saved_draft(reader, page.session)
        kept = {name: _listed(value) for name, value in draft.fields.items()} if draft else None
    return kept if kept is not None else _profile(reader)


def kept_in_browser_session(request: HttpRequest, page: SessionPage) -> Typed | None:
    """Return what is kept of what was typed for a session, None where nothing is."""
    if not _has_session(request):
        return None
    kept: Typed | None = request.session.get(_SESSION_KEY, {}).get(_place(page))
    return kept


def keep_in_browser_session(request: HttpRequest, page: SessionPage, typed: Typed) -> None:
    """
    Keep what was typed until it is sent: over signing in, and from the form to its preview and back.

    A text beyond all bounds is cut.
    """
    said = {name: [value[:_MOST_KEPT] for value in values] for name, values in typed.items()}
    request.session[_SESSION_KEY] = {**request.session.get(_SESSION_KEY, {}), _place(page): said}


def forget_in_browser_session(request: HttpRequest, page: SessionPage, *, typed: Typed | None = None) -> None:
    """Forget what was kept; where it is told what was sent, another text begun in another window stays."""
    kept = request.session.get(_SESSION_KEY, {})
    mine = kept.get(_place(page), {})
    is_other = typed is not None and _one(mine, "key") not in {"", _one(typed, "key")}
    if _place(page) in kept and not is_other:
        request.session[_SESSION_KEY] = {place: said for place, said in kept.items() if place != _place(page)}


def short_form(request: HttpRequest, page: SessionPage) -> ShortForm:
    """Return the short form of a session's page, with what the reader has begun; without organisations to speak for."""
    typed = begun(request, page)
    return ShortForm(
        key=_one(typed, "key") or new_public_id(),
        kind=_kind(typed),
        questions=_questions(typed, page),
        text=_text(typed),
        is_name_hidden=_name(typed),
        about={name: _offered(name, _one(typed, name)) for name in ABOUT_NAMES},
    )


def full_form(
    request: HttpRequest, page: SessionPage, typed: Typed, *, problems: Mapping[str, list[str]] | None = None
) -> ContributionForm:
    """Return the whole form with what was typed and what is wrong with it."""
    held = organisations_of_delegate(reader_of(request), moment_of(request).date())
    pairs = [(row.public_id, row.name) for row in held]
    return form_with(typed, page, organisations=pairs, problems=problems)


def form_with(
    typed: Typed,
    page: SessionPage,
    *,
    organisations: list[tuple[str, str]],
    problems: Mapping[str, list[str]] | None = None,
) -> ContributionForm:
    """Return the form of a session with values in it; asks nothing of the database."""
    renamed = {
        {"organisation": "behalf", "capacity": "behalf"}.get(name, name): s for name, s in (problems or {}).items()
    }
    form = form_of([*_main_fields(typed, page, organisations), *_about(typed), *_case(typed)], problems=renamed)
    return ContributionForm(
        form=form,
        key=_one(typed, "key") or new_public_id(),
        about=tuple(form.fields[name] for name in ABOUT_NAMES),
        case=tuple(form.fields[name] for name in CASE_NAMES),
        has_case=any(_one(typed, name) for name in CASE_NAMES) or any(form.fields[n].problems for n in CASE_NAMES),
    )


def _main_fields(typed: Typed, page: SessionPage, organisations: list[tuple[str, str]]) -> list[Field]:
    languages = _languages(_one(typed, "language"))
    fields = [
        _kind(typed),
        _questions(typed, page),
        _text(typed),
        Field("language", _("Language you write in"), "select", choices=languages),
        _name(typed),
    ]
    if organisations:
        behalf = choices_of(organisations, chosen=_one(typed, "behalf"), empty=_("Myself"))
        fields.insert(3, Field("behalf", _("On whose behalf"), "select", choices=behalf))
    return fields


def _kind(typed: Typed) -> Field:
    kinds = tuple(
        Choice(kind.value, str(label), kind.value == _one(typed, "kind"), icon=kind.value)
        for kind, label in _KIND_LABELS.items()
    )
    return Field("kind", _("What are you giving us?"), "radios", choices=kinds, is_required=True)


def _questions(typed: Typed, page: SessionPage) -> Field:
    questions = tuple(
        Choice(
            str(each.question.number),
            f"({letter_of(each.question.number)}) {each.text.text if each.text else ''}",
            str(each.question.number) in typed.get("questions", []),
            language=each.text.language if each.text else "",
        )
        for each in page.questions
    )
    return Field("questions", _("Which questions does it answer?"), "checks", choices=questions, is_required=True)


def _text(typed: Typed) -> Field:
    return Field("text", _("Your text"), "textarea", _one(typed, "text"), hint=_text_hint(), rows=8, is_required=True)


def _name(typed: Typed) -> Field:
    label = _("Publish without my name. Moderators still see it.")
    return Field("is_name_hidden", label, "tick", _one(typed, "is_name_hidden"))


def _offered(name: str, value: str) -> str:
    """Return a value when it is one of the choices of a field, else nothing."""
    return value if value and any(choice.value == value for choice in _about_choices(name, "", "")) else ""


def _text_hint() -> str:
    return _(
        "Up to 20,000 characters; two or three paragraphs are read best. "
        "Leave out names of people who have not agreed. *Stars* make emphasis, lines beginning with - make a list."
    )


def _languages(chosen: str) -> tuple[Choice, ...]:
    return _language_choices(get_language(), chosen)


@lru_cache(maxsize=256)
def _language_choices(_language: str | None, chosen: str) -> tuple[Choice, ...]:
    return choices_of(language_choices(language_of_page()), chosen=chosen, empty=_("Find out from the text"))


def _about(typed: Typed) -> list[Field]:
    labels = (_("Your sector"), _("Your stakeholder group"), _("Your country or area"))
    return [
        Field(name, label, "select", choices=_about_choices(name, get_language(), _one(typed, name)))
        for name, label in zip(ABOUT_NAMES, labels, strict=True)
    ]


@lru_cache(maxsize=512)
def _about_choices(name: str, _language: str | None, chosen: str) -> tuple[Choice, ...]:
    """Return the choices of one field in the language of the page, the chosen one marked."""
    offered = {"sector": sector_choices, "stakeholder_group": stakeholder_group_choices, "country": country_choices}
    return choices_of(offered[name](language_of_page()), chosen=chosen, empty=_("I do not say"))


def _case(typed: Typed) -> list[Field]:
    described = [
        ("place", _("Where it happened"), "text", ""),
        ("actors", _("Who took part in it"), "text", ""),
        ("started_in", _("Since when"), "text", _("For example: 2019, or March 2021 to May 2023")),
        ("result", _("What came of it"), "textarea", ""),
        ("evidence_address", _("Where it can be checked"), "url", _("A web address that begins with https://")),
        ("targets", _("Targets of the Goals it touches"), "text", _("Their numbers, for example: 17.16, 6.b")),
    ]
    return [Field(name, label, kind, _one(typed, name), hint=hint) for name, label, kind, hint in described]


def _profile(reader: Person | None) -> Typed:
    if reader is None:
        return {}
    said = {
        "sector": reader.sector_id or "",
        "stakeholder_group": reader.stakeholder_group_id or "",
        "country": reader.country_id or "",
    }
    return {name: [value] for name, value in said.items() if value}


def _one(typed: Typed, name: str) -> str:
    return (typed.get(name) or [""])[0]


def _listed(value: object) -> list[str]:
    return [str(item) for item in value] if isinstance(value, list) else [str(value)]


def _place(page: SessionPage) -> str:
    return f"{page.consultation.slug}/{page.session.number}"


def _has_session(request: HttpRequest) -> bool:
    return request.session.session_key is not None
