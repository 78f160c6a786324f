"""Signing in and out: a code by e-mail, the same for an address we know and one we do not."""

from django.contrib import messages
from django.contrib.auth import logout
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from answerable.web.account.code_process import SignInByCode, may_ask_for_code
from answerable.web.crumbs import Crumb, way_to
from answerable.web.fields import Field, form_of
from answerable.web.reader import next_address, reader_of


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """Ask for an e-mail address and send a code to it."""
    following = next_address(request, otherwise=reverse("account"))
    if reader_of(request) is not None:
        return HttpResponseRedirect(following)
    if request.method != "POST":
        return _address_page(request, "", following)
    email = request.POST.get("email", "").strip().lower()
    if problem := _problem(request, email):
        return _address_page(request, email, following, problem=problem)
    SignInByCode.begin(request, email)
    return HttpResponseRedirect(f"{reverse('sign_in_code')}?{urlencode({'next': following})}")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest) -> HttpResponse:
    """Ask for the code that was sent, and sign the person in when it is the right one."""
    following = next_address(request, otherwise=reverse("account"))
    if reader_of(request) is not None:
        return HttpResponseRedirect(following)
    pending = SignInByCode.pending(request)
    if pending is None:
        messages.warning(request, _("That code is too old by now. Ask for a new one."))
        return HttpResponseRedirect(f"{reverse('sign_in')}?{urlencode({'next': following})}")
    if request.method != "POST":
        return _code_page(request, pending.email, following)
    if pending.is_right(request.POST.get("code", "")):
        return pending.finish(following)
    if not pending.record_invalid_attempt():
        messages.error(request, _("That code was wrong too often. Ask for a new one."))
        return HttpResponseRedirect(f"{reverse('sign_in')}?{urlencode({'next': following})}")
    return _code_page(
        request, pending.email, following, problem=_("This is not the code that we sent. Check each character.")
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sign_out(request: HttpRequest) -> HttpResponse:
    """Ask whether to sign out, and do it."""
    if request.method == "POST":
        logout(request)
        messages.success(request, _("You are signed out."))
        return without_kept_drafts(HttpResponseRedirect(reverse("home")))
    return render(request, "account/sign_out.html", {"crumbs": way_to(Crumb(_("Sign out")))})


def without_kept_drafts(response: HttpResponse) -> HttpResponse:
    """Tell the browser to forget what it kept for this person: the next one at this machine may be another."""
    response["Clear-Site-Data"] = '"storage"'
    return response


@require_safe
def inactive(request: HttpRequest) -> HttpResponse:
    """Show that an account was closed."""
    context = {
        "error_title": _("This account was closed"),
        "reason": _("Its data was erased at its owner's request, so it can no longer be signed in to."),
        "status": 403,
    }
    return render(request, "errors/error.html", context, status=403)


def _problem(request: HttpRequest, email: str) -> str:
    """Return what keeps a code from being sent, empty when nothing does; the same for known and unknown addresses."""
    try:
        validate_email(email)
    except ValidationError:
        return _("Write an e-mail address such as name@example.org.")
    if not may_ask_for_code(request, email):
        return _("Too many codes were asked for. Wait a minute and try again.")
    return ""


def _address_page(request: HttpRequest, email: str, following: str, *, problem: str = "") -> HttpResponse:
    field = Field("email", _("E-mail address"), "email", email, is_required=True, autocomplete="email")
    context = {
        "crumbs": way_to(Crumb(_("Sign in"))),
        "form": form_of([field], problems={"email": [problem]} if problem else None),
        "following": following,
    }
    return render(request, "account/sign_in.html", context, status=422 if problem else 200)


def _code_page(request: HttpRequest, email: str, following: str, *, problem: str = "") -> HttpResponse:
    hint = _("It holds for 15 minutes. Look into the folder for unwanted mail too.")
    field = Field("code", _("Code"), hint=hint, is_required=True, autocomplete="one-time-code")
    context = {
        "crumbs": way_to(Crumb(_("Sign in"), reverse("sign_in")), Crumb(_("Code"))),
        "form": form_of([field], problems={"code": [problem]} if problem else None),
        "email": email,
        "following": following,
    }
    return render(request, "account/sign_in_code.html", context, status=422 if problem else 200)
