"""Pages for what went wrong, and the one place where refusals become pages."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from answerable.foundation.verdicts import NotAllowed, Unacceptable
from answerable.web.reader import to_sign_in

P = ParamSpec("P")
_SECRET_FIELDS = {"csrfmiddlewaretoken", "code", "password"}


def refusals_shown(
    view: Callable[Concatenate[HttpRequest, P], HttpResponse],
) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """
    Make a view show a refusal as a page: signed-out readers are asked to sign in first, others read the reason.

    What a button asked for that cannot be done is shown as a page too; a form shows its own problems before this.
    """

    @wraps(view)
    def shown(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except NotAllowed as refusal:
            if not request.user.is_authenticated:
                return to_sign_in(request)
            return _page(request, 403, _("This is not open to you"), refusal.denied.reason)
        except Unacceptable as wrong:
            said = " ".join(sentence for sentences in wrong.problems.values() for sentence in sentences)
            return _page(request, 422, _("This cannot be done"), said)

    return shown


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001  # Django names it
    """Show that the request could not be read."""
    return _page(
        request,
        400,
        _("We could not read that"),
        _("The address or the form was damaged on its way. Go back and try again."),
    )


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001  # Django names it
    """Show that a page is not open to this reader."""
    return _page(request, 403, _("This is not open to you"), _("Your account has no role that opens this page."))


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001  # Django names it
    """Show that there is nothing at this address."""
    return _page(
        request, 404, _("There is nothing at this address"), _("Check the address, or look for it with the search.")
    )


def wrong_method(request: HttpRequest) -> HttpResponse:
    """Show that an address only takes what a form sends, or only shows something."""
    reason = _("This address is where a form is sent, not a page. Go back to the page with the form.")
    return _page(request, 405, _("This is not a page"), reason)


def server_error(request: HttpRequest) -> HttpResponse:
    """Show that the fault is ours."""
    reason = _("Something went wrong on our side. What you sent was not taken in; please try again in a minute.")
    return _page(request, 500, _("This is our fault"), reason)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001  # Django names it
    """Show an expired form again with all that was typed in it, so that it can be sent once more."""
    typed = [(name, said) for name in request.POST if name not in _SECRET_FIELDS for said in request.POST.getlist(name)]
    page = {"typed": typed, "address": request.get_full_path(), "area": ""}
    return render(request, "errors/expired.html", page, status=403)


def _page(request: HttpRequest, status: int, title: str, reason: str) -> HttpResponse:
    context: dict[str, Any] = {"error_title": title, "reason": reason, "status": status, "area": ""}
    return render(request, "errors/error.html", context, status=status)
