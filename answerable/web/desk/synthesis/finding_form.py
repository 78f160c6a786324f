"""A finding as a form."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from answerable.reference.queries import language_choices
from answerable.synthesis.actions.findings import FindingDraft
from answerable.synthesis.models import Finding, Theme
from answerable.synthesis.states import FindingKind
from answerable.web.desk.acts import Problems
from answerable.web.fields import Field, Form, choices_of, form_of
from answerable.web.reader import language_of_page

Values = Mapping[str, Any]
_TEXTS = ("kind", "title", "statement", "language")


def values_of(finding: Finding | None, *theme_ids: str) -> Values:
    """Return what a finding says as its form shows it; for none, an empty form with themes ticked."""
    if finding is None:
        return {**dict.fromkeys(_TEXTS, ""), "themes": [each for each in theme_ids if each]}
    kept = {name: getattr(finding, name) for name in _TEXTS}
    return {**kept, "themes": list(finding.themes.values_list("public_id", flat=True))}


def values_typed(typed: QueryDict) -> Values:
    """Return what was typed."""
    return {**{name: typed.get(name, "") for name in _TEXTS}, "themes": typed.getlist("themes")}


def draft_typed(typed: QueryDict, themes: Sequence[Theme]) -> FindingDraft:
    """Return what was typed as a draft; themes that are not offered are left out."""
    said = values_typed(typed)
    chosen = tuple(theme for theme in themes if theme.public_id in said["themes"])
    language = said["language"] if said["language"] in dict(language_choices("en")) else "en"
    return FindingDraft(said["kind"], said["title"], said["statement"], language, chosen)


def finding_form(values: Values, themes: Sequence[Theme], problems: Problems) -> Form:
    """Return the form of a finding."""
    kinds = [(str(kind), str(label)) for kind, label in FindingKind.choices]
    pairs = [(each.public_id, f"{each.parent.label}: {each.label}" if each.parent else each.label) for each in themes]
    fields = [
        Field(
            "title", _("Finding in one sentence"), value=values["title"], language=values["language"], is_required=True
        ),
        Field(
            "statement",
            _("Text"),
            kind="textarea",
            value=values["statement"],
            hint=_("{cited}, {merged}, {total}, {session} and {consultation} stand for numbers, which are then right."),
            language=values["language"],
            rows=8,
            is_required=True,
        ),
        Field(
            "kind",
            _("What kind of finding is it?"),
            kind="radios",
            choices=choices_of(kinds, chosen=values["kind"]),
            is_required=True,
        ),
        Field(
            "language",
            _("Language"),
            kind="select",
            choices=choices_of(language_choices(language_of_page()), chosen=values["language"]),
            is_required=True,
        ),
    ]
    if pairs:
        fields.append(Field("themes", _("Themes"), kind="checks", choices=choices_of(pairs, chosen=values["themes"])))
    return form_of(fields, problems=problems)
