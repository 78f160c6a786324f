"""A link that signs a person in once, for people whom a code by e-mail does not reach."""

from django.contrib import messages
from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from answerable.people.actions import use_sign_in_link
from answerable.web.crumbs import Crumb, way_to
from answerable.web.reader import moment_of, next_address

_BACKEND = "answerable.web.account.backend.SignedIn"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def enter(request: HttpRequest, secret: str) -> HttpResponse:
    """Show a button that signs in: a programme that follows links in mail must not use the link up."""
    context = {"crumbs": way_to(Crumb(_("Sign in"))), "following": request.GET.get("next", "")}
    if request.method != "POST":
        return render(request, "account/enter.html", context)
    person = use_sign_in_link(secret, at=moment_of(request))
    if person is None:
        return render(request, "account/enter_used.html", context, status=410)
    login(request, person, backend=_BACKEND)
    messages.success(request, _("You are signed in."))
    return HttpResponseRedirect(next_address(request, otherwise=reverse("account")))
