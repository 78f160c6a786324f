"""The files that readers of a consultation find beside it."""

from collections.abc import Mapping

from django.http import HttpResponse
from django.utils.translation import gettext as _

from answerable.consultations import rules
from answerable.consultations.actions import add_document, remove_document
from answerable.foundation.verdicts import Unacceptable, require
from answerable.reference.queries import language_choices
from answerable.web.chain import place
from answerable.web.desk.acts import Problems, leads_to, tried
from answerable.web.desk.frame import Desk, consultation_desk, shown_at
from answerable.web.desk.typed import chosen_in
from answerable.web.fields import Field, Form, choices_of, form_of
from answerable.web.reader import language_of_page


@consultation_desk
def documents(desk: Desk) -> HttpResponse:
    """Show the documents; add or remove one."""
    row, typed = desk.consultation, desk.request.POST
    require(rules.may_edit_consultation(desk.person, row, at=desk.at))
    offered = dict(language_choices(language_of_page()))
    language = chosen_in(typed, "language", among=offered, otherwise=row.default_language)

    def add() -> str:
        upload = desk.request.FILES.get("file")
        if upload is None:
            raise Unacceptable({"file": [_("Choose a file.")]})
        add_document(row, upload, by=desk.person, title=typed.get("title", ""), at=desk.at, language=language)
        return _("The document is added.")

    def remove() -> str:
        found = row.documents.filter(public_id=typed.get("document", "")).first()
        if found is None:
            raise Unacceptable({"": [_("This document is no longer there.")]})
        found.consultation = row
        remove_document(found, by=desk.person, at=desk.at)
        return _("The document is removed.")

    came = tried(desk.request, {"add": add, "remove": remove})
    if came.is_done:
        return leads_to(desk.request, desk.address("documents"), said=came.said)
    context = {
        "place": place("heard"),
        "documents": row.documents.order_by("added_at", "pk"),
        "form": _form(typed.get("title", ""), language, offered=offered, problems=came.problems),
    }
    return shown_at(
        desk, "desk/documents.html", here="documents", title=_("Documents"), context=context, status=came.status
    )


def _form(title: str, language: str, *, offered: Mapping[str, str], problems: Problems) -> Form:
    """Return the form of a new document, with what was typed in it."""
    fields = [
        Field(
            "file",
            _("File"),
            kind="file",
            is_required=True,
            hint=_("PDF, Word, Excel, PowerPoint, OpenDocument, a picture, CSV or plain text."),
        ),
        Field("title", _("Title"), value=title, is_required=True),
        Field(
            "language",
            _("Language"),
            kind="select",
            choices=choices_of(offered.items(), chosen=language),
            is_required=True,
        ),
    ]
    return form_of(fields, problems=problems)
