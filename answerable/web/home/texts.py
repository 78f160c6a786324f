"""Pages that explain."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from answerable.consultations.states import ReasonCode
from answerable.synthesis.states import SetAsideReason
from answerable.web.chain import chain_in_words
from answerable.web.crumbs import Crumb, way_to

_HIDING = [reason for reason in ReasonCode if reason not in {ReasonCode.FINE, ReasonCode.MISTAKE}]


@require_safe
def how_it_works(request: HttpRequest) -> HttpResponse:
    """Explain the chain from a contribution to its answer."""
    context = {
        "crumbs": way_to(Crumb(_("How it works"))),
        "chain": chain_in_words(),
        "set_aside_reasons": [reason.label for reason in SetAsideReason],
    }
    return render(request, "home/how_it_works.html", context)


@require_safe
def rules(request: HttpRequest) -> HttpResponse:
    """Show the rules of conduct with the reasons a moderator may give."""
    reasons = [(reason.value, reason.label) for reason in _HIDING]
    context = {"crumbs": way_to(Crumb(_("Rules of conduct"))), "reasons": reasons}
    return render(request, "home/rules.html", context)


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """Say what is kept of a person, what is shown, and how it is erased."""
    return render(request, "home/privacy.html", {"crumbs": way_to(Crumb(_("Privacy")))})


@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """Say how the site is made to be used by everybody, and what is known to be wanting."""
    return render(request, "home/accessibility.html", {"crumbs": way_to(Crumb(_("Accessibility")))})


@require_safe
def api_guide(request: HttpRequest) -> HttpResponse:
    """Explain the interface for programs and the files to take away."""
    crumbs = way_to(Crumb(_("Data and interface for programs")))
    return render(request, "home/api_guide.html", {"crumbs": crumbs, "openapi": "/api/v1/openapi.json"})
