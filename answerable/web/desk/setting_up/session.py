"""One session: its own times, its guiding questions, its words in each language."""

from collections.abc import Callable, Mapping, Sequence

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _

from answerable.consultations import rules
from answerable.consultations.actions import (
    add_question,
    change_session,
    remove_question,
    reorder_questions,
    set_question_text,
    set_session_text,
)
from answerable.consultations.models import ConsultationSession, GuidingQuestion
from answerable.consultations.queries import SessionPage, session_page
from answerable.consultations.states import TextStatus
from answerable.foundation.verdicts import Unacceptable, require
from answerable.web.chain import place
from answerable.web.crumbs import Crumb
from answerable.web.desk.acts import Problems, leads_to, moved, raise_together, refused, tried
from answerable.web.desk.frame import Desk, consultation_desk, shown_at
from answerable.web.desk.setting_up.texts import language_tabs, status_field, status_typed
from answerable.web.desk.typed import moment_shown, moment_typed, texts_of, zone_typed
from answerable.web.fields import Field, Form, form_of
from answerable.web.reader import language_of_page

_TEXTS = ("title", "lead", "background")


@consultation_desk
def session(desk: Desk, number: int) -> HttpResponse:
    """Show a session; change its times, add, move or remove its questions."""
    page = _page(desk, number)
    acts = {"times": lambda: _set_times(desk, page.session), **_question_acts(desk, page)}
    came = tried(desk.request, acts)
    if came.is_done:
        return leads_to(desk.request, desk.address("session", number=number), said=came.said)
    typed = desk.request.POST
    question = Field(
        "text",
        _("Question"),
        kind="textarea",
        value=typed.get("text", "") if came.is_tried("add") else "",
        language=desk.consultation.default_language,
        rows=3,
        is_required=True,
    )
    statuses = {text.language: text.status for text in page.session.texts.all()}
    context = {
        "place": place("heard"),
        "page": page,
        "session": page.session,
        "times": _times_form(desk, page.session, came.problems_of("times"), is_typed=came.is_tried("times")),
        "question": form_of([question], problems=came.problems_of("add")),
        "refusal": form_of([], problems=came.problems_of("remove", "up", "down")),
        "languages": language_tabs(desk, here="", statuses=statuses, name="session_texts", number=number),
        "between": [Crumb(_("Sessions"), desk.address("sessions"))],
    }
    title = _("Session %(number)s") % {"number": number}
    return shown_at(desk, "desk/session.html", here="sessions", title=title, context=context, status=came.status)


@consultation_desk
def texts_in(desk: Desk, number: int, language: str) -> HttpResponse:
    """Write a session and its questions in one language."""
    if language not in desk.consultation.languages:
        raise Http404
    page = _page(desk, number)
    is_original = language == desk.consultation.default_language
    questions = [each.question for each in page.questions]
    came = tried(desk.request, {"save": lambda: _set_texts(desk, page.session, questions, language=language)})
    if came.is_done:
        address = desk.address("session_texts", number=number, language=language)
        return leads_to(desk.request, address, said=came.said)
    kept = {text.language: text for text in page.session.texts.all()}
    names = [*_TEXTS, "status", *(_name(question) for question in questions)]
    values = texts_of(desk.request.POST, *names) if came.is_tried("save") else _kept(page, language)
    originals = _kept(page, desk.consultation.default_language)
    statuses = {code: text.status for code, text in kept.items()}
    context = {
        "place": place("heard"),
        "session": page.session,
        "language": language,
        "original_language": desk.consultation.default_language,
        "form": _texts_form(
            values, originals, questions, language=language, is_original=is_original, problems=came.problems
        ),
        "original": None if is_original else kept.get(desk.consultation.default_language),
        "languages": language_tabs(desk, here=language, statuses=statuses, name="session_texts", number=number),
        "between": _way(desk, number),
    }
    title = _("Texts of session %(number)s") % {"number": number}
    return shown_at(desk, "desk/session_texts.html", here="sessions", title=title, context=context, status=came.status)


def _page(desk: Desk, number: int) -> SessionPage:
    require(rules.may_edit_consultation(desk.person, desk.consultation, at=desk.at))
    page = session_page(desk.consultation.slug, number, language=language_of_page(), at=desk.at)
    if page is None:
        raise Http404
    return page


def _way(desk: Desk, number: int) -> list[Crumb]:
    session = Crumb(_("Session %(number)s") % {"number": number}, desk.address("session", number=number))
    return [Crumb(_("Sessions"), desk.address("sessions")), session]


def _set_times(desk: Desk, session: ConsultationSession) -> str:
    typed, zone = desk.request.POST, zone_typed(desk.consultation.time_zone, field="")
    moments = {}
    problems = []
    for name in ("opens_at", "closes_at"):
        try:
            moments[name] = moment_typed(typed.get(name, ""), zone=zone, field=name)
        except Unacceptable as refusal:
            problems.append(refusal.problems)
    raise_together(*problems)
    change_session(session, by=desk.person, opens_at=moments["opens_at"], closes_at=moments["closes_at"], at=desk.at)
    return _("The times are saved.")


def _question_acts(desk: Desk, page: SessionPage) -> dict[str, Callable[[], str]]:
    typed, session = desk.request.POST, page.session
    by_number = {str(each.question.number): each.question for each in page.questions}
    named = typed.get("number", "")

    def add() -> str:
        add_question(session, by=desk.person, text=typed.get("text", ""), at=desk.at)
        return _("The question is added.")

    def remove() -> str:
        if named not in by_number:
            raise Unacceptable({"": [_("This question is no longer there.")]})
        remove_question(by_number[named], by=desk.person, at=desk.at)
        return _("The question is removed.")

    def reorder(*, up: bool) -> str:
        numbers = [int(number) for number in moved(by_number, named, up=up)]
        reorder_questions(session, numbers, by=desk.person, at=desk.at)
        return _("The questions are in their new order.")

    return {"add": add, "remove": remove, "up": lambda: reorder(up=True), "down": lambda: reorder(up=False)}


def _set_texts(desk: Desk, session: ConsultationSession, questions: Sequence[GuidingQuestion], *, language: str) -> str:
    typed = desk.request.POST
    status = status_typed(typed, is_original=language == desk.consultation.default_language)
    problems = [refused(lambda: _set_own_text(desk, session, language=language, status=status))]
    for question in questions:
        said = typed.get(_name(question), "")
        kept = next((text.text for text in question.texts.all() if text.language == language), None)
        if said.strip() or kept is not None:
            wrong = refused(_question_setter(desk, question, language=language, said=said, status=status))
            problems.append({_name(question): sentences for sentences in wrong.values()})
    raise_together(*problems)
    return _("The texts are saved.")


def _set_own_text(desk: Desk, session: ConsultationSession, *, language: str, status: TextStatus) -> None:
    fields = texts_of(desk.request.POST, *_TEXTS)
    set_session_text(session, language, by=desk.person, fields=fields, at=desk.at, status=status)


def _question_setter(
    desk: Desk, question: GuidingQuestion, *, language: str, said: str, status: TextStatus
) -> Callable[[], object]:
    return lambda: set_question_text(question, language, by=desk.person, text=said, at=desk.at, status=status)


def _name(question: GuidingQuestion) -> str:
    return f"question-{question.number}"


def _kept(page: SessionPage, language: str) -> Mapping[str, str]:
    """Return the kept words of a session and its questions in a language, empty where there are none."""
    own = next((text for text in page.session.texts.all() if text.language == language), None)
    values = {name: getattr(own, name, "") for name in (*_TEXTS, "status")}
    for each in page.questions:
        words = {text.language: text.text for text in each.question.texts.all()}
        values[_name(each.question)] = words.get(language, "")
    return values


def _times_form(desk: Desk, session: ConsultationSession, problems: Problems, *, is_typed: bool) -> Form:
    zone = desk.consultation.time_zone
    kept = {name: moment_shown(getattr(session, name), zone) for name in ("opens_at", "closes_at")}
    values = texts_of(desk.request.POST, "opens_at", "closes_at") if is_typed else kept
    hint = _("Local time in %(zone)s. Left empty, the time of the consultation holds.") % {"zone": zone}
    labels = {"opens_at": _("Opens"), "closes_at": _("Closes")}
    fields = [Field(name, labels[name], kind="datetime-local", value=values[name], hint=hint) for name in labels]
    return form_of(fields, problems=problems)


def _texts_form(
    values: Mapping[str, str],
    originals: Mapping[str, str],
    questions: Sequence[GuidingQuestion],
    *,
    language: str,
    is_original: bool,
    problems: Problems,
) -> Form:
    background = Field(
        "background", _("Background"), kind="textarea", value=values["background"], language=language, rows=10
    )
    fields = [
        Field("title", _("Title"), value=values["title"], language=language, is_required=True),
        Field("lead", _("Lead"), value=values["lead"], language=language),
        background,
    ]
    for question in questions:
        name = _name(question)
        label = _("Question %(number)s") % {"number": question.number}
        hint = "" if is_original else originals.get(name, "")
        fields.append(Field(name, label, kind="textarea", value=values[name], hint=hint, language=language, rows=3))
    return form_of([*fields, *status_field(values["status"], is_original=is_original)], problems=problems)
