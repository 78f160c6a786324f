"""What authors do with their own contribution: change it, withdraw it, object to a decision about it."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from answerable.consultations import actions, queries, rules
from answerable.consultations.models import Contribution, ModerationAct
from answerable.consultations.queries import SessionPage
from answerable.foundation.verdicts import NotAllowed, Unacceptable, require
from answerable.people.models import Person
from answerable.web.chain import place
from answerable.web.consultations.contribution_form import Typed, draft_of, full_form, typed_in, typed_of
from answerable.web.consultations.shown import readable_contribution, shown_session
from answerable.web.crumbs import Crumb, way_to
from answerable.web.errors import refusals_shown
from answerable.web.fields import Field, form_of
from answerable.web.reader import moment_of, signed_in


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@refusals_shown
@signed_in
def edit(request: HttpRequest, person: Person, code: str) -> HttpResponse:
    """Show a contribution to its author for changing; keep the change as a new revision."""
    contribution = readable_contribution(request, code)
    consultation = contribution.session.consultation
    page = shown_session(request, consultation.slug, contribution.session.number)
    if request.method != "POST":
        require(rules.may_edit_contribution(person, contribution, at=moment_of(request)))
        return _edit_page(request, contribution, page, typed_of(contribution))
    typed = typed_in(request.POST)
    try:
        actions.revise_contribution(contribution, by=person, draft=draft_of(typed), at=moment_of(request))
    except Unacceptable as wrong:
        return _edit_page(request, contribution, page, typed, problems=wrong.problems, status=422)
    except NotAllowed as refusal:
        said = {"": [refusal.denied.reason]}
        return _edit_page(request, contribution, page, typed, problems=said, status=403)
    messages.success(request, _("Your change is kept. What you said before stays readable below it."))
    return HttpResponseRedirect(_address(code))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@refusals_shown
@signed_in
def withdraw(request: HttpRequest, person: Person, code: str) -> HttpResponse:
    """Ask the author whether to withdraw a contribution, and do it."""
    contribution = readable_contribution(request, code)
    require(rules.may_withdraw(person, contribution))
    if request.method == "POST":
        actions.withdraw_contribution(contribution, by=person, at=moment_of(request))
        messages.success(
            request,
            _(
                "Your contribution is withdrawn. Only you and those who work at its desk still see its words on pages; "
                "files of a report that was published before keep what they quote."
            ),
        )
        return HttpResponseRedirect(_address(code))
    context = _frame(contribution, _("Withdraw"))
    return render(request, "consultations/withdraw.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@refusals_shown
@signed_in
def appeal(request: HttpRequest, person: Person, code: str, act_id: str) -> HttpResponse:
    """Show the author a moderator's decision, and take in the objection to it."""
    contribution = readable_contribution(request, code)
    act = next((row for row in queries.acts_about(contribution) if row.public_id == act_id), None)
    if act is None:
        raise Http404
    require(rules.may_appeal(person, act))
    if request.method != "POST":
        return _appeal_page(request, contribution, act)
    try:
        actions.file_appeal(act, by=person, text=request.POST.get("text", ""), at=moment_of(request))
    except Unacceptable as wrong:
        return _appeal_page(request, contribution, act, problems=wrong.problems)
    messages.success(request, _("Your objection is filed. Somebody other than that moderator decides over it."))
    return HttpResponseRedirect(_address(code))


def _edit_page(
    request: HttpRequest,
    contribution: Contribution,
    page: SessionPage,
    typed: Typed,
    *,
    problems: dict[str, list[str]] | None = None,
    status: int = 200,
) -> HttpResponse:
    filled = full_form(request, page, typed, problems=problems)
    context = _frame(contribution, _("Change")) | {"filled": filled, "form": filled.form, "page": page}
    return render(request, "consultations/edit.html", context, status=status)


def _appeal_page(
    request: HttpRequest,
    contribution: Contribution,
    act: ModerationAct,
    *,
    problems: dict[str, list[str]] | None = None,
) -> HttpResponse:
    field = Field(
        "text",
        _("Why is the decision wrong?"),
        "textarea",
        request.POST.get("text", ""),
        hint=_("Up to 2,000 characters."),
        rows=6,
        is_required=True,
    )
    context = _frame(contribution, _("Object")) | {"act": act, "form": form_of([field], problems=problems)}
    return render(request, "consultations/appeal.html", context, status=422 if problems else 200)


def _frame(contribution: Contribution, title: str) -> dict[str, Any]:
    session = contribution.session
    address = reverse("session", kwargs={"slug": session.consultation.slug, "number": session.number})
    return {
        "area": "consultations",
        "contribution": contribution,
        "place": place("heard"),
        "crumbs": way_to(
            Crumb(_("Session %(number)s") % {"number": session.number}, address),
            Crumb(contribution.receipt_code, _address(contribution.receipt_code)),
            Crumb(title),
        ),
    }


def _address(code: str) -> str:
    return reverse("receipt", kwargs={"code": code})
