"""Answering a contribution: replies and positions."""

from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from answerable.consultations import actions, queries
from answerable.foundation.verdicts import Unacceptable
from answerable.people.models import Person
from answerable.web.consultations.kept_replies import keep_reply
from answerable.web.consultations.receipt import receipt_page
from answerable.web.consultations.shown import readable_contribution
from answerable.web.errors import refusals_shown
from answerable.web.reader import moment_of, next_address, reader_of, signed_in


@require_POST
@refusals_shown
def reply(request: HttpRequest, code: str) -> HttpResponse:
    """
    Take in a reply and show it; a faulty one is shown again with what is wrong.

    Whoever is no longer signed in finds it in its form again after signing in.
    """
    person = reader_of(request)
    if person is None:
        keep_reply(request, code, text=request.POST.get("text", ""))
        messages.info(request, _("Sign in to send your reply. It is kept until then."))
        return HttpResponseRedirect(f"{reverse('sign_in')}?{urlencode({'next': _address(code)})}")
    contribution = readable_contribution(request, code)
    text, key = request.POST.get("text", ""), request.POST.get("key", "")[:64]
    try:
        kept = actions.write_reply(
            contribution=contribution,
            author=person,
            text=text,
            idempotency_key=key,
            at=moment_of(request),
            is_name_hidden=bool(request.POST.get("is_name_hidden")),
        )
    except Unacceptable as wrong:
        read = queries.contribution_for_reader(code, person)
        if read is None:
            raise Http404 from wrong
        fresh = "" if "key" in wrong.problems else key
        return receipt_page(request, read, reply_text=text, reply_key=fresh, problems=wrong.problems, status=422)
    messages.success(request, _("Your reply is kept."))
    return HttpResponseRedirect(f"{_address(code)}#{kept.receipt_code}")


@require_POST
@refusals_shown
@signed_in
def take_back(request: HttpRequest, person: Person, code: str, reply_code: str) -> HttpResponse:
    """Withdraw one of the reader's replies."""
    found = queries.reply_with_code(reply_code)
    if found is None or found.contribution.receipt_code != code:
        raise Http404
    actions.withdraw_reply(found, by=person, at=moment_of(request))
    messages.success(request, _("Your reply is withdrawn."))
    return HttpResponseRedirect(f"{_address(code)}#replies")


@require_POST
@refusals_shown
@signed_in
def stance(request: HttpRequest, person: Person, code: str) -> HttpResponse:
    """Keep the reader's position, or take it back when it is pressed again; then go back to where they were."""
    contribution = readable_contribution(request, code)
    position = request.POST.get("position", "")
    if position == "withdraw":
        actions.withdraw_stance(contribution, person=person, at=moment_of(request))
    else:
        actions.take_stance(contribution, person=person, position=position, at=moment_of(request))
    return HttpResponseRedirect(next_address(request, otherwise=_address(code)))


def _address(code: str) -> str:
    return reverse("receipt", kwargs={"code": code})
