"""Writing a contribution: the form, a preview, a draft, and the receipt at the end."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from answerable.consultations import actions, rules
from answerable.consultations.actions.contribution_draft import CheckedDraft, checked_draft
from answerable.consultations.queries import SessionPage
from answerable.consultations.states import ContributionKind, ModerationPolicy
from answerable.foundation.verdicts import Denied, NotAllowed, Unacceptable, require
from answerable.people.models import Person
from answerable.web.chain import place
from answerable.web.consultations.contribution_form import (
    Typed,
    begun,
    draft_of,
    forget_in_browser_session,
    full_form,
    keep_in_browser_session,
    kept_in_browser_session,
    typed_in,
)
from answerable.web.consultations.session import frame_of, session_way
from answerable.web.consultations.shown import shown_session
from answerable.web.crumbs import Crumb
from answerable.web.errors import refusals_shown
from answerable.web.reader import moment_of, reader_of

_PREVIEW = "preview"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@refusals_shown
def contribute(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Show the form, or what is kept for a preview; take in a draft, a text to preview or a contribution."""
    page = shown_session(request, slug, number)
    reader = reader_of(request)
    if request.method != "POST":
        kept = kept_in_browser_session(request, page) if reader and _PREVIEW in request.GET else None
        return _begun_page(request, page, reader) if kept is None else _answered(request, page, kept)
    typed = typed_in(request.POST)
    if request.POST.get("step") == "change":
        keep_in_browser_session(request, page, typed)
        return HttpResponseRedirect(_address(page))
    if reader is None:
        keep_in_browser_session(request, page, typed)
        messages.info(request, _("Sign in to send your text. It is kept until then."))
        return _to_sign_in_and_back(page)
    return _answered(request, page, typed)


def _answered(request: HttpRequest, page: SessionPage, typed: Typed) -> HttpResponse:
    """Answer a signed-in reader; what cannot be done is said in the form, beside what was typed."""
    reader = reader_of(request)
    assert reader is not None
    try:
        if request.method != "POST":
            return _preview_page(request, page, typed, _checked(request, page, reader, typed))
        return _taken(request, page, reader, typed)
    except Unacceptable as wrong:
        if "key" in wrong.problems:
            # What is sent next from this page is a contribution of its own.
            typed = {name: said for name, said in typed.items() if name != "key"}
        return _form_page(request, page, typed, problems=wrong.problems, status=422)
    except NotAllowed as refusal:
        return _form_page(request, page, typed, problems={"": [refusal.denied.reason]}, status=403)


@require_POST
@refusals_shown
def keep_draft(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Keep a draft for the page's script and say when; 401 for somebody not signed in, 422 when it is too long."""
    page = shown_session(request, slug, number)
    reader = reader_of(request)
    if reader is None:
        return JsonResponse({"detail": _("You are signed out.")}, status=401)
    try:
        draft = actions.save_draft(reader, page.session, fields=typed_in(request.POST), at=moment_of(request))
    except Unacceptable as wrong:
        return JsonResponse({"detail": " ".join(said for s in wrong.problems.values() for said in s)}, status=422)
    forget_in_browser_session(request, page)
    return JsonResponse({"saved_at": draft.saved_at.isoformat()})


def _begun_page(request: HttpRequest, page: SessionPage, reader: Person | None) -> HttpResponse:
    """Show the form with what was begun; where the reader may not send it, the reason beside the words they wrote."""
    typed = begun(request, page)
    if reader is None:
        return _form_page(request, page, typed)
    verdict = rules.may_contribute(reader, page.session, at=moment_of(request))
    if isinstance(verdict, Denied) and typed.get("text"):
        return _form_page(request, page, typed, problems={"": [verdict.reason]}, status=403)
    require(verdict)
    return _form_page(request, page, typed)


def _taken(request: HttpRequest, page: SessionPage, reader: Person, typed: Typed) -> HttpResponse:
    """Do what the pressed button says with what was typed."""
    step, at = request.POST.get("step", ""), moment_of(request)
    if step == "draft":
        actions.save_draft(reader, page.session, fields=typed, at=at)
        forget_in_browser_session(request, page)
        messages.success(request, _("Your draft is saved. Only you see it."))
        return HttpResponseRedirect(_address(page))
    if step != "publish":
        # Only the button that says so publishes: a form that says nothing, or something unknown, is shown first.
        # The preview is a page of its own: going back to it from the receipt, a browser need not send anything again.
        _checked(request, page, reader, typed)
        keep_in_browser_session(request, page, typed)
        return HttpResponseRedirect(f"{_address(page)}?{_PREVIEW}")
    contribution = actions.submit_contribution(
        session=page.session,
        author=reader,
        draft=draft_of(typed),
        idempotency_key=(typed.get("key") or [""])[0][:64],
        at=at,
    )
    forget_in_browser_session(request, page, typed=typed)
    messages.success(request, _("Thank you. Your contribution is in the public record; this is its receipt."))
    return HttpResponseRedirect(reverse("receipt", kwargs={"code": contribution.receipt_code}))


def _checked(request: HttpRequest, page: SessionPage, reader: Person, typed: Typed) -> CheckedDraft:
    """Return what was typed as it would be published. Raises NotAllowed and Unacceptable."""
    at = moment_of(request)
    require(rules.may_contribute(reader, page.session, at=at))
    return checked_draft(draft_of(typed), session=page.session, author=reader, at=at)


def _form_page(
    request: HttpRequest,
    page: SessionPage,
    typed: Typed,
    *,
    problems: dict[str, list[str]] | None = None,
    status: int = 200,
) -> HttpResponse:
    reader = reader_of(request)
    filled = full_form(request, page, typed, problems=problems)
    context = _frame(page) | {
        "filled": filled,
        "form": filled.form,
        "is_signed_in": reader is not None,
        "is_read_first": page.consultation.moderation_policy == ModerationPolicy.PRE,
    }
    return render(request, "consultations/contribute.html", context, status=status)


def _preview_page(request: HttpRequest, page: SessionPage, typed: Typed, checked: CheckedDraft) -> HttpResponse:
    context = _frame(page) | {
        "html": _shown(checked),
        "language": checked.language,
        "kind": checked.draft.kind,
        "kind_label": ContributionKind(checked.draft.kind).label,
        "author": _("Name withheld") if checked.draft.is_name_hidden else request.user,
        "organisation": checked.organisation,
        "address": _address(page),
        "typed": [(name, value) for name, values in typed.items() for value in values],
        "is_read_first": page.consultation.moderation_policy == ModerationPolicy.PRE,
    }
    return render(request, "consultations/preview.html", context)


def _shown(checked: CheckedDraft) -> SafeString:
    return mark_safe(checked.html)  # noqa: S308  # html_of cleaned it


def _frame(page: SessionPage) -> dict[str, Any]:
    return frame_of(page) | {
        "crumbs": [*session_way(page), Crumb(_("Contribute"))],
        "place": place("heard", _("This is where being heard begins.")),
    }


def _address(page: SessionPage) -> str:
    return reverse("contribute", kwargs={"slug": page.consultation.slug, "number": page.session.number})


def _to_sign_in_and_back(page: SessionPage) -> HttpResponse:
    return HttpResponseRedirect(f"{reverse('sign_in')}?{urlencode({'next': _address(page)})}")
