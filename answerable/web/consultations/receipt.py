"""The page of a receipt: what was said, what became of it, what others replied, and the proof that it is kept."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from answerable.consultations import queries, rules
from answerable.consultations.models import Contribution, ModerationAct
from answerable.consultations.queries import ReadContribution
from answerable.consultations.states import PostState
from answerable.foundation.ids import new_public_id, normalise_receipt_code
from answerable.ledger.errors import NotYetSigned
from answerable.ledger.queries import entries_of, receipt_of
from answerable.people.models import Person
from answerable.synthesis.queries.thread import ThreadStep, thread_of
from answerable.synthesis.states import ThreadEvent
from answerable.web.chain import Place, place
from answerable.web.consultations.entries import entry_of, reply_entry
from answerable.web.consultations.kept_replies import taken_reply
from answerable.web.consultations.proofs import proof_of
from answerable.web.consultations.shown import kept_heading
from answerable.web.crumbs import Crumb, crumb_of_consultation, way_to
from answerable.web.fields import Field, Form, form_of
from answerable.web.reader import moment_of, reader_of, show_in_zone_of

_OPENED = ("consultation", "session", "revision", "kind", "language", "channel", "state", "text_digest")


@dataclass(frozen=True, slots=True)
class DecisionOnText:
    """What a moderator decided, and whether the reader may object to it."""

    act: ModerationAct
    may_appeal: bool


@require_safe
def look_up(request: HttpRequest) -> HttpResponse:
    """Show the field for a receipt code, and lead to the receipt of the code that was typed."""
    typed = request.GET.get("code", "").strip()
    if code := normalise_receipt_code(typed):
        return HttpResponseRedirect(reverse("receipt", kwargs={"code": code}))
    said = [_("A receipt code has eight letters and digits after the R, for example R-7K3M-2Q9D.")] if typed else []
    hint = _("The code stands on your receipt. Capitals and hyphens do not matter.")
    form = form_of(
        [Field("code", _("Receipt code"), value=typed, hint=hint, is_required=True)],
        problems={"code": said} if said else {},
    )
    context = {"area": "", "crumbs": way_to(Crumb(_("Find a receipt"))), "form": form}
    return render(request, "consultations/look_up.html", context, status=422 if said else 200)


@require_safe
def receipt(request: HttpRequest, code: str) -> HttpResponse:
    """Show one contribution with its thread; a reply's code leads to the contribution it stands under."""
    proper = normalise_receipt_code(code)
    if proper and proper != code:
        return HttpResponseRedirect(reverse("receipt", kwargs={"code": proper}))
    read = queries.contribution_for_reader(code, reader_of(request))
    if read is None:
        reply = queries.reply_with_code(code)
        if reply is None:
            raise Http404
        address = reverse("receipt", kwargs={"code": reply.contribution.receipt_code})
        return HttpResponseRedirect(f"{address}#{reply.receipt_code}")
    return receipt_page(request, read, reply_text=taken_reply(request, code) if reader_of(request) else "")


@require_safe
def proof(request: HttpRequest, code: str) -> HttpResponse:
    """Send the proof that a contribution is in the public record, as one JSON file that verifies offline."""
    contribution = queries.contribution_with_code(code)
    if contribution is None or not _is_known(request, contribution):
        raise Http404
    entry = entries_of("contribution", contribution.receipt_code).first()
    if entry is None:
        raise Http404
    try:
        bundle = receipt_of(entry, fields=_OPENED)
    except NotYetSigned:
        detail = _("No checkpoint covers this entry yet. Checkpoints are signed several times a day; come back later.")
        return JsonResponse({"detail": detail}, status=409)
    response = JsonResponse(bundle, json_dumps_params={"indent": 1})
    response["Content-Disposition"] = f'attachment; filename="{contribution.receipt_code}-proof.json"'
    return response


def receipt_page(
    request: HttpRequest,
    read: ReadContribution,
    *,
    reply_text: str = "",
    reply_key: str = "",
    problems: Mapping[str, Sequence[str]] | None = None,
    status: int = 200,
) -> HttpResponse:
    """Render the page of a receipt; with a reply that was typed and what is wrong with it, when there is one."""
    contribution = read.contribution
    if not _is_known(request, contribution):
        raise Http404
    reader, at = reader_of(request), moment_of(request)
    show_in_zone_of(request, contribution.session.consultation.time_zone)
    is_readable = bool(rules.may_read(reader, contribution, at=at))
    queries.read_story(contribution)
    steps = thread_of(contribution)
    context: dict[str, Any] = {
        "area": "consultations",
        "crumbs": _way(contribution),
        "contribution": contribution,
        "is_readable": is_readable,
        "place": _place_of(contribution, steps),
        "steps": steps,
        "proof": proof_of(contribution),
    }
    if is_readable:
        context |= _said(request, read, reader)
        context["decisions"] = _decisions(contribution, reader) if context["entry"].is_own else []
        context |= {"reply_form": _reply_form(reply_text, problems), "reply_key": reply_key or new_public_id()}
    else:
        context["state_label"] = PostState(contribution.state).label
    return render(request, "consultations/receipt.html", context, status=status)


def _said(request: HttpRequest, read: ReadContribution, reader: Person | None) -> dict[str, Any]:
    """Return what only readers of the text see: the words, earlier words, replies, and what the reader may do."""
    at, contribution = moment_of(request), read.contribution
    may_reply = rules.may_reply(reader, contribution, at=at)
    is_asked_to_sign_in = getattr(may_reply, "code", "") == "not_signed_in"
    is_own = reader is not None and contribution.author_id == reader.pk
    position = "" if is_own else read.own_position
    is_open = bool(may_reply) or is_asked_to_sign_in
    cursor = request.GET.get("cursor", "")
    listed = queries.reply_page_of(contribution, cursor=cursor)
    has_hidden = read.has_hidden_replies and not cursor
    hidden = queries.own_hidden_replies_of(contribution, reader) if has_hidden else []
    entry = entry_of(contribution, reader=reader, is_open=is_open, position=position)
    return {
        "entry": entry,
        "case": getattr(contribution, "case", None),
        "revisions": queries.revisions_of(contribution)[:-1] if contribution.revision_count > 1 else [],
        "listed": listed,
        "replies": [reply_entry(row, contribution=contribution, reader=reader) for row in [*listed.items, *hidden]],
        "may_reply": is_open,
        "is_signed_in": reader is not None,
        "may_edit": bool(rules.may_edit_contribution(reader, contribution, at=at)),
        "may_withdraw": bool(rules.may_withdraw(reader, contribution)),
    }


def _decisions(contribution: Contribution, reader: Person | None) -> list[DecisionOnText]:
    return [DecisionOnText(act, bool(rules.may_appeal(reader, act))) for act in contribution.moderation_acts.all()]


def _reply_form(text: str, problems: Mapping[str, Sequence[str]] | None) -> Form:
    hint = _("Up to 5,000 characters. Answer what was said; the rules of conduct hold here too.")
    return form_of(
        [
            Field("text", _("Your reply"), "textarea", text, hint=hint, rows=4, is_required=True),
            Field("is_name_hidden", _("Publish without my name. Moderators still see it."), "tick"),
        ],
        problems=problems,
    )


def _place_of(contribution: Contribution, steps: Sequence[ThreadStep]) -> Place:
    if contribution.state == PostState.WAITING:
        return place("heard", _("It has been received; a moderator reads it before others do."))
    if contribution.state in {PostState.HELD, PostState.REMOVED}:
        return place("heard", _("A moderator’s decision keeps it from being weighed."))
    if any(step.event == ThreadEvent.REPORTED for step in steps):
        return place("answered", _("It has been weighed; the report says what became of it."))
    if any(step.event == ThreadEvent.WITHDRAWN for step in steps):
        return place("heard", _("Its author took it back."))
    return place("heard", _("It has been received and is being weighed with the others."))


def _way(contribution: Contribution) -> list[Crumb]:
    session = contribution.session
    text = kept_heading(session.consultation)
    address = reverse("session", kwargs={"slug": session.consultation.slug, "number": session.number})
    return way_to(
        crumb_of_consultation(session.consultation, text),
        Crumb(_("Session %(number)s") % {"number": session.number}, address),
        Crumb(contribution.receipt_code),
    )


def _is_known(request: HttpRequest, contribution: Contribution) -> bool:
    """Say whether the reader may know of a contribution: its receipt outlasts its words, but not within a draft."""
    consultation = contribution.session.consultation
    return bool(rules.may_see_consultation(reader_of(request), consultation, at=moment_of(request)))
