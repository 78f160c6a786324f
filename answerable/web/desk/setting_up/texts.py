"""What a consultation says of itself, language by language."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from answerable.consultations import rules
from answerable.consultations.actions import set_consultation_text
from answerable.consultations.models import ConsultationText
from answerable.consultations.states import TextStatus
from answerable.foundation.verdicts import require
from answerable.reference.models.cldr import own_name
from answerable.web.chain import place
from answerable.web.crumbs import Crumb
from answerable.web.desk.acts import Problems, leads_to, tried
from answerable.web.desk.frame import Desk, consultation_desk, shown_at
from answerable.web.desk.typed import chosen_in, texts_of
from answerable.web.fields import Field, Form, choices_of, form_of

_FIELDS = ("title", "summary", "purpose")


@dataclass(frozen=True, slots=True)
class LanguageTab:
    """One language of the texts, how far its text is, and where to write it."""

    code: str
    name: str
    address: str
    is_here: bool
    state: str


@require_safe
@consultation_desk
def texts(desk: Desk) -> HttpResponse:
    """Show the text in the main language."""
    return _shown(desk, desk.consultation.default_language)


@consultation_desk
def texts_in(desk: Desk, language: str) -> HttpResponse:
    """Write what the consultation says of itself in one of its languages."""
    if language not in desk.consultation.languages:
        raise Http404
    return _shown(desk, language)


def _shown(desk: Desk, language: str) -> HttpResponse:
    row = desk.consultation
    require(rules.may_edit_consultation(desk.person, row, at=desk.at))
    kept = {text.language: text for text in row.texts.all()}
    typed = desk.request.POST

    def save() -> str:
        status = status_typed(typed, is_original=language == row.default_language)
        fields = texts_of(typed, *_FIELDS)
        set_consultation_text(row, language, by=desk.person, fields=fields, at=desk.at, status=status)
        return _("The text is saved.")

    came = tried(desk.request, {"save": save})
    if came.is_done:
        return leads_to(desk.request, desk.address("texts_in", language=language), said=came.said)
    values = texts_of(typed, *_FIELDS, "status") if came.is_tried("save") else _values(kept.get(language))
    is_original = language == row.default_language
    context = {
        "place": place("heard"),
        "form": _form(values, language=language, is_original=is_original, problems=came.problems),
        "languages": language_tabs(desk, here=language, statuses={code: text.status for code, text in kept.items()}),
        "original": None if is_original else kept.get(row.default_language),
        "language": language,
        "sessions": row.sessions.all(),
        "between": [] if is_original else [Crumb(_("Texts"), desk.address("texts"))],
    }
    title = _("Texts") if is_original else own_name(language) or language
    return shown_at(desk, "desk/texts.html", here="texts", title=title, context=context, status=came.status)


def language_tabs(
    desk: Desk, *, here: str, statuses: Mapping[str, str], name: str = "texts_in", **more: int
) -> list[LanguageTab]:
    """Return the languages of a consultation with the state of one text in each."""
    labels = {str(value): str(label) for value, label in TextStatus.choices}
    return [
        LanguageTab(
            code=code,
            name=own_name(code) or code,
            address=desk.address(name, language=code, **more),
            is_here=code == here,
            state=labels[statuses[code]] if code in statuses else _("Not written yet"),
        )
        for code in desk.consultation.languages
    ]


def status_field(value: str, *, is_original: bool) -> Iterable[Field]:
    """Return the field that says how far a translation can be trusted; the original needs none."""
    if is_original:
        return []
    pairs = [(str(key), str(label)) for key, label in TextStatus.choices if key != TextStatus.ORIGINAL]
    choices = choices_of(pairs, chosen=value or TextStatus.UNREVIEWED)
    return [Field("status", _("State of the translation"), kind="radios", choices=choices, is_required=True)]


def status_typed(typed: Mapping[str, str], *, is_original: bool) -> TextStatus:
    """Return how far the typed text can be trusted."""
    if is_original:
        return TextStatus.ORIGINAL
    offered = {str(key): "" for key in TextStatus if key != TextStatus.ORIGINAL}
    return TextStatus(chosen_in(typed, "status", among=offered, otherwise=TextStatus.UNREVIEWED))


def _values(text: ConsultationText | None) -> Mapping[str, str]:
    return {name: getattr(text, name, "") for name in (*_FIELDS, "status")}


def _form(values: Mapping[str, str], *, language: str, is_original: bool, problems: Problems) -> Form:
    fields = [
        Field("title", _("Title"), value=values["title"], language=language, is_required=True),
        Field("summary", _("Summary"), kind="textarea", value=values["summary"], language=language, rows=3),
        Field(
            "purpose",
            _("Purpose"),
            kind="textarea",
            value=values["purpose"],
            language=language,
            rows=10,
            hint=_("Paragraphs, lists, emphasis and links may be written in Markdown."),
        ),
        *status_field(values["status"], is_original=is_original),
    ]
    return form_of(fields, problems=problems)
