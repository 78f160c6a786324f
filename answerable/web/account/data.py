"""What a person agreed to; what is kept of them, to take away or to erase."""

from collections.abc import Mapping

from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from answerable.people.actions import erase_person, give_consent, withdraw_consent
from answerable.people.models import Person
from answerable.people.queries import consents_of
from answerable.people.states import ConsentKind
from answerable.web.account.own_data import everything_about
from answerable.web.account.sections import account_frame
from answerable.web.account.sign_in import without_kept_drafts
from answerable.web.fields import Field, choices_of, form_of
from answerable.web.reader import moment_of, signed_in

_EXPLAINED = {
    ConsentKind.QUOTE: gettext_lazy(
        "Your words may stand, word for word, in the outcome report. Without a choice they may."
    ),
    ConsentKind.NAME: gettext_lazy("Your public name may stand beside your words there. Without a choice it may."),
    ConsentKind.OPEN_DATA: gettext_lazy("Your contributions may be part of the data that anybody can download."),
}


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def consents(request: HttpRequest, person: Person) -> HttpResponse:
    """Show what the reader agreed to, and keep changes."""
    rows = consents_of(person)
    chosen = {row.kind: "no" for row in rows} | {row.kind: "yes" for row in rows if row.withdrawn_at is None}
    if request.method == "POST":
        _keep(request, person, chosen)
        messages.success(request, _("Your choices are kept."))
        return HttpResponseRedirect(reverse("consents"))
    offered = [("yes", _("I agree")), ("no", _("I do not agree"))]
    fields = [
        Field(
            kind.value,
            str(kind.label),
            "radios",
            choices=choices_of(offered, chosen=chosen.get(kind, "none")),
            hint=str(_EXPLAINED[kind]),
        )
        for kind in ConsentKind
    ]
    context = account_frame("consents", _("What you agreed to")) | {"form": form_of(fields), "rows": rows}
    return render(request, "account/consents.html", context)


@never_cache
@require_safe
@signed_in
def own_data(request: HttpRequest, person: Person) -> HttpResponse:
    """Offer the reader's data for download, and its erasure."""
    context = account_frame("own_data", _("Your data")) | {"person": person}
    return render(request, "account/own_data.html", context)


@never_cache
@require_safe
@signed_in
def download(request: HttpRequest, person: Person) -> HttpResponse:  # noqa: ARG001  # the file needs only the person
    """Send everything that is kept of the reader as one JSON file."""
    response = JsonResponse(everything_about(person), json_dumps_params={"indent": 1, "ensure_ascii": False})
    response["Content-Disposition"] = 'attachment; filename="my-data.json"'
    return response


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def erase(request: HttpRequest, person: Person) -> HttpResponse:
    """Ask the reader to write their address once more, then forget them everywhere and sign them out."""
    typed = request.POST.get("email", "").strip().lower()
    if request.method == "POST" and typed == person.email:
        erase_person(person, at=moment_of(request))
        logout(request)
        messages.success(request, _("Your account and your personal data are erased."))
        return without_kept_drafts(HttpResponseRedirect(reverse("home")))
    is_wrong = request.method == "POST"
    said = [_("This is not the address of this account.")] if is_wrong else []
    field = Field("email", _("Your e-mail address, to make sure"), "email", typed, is_required=True)
    form = form_of([field], problems={"email": said} if said else None)
    context = account_frame("own_data", _("Erase your account")) | {"form": form}
    return render(request, "account/erase.html", context, status=422 if is_wrong else 200)


def _keep(request: HttpRequest, person: Person, chosen: Mapping[str, str]) -> None:
    """Keep each choice that differs from the last; a first choice against it is kept as given and withdrawn at once."""
    at = moment_of(request)
    for kind in ConsentKind:
        choice = request.POST.get(kind.value, "")
        if choice not in {"yes", "no"} or choice == chosen.get(kind):
            continue
        if choice == "yes" or kind not in chosen:
            give_consent(person, kind, at=at)
        if choice == "no":
            withdraw_consent(person, kind, at=at)
