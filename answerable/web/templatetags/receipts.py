"""Tags for the pieces of a receipt's page that are kept ready."""

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass, replace

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from answerable.consultations.models import ContributionRevision, ExampleCase
from answerable.synthesis.queries.thread import ThreadStep
from answerable.web.consultations.entries import Entry, speaks_for_organisation
from answerable.web.consultations.proofs import Proof
from answerable.web.fields import Form, Problem
from answerable.web.fragments import fragment, slot
from answerable.web.templatetags.answerable import moment, number
from answerable.web.templatetags.fragments import add_organisation, kept_votes

register = template.Library()


@dataclass(frozen=True, slots=True)
class Summary:
    """What is wrong with a form, without its fields."""

    problems: tuple[Problem, ...]


@register.simple_tag(takes_context=True)
def kept_said(
    context: template.Context,
    entry: Entry,
    case: ExampleCase | None,
    revisions: Sequence[ContributionRevision],
) -> SafeString:
    """Include what was said, by whom, with its facts and its earlier revisions."""
    row = entry.contribution
    is_for_organisation = speaks_for_organisation(row)
    shown: dict[str, Hashable] = {
        "kind": row.kind,
        "kind_label": entry.kind_label,
        "language": row.language,
        "has_questions": bool(entry.questions),
        "channel": "" if row.channel == "web" else row.get_channel_display(),
        "has_axes": bool(entry.axes),
        "is_for_organisation": is_for_organisation,
    }
    put_in = {
        "questions": entry.questions,
        "html": mark_safe(row.html),  # noqa: S308  # the action cleaned it
        "author": entry.author,
        "axes": entry.axes,
        "case": render_to_string("consultations/receipt_case.html", {"case": case}) if case else "",
        "votes": kept_votes(context, entry),
        "earlier": _earlier(revisions),
    }
    if is_for_organisation:
        add_organisation(row, shown, put_in)
    return fragment(context, "consultations/receipt_said.html", shown=shown, put_in=put_in)


def _earlier(revisions: Sequence[ContributionRevision]) -> str:
    return render_to_string("consultations/receipt_revisions.html", {"revisions": revisions}) if revisions else ""


@register.simple_tag(takes_context=True)
def kept_steps(context: template.Context, steps: Iterable[ThreadStep]) -> SafeString:
    """Include the steps of a thread."""
    return mark_safe("".join(_step(context, step) for step in steps))  # noqa: S308  # each is


def _step(context: template.Context, step: ThreadStep) -> SafeString:
    shown = {
        "stage": step.stage,
        "event": step.event,
        "has_moment": step.at is not None,
        "has_title": bool(step.title),
        "has_text": bool(step.text),
        "has_address": bool(step.address),
    }
    put_in = {"moment": moment(step.at), "title": step.title, "text": step.text, "address": step.address}
    return fragment(context, "consultations/receipt_step.html", shown=shown, put_in=put_in)


@register.simple_tag(takes_context=True)
def kept_proof(context: template.Context, proof: Proof | None, code: str) -> SafeString:
    """Include where a contribution stands in the public record."""
    if proof is None:
        return fragment(context, "consultations/receipt_proof.html", shown={"is_recorded": False})
    covering = proof.checkpoint
    return fragment(
        context,
        "consultations/receipt_proof.html",
        shown={"is_recorded": True, "is_signed": covering is not None},
        put_in={
            "code": code,
            "entry": number(proof.entry.index),
            "size": number(covering.size) if covering else "",
            "signed": moment(covering.signed_at) if covering else "",
            "leaf": proof.leaf,
        },
    )


@register.simple_tag(takes_context=True)
def kept_reply_form(context: template.Context, form: Form, code: str, key: str) -> SafeString:
    """Include the form of a reply with what was typed and what is wrong with it."""
    text = form.fields["text"]
    shown = {
        "text": replace(text, value=slot("typed")),
        "is_name_hidden": form.fields["is_name_hidden"],
        "form": Summary(form.problems),
    }
    put_in = {"code": code, "reply_key": key, "typed": text.value}
    return fragment(context, "consultations/receipt_reply_form.html", shown=shown, put_in=put_in)
